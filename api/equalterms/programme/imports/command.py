"""`equalterms import-schedule FILE`: read, settle, compare, write."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from django.db import IntegrityError
from tqdm import tqdm

from equalterms.programme.imports.compare import Difference, compare
from equalterms.programme.imports.dialects.opening import opened
from equalterms.programme.imports.dialects.raw import Broken, broken
from equalterms.programme.imports.settle import settle
from equalterms.programme.imports.write import Moved, write
from equalterms.programme.models import Event

Progress = Callable[[str, int, int], None]

TRIES = 5
MOST_WARNINGS = 20


@dataclass(frozen=True)
class ImportResult:
    """What an import did. `sessions` and `people` count what the file lists; the rest, what moved."""

    event: Event
    is_new: bool
    sessions: int
    people: int
    added: int
    changed: int
    cancelled: int
    nothing_changed: bool
    warnings: list[str]


def silent(_stage: str, _done: int, _total: int) -> None:
    """No progress shown."""


def import_schedule(
    path: str | Path, *, timezone: str | None = None, publish: bool = True, progress: Progress = silent
) -> ImportResult:
    """Brings the schedule file at `path` into the programme. `progress` hears (stage, done, total).

    `publish` shows a new or drafted event to everybody. Refuses, by Broken, a file it cannot trust
    whole, before anything is written. Writes once, shortly, after all reading and comparing.
    """
    plan = settle(opened(Path(path)), timezone, progress)
    for _ in range(TRIES):
        progress("comparing", 0, 1)
        difference = compare(plan, publish=publish)
        progress("comparing", 1, 1)
        try:
            if difference:
                progress("writing", 0, 1)
                write(difference)
                progress("writing", 1, 1)
        except Moved:
            continue
        except IntegrityError:
            if not difference.is_new:
                raise
            continue  # somebody else has just imported the same event
        return _result(difference, len(plan.sessions), len(plan.people), plan.warnings)
    raise broken("", "the programme was being changed all the while: please try again in a minute")


def _result(difference: Difference, sessions: int, people: int, warnings: list[str]) -> ImportResult:
    added = len(difference.sessions.new)
    return ImportResult(
        event=difference.event,
        is_new=difference.is_new,
        sessions=sessions,
        people=people,
        added=added,
        changed=len(difference.touched) - difference.cancelled,
        cancelled=difference.cancelled,
        nothing_changed=not difference,
        warnings=warnings,
    )


def run(path: str, timezone: str | None, draft: bool, stdout: TextIO, stderr: TextIO | None = None) -> int:
    """The command, without its arguments: 0 and a summary, or 2 and what is wrong with the file."""
    errors = stderr or sys.stderr
    try:
        with _bar(errors) as progress:
            result = import_schedule(path, timezone=timezone, publish=not draft, progress=progress)
    except Broken as wrong:
        for problem in wrong.problems:
            errors.write(f"{path}: {problem}\n")
        errors.write("Nothing was written.\n")
        return 2
    for warning in result.warnings[:MOST_WARNINGS]:
        errors.write(f"{path}: note: {warning}\n")
    if (more := len(result.warnings) - MOST_WARNINGS) > 0:
        errors.write(f"{path}: note: and {more} more of this kind\n")
    stdout.write(summary(result) + "\n")
    return 0


def summary(result: ImportResult) -> str:
    event = result.event
    holds = (
        f"“{event.title}” ({event.slug}, {event.state}): {result.sessions} sessions, {result.people} people."
    )
    if result.nothing_changed:
        return f"{holds} Nothing changed."
    return f"{holds} {result.added} added, {result.changed} changed, {result.cancelled} cancelled."


@contextmanager
def _bar(screen: TextIO) -> Iterator[Progress]:
    """A progress bar where `screen` is a terminal, else silence."""
    if not screen.isatty():
        yield silent
        return
    with tqdm(file=screen, bar_format="{desc} {bar} {n_fmt}/{total_fmt}", leave=False) as bar:

        def progress(stage: str, done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)
            bar.set_description_str(stage, refresh=not bar.desc.startswith(stage))

        yield progress
