"""What `doctor` finds."""

from typing import NamedTuple


class Finding(NamedTuple):
    """`advice` asks for a look and is no failure."""

    well: bool
    sentence: str
    advice: bool = False
