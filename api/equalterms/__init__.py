"""Equal Terms: a day on which people meet as equals, ask anonymously and follow live."""

__version__ = "0.1.0"
