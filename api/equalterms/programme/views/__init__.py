"""The day, its people and its invitations over HTTP: find, check, act, return."""
