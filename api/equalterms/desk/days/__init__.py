"""Days that are tried out before people come."""
