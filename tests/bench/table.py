"""Rounds that are run in pairs, what they have in common, and the table they end in."""

import os
import platform
import sqlite3
import statistics
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple, TypeVar

T = TypeVar("T")
ROUNDS = 3


class Row(NamedTuple):
    """A line of a table, and figures of ours in it, by the names that the model of scaling has for them."""

    what: str
    ours: str
    beside: str = ""
    ratio: str = ""
    noted: dict[str, float] | None = None


class Spread(NamedTuple):
    """The middle of all rounds, and the extremes."""

    median: float
    least: float
    most: float

    def __str__(self) -> str:
        return f"**{self.median:.2f}** ({self.least:.2f} to {self.most:.2f})"


def spread(values: Sequence[float]) -> Spread:
    return Spread(statistics.median(values), min(values), max(values))


def figure(values: Sequence[float], unit: str, digits: int = 0) -> str:
    """The median with its extremes."""
    found = spread(values)
    return f"{found.median:,.{digits}f} {unit} ({found.least:,.{digits}f} to {found.most:,.{digits}f})"


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> Spread:
    """Ours over theirs, round by round: what disturbs a round disturbs both."""
    return spread([one / other for one, other in zip(ours, theirs, strict=True)])


def middle(values: Sequence[float]) -> float:
    return spread(values).median


def rounds(contestants: dict[str, Callable[[], T]], count: int = ROUNDS) -> dict[str, list[T]]:
    """Runs every contestant once a round, and begins each round with another one."""
    found: dict[str, list[T]] = {name: [] for name in contestants}
    for number in range(count):
        names = list(contestants)
        for name in names[number % len(names) :] + names[: number % len(names)]:
            found[name].append(contestants[name]())
    return found


def told(name: str) -> None:
    """Says on the terminal how far it has got."""
    print(f"  {time.strftime('%H:%M:%S')} {name}", flush=True)


HEAD = Row("what", "Equal Terms", "beside", "ratio")


def markdown(rows: Sequence[Row], head: Row = HEAD) -> str:
    lines = [head, Row("---", "---", "---", "---"), *rows]
    return "\n".join(f"| {' | '.join(line[:4])} |" for line in lines)


def machine(*, apart: bool) -> str:
    """What it ran on, in words that would do for any machine like it."""
    memory = round(int(Path("/proc/meminfo").read_text().split()[1]) / 1024 / 1024)
    names = ("django", "djangorestframework", "uvicorn", "uvloop")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    shared = "the server on one, what sends on another" if apart else "shared by server and client"
    return (
        f"{os.cpu_count()} cores ({platform.machine()}), {shared}; {memory} GB of memory, Linux; load before "
        f"it began {os.getloadavg()[0]:.1f}. Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}, {versions}."
    )
