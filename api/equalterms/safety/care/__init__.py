"""What needs a kind, quick answer."""
