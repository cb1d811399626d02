"""Several things at the same moment, each on a database connection of its own."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.dispatch import Signal


def together(*works: Callable[[], object]) -> list[Any]:
    """Runs each in a thread of its own, all starting at once; gives what each gave or raised."""
    gate = threading.Barrier(len(works))
    found: list[Any] = [None] * len(works)

    def run(place: int, work: Callable[[], object]) -> None:
        try:
            gate.wait()
            found[place] = work()
        except Exception as failed:  # noqa: BLE001 -- the test looks at it
            found[place] = failed
        finally:
            connection.close()

    running = [threading.Thread(target=run, args=(place, work)) for place, work in enumerate(works)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join(30)
    return found


@contextmanager
def heard(signal: Signal) -> Iterator[list[object]]:
    """Who sent this signal while the block ran, from whatever thread."""
    senders: list[object] = []

    def note(sender: object, **_: object) -> None:
        senders.append(sender)

    signal.connect(note)
    try:
        yield senders
    finally:
        signal.disconnect(note)
