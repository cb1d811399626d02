"""QR codes as runs of dark squares."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

import segno

QUIET = 4  # light squares that a reader needs around it
MASK = 4  # any of the eight is read alike; to weigh them all takes as long as everything else together


class Run(NamedTuple):
    """`length` dark squares in a row, from `x`, `y` on."""

    x: int
    y: int
    length: int


@lru_cache(maxsize=1024)
def runs_of(address: str) -> tuple[int, tuple[Run, ...]]:
    """How many squares a side has with its quiet zone, and the dark ones. A quarter of them may be lost."""
    code = segno.make_qr(address, error="q", boost_error=False, mask=MASK)
    return len(code.matrix) + 2 * QUIET, tuple(_runs(code.matrix))


def _runs(matrix: tuple[bytearray, ...]) -> Iterator[Run]:
    for y, row in enumerate(matrix):
        x = 0
        for dark, squares in groupby(row):
            length = len(list(squares))
            if dark:
                yield Run(x + QUIET, y + QUIET, length)
            x += length
