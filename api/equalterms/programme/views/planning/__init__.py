"""Planning a day: like another one, without clashes, from a file."""
