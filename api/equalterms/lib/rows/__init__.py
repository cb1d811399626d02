"""Rows as a database keeps them in its files: who may write, in what order they lie, what is left of them."""
