"""Shapes of what staff see and send."""
