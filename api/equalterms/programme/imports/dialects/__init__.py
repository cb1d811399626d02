"""The dialects of published schedules: a file's words and where each of them stood, nothing decided."""
