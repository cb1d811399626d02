"""The demonstration day: what it says, how it is set up, and how it moves to today at each start."""

from equalterms.config.demo.demo import prepare_demo

__all__ = ["prepare_demo"]
