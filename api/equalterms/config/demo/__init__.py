"""The demonstration day: what it says, how it is set up, and how it moves to today at each start."""
