"""Floor 1: one subject a file, no domain words, no models."""
