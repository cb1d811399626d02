"""The desk of a day over HTTP: staff only."""
