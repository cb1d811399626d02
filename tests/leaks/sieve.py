"""Looks for thousands of spellings in many megabytes at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from tests.leaks.spellings import spellings
from tests.leaks.unpacking import unpacked

CHUNK = 1 << 20


@lru_cache(maxsize=8192)
def parts(blob: bytes) -> tuple[bytes, ...]:
    """`blob` and what is packed in it, unpacked once however often it is searched."""
    return tuple(unpacked(blob))


class Find(NamedTuple):
    mark: str
    spelling: str
    where: str


class Grid:
    """Finds needles by words of `size` bytes that lie on a grid in the haystack.

    A needle of 2 * size - 1 bytes or more holds a whole word of the grid wherever it begins, so the
    haystack is read word by word, and only words that occur in a needle are looked at closely.
    """

    def __init__(self, size: int, needles: Iterable[bytes]) -> None:
        self.size, self.code = size, {4: "I", 8: "Q"}[size]
        self.by_word: dict[int, list[tuple[bytes, int]]] = defaultdict(list)
        for needle in needles:
            for start in range(size):
                word = memoryview(needle[start : start + size]).cast(self.code)[0]
                self.by_word[word].append((needle, start))
        self.words = frozenset(self.by_word)

    def find(self, blob: bytes) -> set[bytes]:
        found: set[bytes] = set()
        whole = memoryview(blob)[: len(blob) // self.size * self.size]
        for first in range(0, len(whole), CHUNK):
            chunk = whole[first : first + CHUNK].cast(self.code)
            if not self.words.isdisjoint(chunk):
                found |= self._closely(blob, first, chunk)
        return found

    def _closely(self, blob: bytes, first: int, chunk: "memoryview[int]") -> set[bytes]:
        found: set[bytes] = set()
        for place, word in enumerate(chunk):
            for needle, start in self.by_word.get(word, ()):
                begin = first + place * self.size - start
                if begin >= 0 and blob.startswith(needle, begin):
                    found.add(needle)
        return found


class Sieve:
    """Marked values by name, in every spelling there is."""

    def __init__(self, marks: Mapping[str, str | bytes]) -> None:
        self.marks = dict(marks)
        self.meaning: dict[bytes, tuple[str, str]] = {}
        for mark, value in marks.items():
            for spelt, way in spellings(value).items():
                self.meaning.setdefault(spelt, (mark, way))
        self.short = [needle for needle in self.meaning if len(needle) < 7]
        self.grids = (
            Grid(4, (needle for needle in self.meaning if 7 <= len(needle) < 15)),
            Grid(8, (needle for needle in self.meaning if len(needle) >= 15)),
        )

    def sift(self, kept: Mapping[str, bytes]) -> set[Find]:
        """Every mark that stands in what was kept, by the place it was kept in."""
        return {find for where, blob in kept.items() for find in self.in_one(where, blob)}

    def in_one(self, where: str, blob: bytes) -> set[Find]:
        needles: set[bytes] = set()
        for part in parts(blob):
            needles |= {needle for needle in self.short if needle in part}
            for grid in self.grids:
                needles |= grid.find(part)
        return {Find(*self.meaning[needle], where) for needle in needles}
