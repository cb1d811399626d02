"""Shapes of bookings, and of what the door sends and reads."""
