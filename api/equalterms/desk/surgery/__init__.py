"""The surgeon's table: where they are, whom and what they have taken, and who waits."""
