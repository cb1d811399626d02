"""The hours of a day in minutes: one clock for the test and its server process, moved by a file.

`python -m tests.simulated.clocked FILE serve …` is the product as it is, on the database of the test: only
what time it is, is told by FILE. Time goes on at its pace between moves, and what is counted in seconds
that pass (the monotonic clock) is left alone.
"""

import os
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import time_machine
from django.conf import settings

from equalterms.config.cli import main as product

PATIENCE, PAUSE = 60, 0.02
# The test is so many seconds behind its server, which refuses a token that was made in its future.
BEHIND, EXACT = 0.2, 0.05


def say(path: Path, words: str) -> None:
    """Whole or not at all."""
    draft = path.with_suffix(".draft")
    draft.write_text(words)
    draft.replace(path)


class Hours:
    """Moves this process's clock, and that of whoever follows `path`."""

    def __init__(self, path: Path, start: datetime) -> None:
        self.path, self._travel = path, time_machine.travel(start, tick=True)
        self.start = start

    def __enter__(self) -> Self:
        self._here = self._travel.start()
        self._tell(self.start)
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._travel.stop()

    def move_to(self, moment: datetime) -> None:
        """Returns once the server's clock has moved as well."""
        words = self._tell(moment)
        for _ in range(int(PATIENCE / PAUSE)):
            if said(self.path.with_suffix(".there")) == words:
                return
            threading.Event().wait(PAUSE)
        raise AssertionError("the server's clock did not move")

    def _tell(self, moment: datetime) -> str:
        words = repr(moment.timestamp() - time.monotonic())
        put(self._here, repr(float(words) - BEHIND))
        say(self.path, words)
        return words


def said(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def follow(path: Path) -> None:
    """From now on this process's clock is what `path` tells."""
    words = said(path)
    here = time_machine.travel(at(words), tick=True).start()
    put(here, words)

    def watch(known: str) -> None:
        while not threading.Event().wait(PAUSE):
            if (told := said(path)) != known:
                put(here, told)
                say(path.with_suffix(".there"), told)
                known = told

    threading.Thread(target=watch, args=(words,), daemon=True).start()


def put(here: time_machine.Traveller, words: str) -> None:
    """Again, where this process had to wait for its turn meanwhile."""
    here.move_to(at(words), tick=True)
    while abs(time.time() - at(words).timestamp()) > EXACT:
        here.move_to(at(words), tick=True)


def at(words: str) -> datetime:
    """What time it is if so much lies between the clock and the seconds that both processes count."""
    return datetime.fromtimestamp(time.monotonic() + float(words), UTC)


def main(words: list[str]) -> int:
    follow(Path(words[0]))
    settings.DATABASES["default"]["NAME"] = os.environ["TEST_NAME"]
    return product(words[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
