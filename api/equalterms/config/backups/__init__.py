"""Copies of an installation: logical, encrypted, in random order, kept for seven days."""
