"""Bookings over HTTP: from home, and at the door."""
