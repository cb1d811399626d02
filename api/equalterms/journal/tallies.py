"""Votes and reactions make no entry each: what was counted on lately, until its new tally is published."""

import threading
from uuid import UUID


class Tallies:
    """The ids of what was voted on or reacted to since the last publication. Only a hint: a recount of
    all finds whatever this process did not hear of."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._touched: set[UUID] = set()

    def touch(self, ident: UUID) -> None:
        with self._lock:
            self._touched.add(ident)

    def take(self) -> set[UUID]:
        with self._lock:
            taken, self._touched = self._touched, set()
            return taken
