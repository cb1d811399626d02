"""Who runs a day, how they come in, and what they show of themselves."""
