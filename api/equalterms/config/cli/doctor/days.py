"""What `doctor` looks at in the days: those that are over and still keep what they need no more."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.db import DatabaseError

from equalterms.config.cli.doctor.finding import Finding
from equalterms.desk.actions.closing import LEFT_OPEN
from equalterms.desk.actions.purging import is_over
from equalterms.lib import clock
from equalterms.programme.models import Event

# The clock looks every quarter of an hour; a day late means that no clock runs.
LATE = timedelta(days=1)
SOON = timedelta(days=2)


def days_over() -> Iterator[Finding]:
    try:
        yield from _days()
    except DatabaseError as failure:
        yield Finding(False, f"Nothing is known of the days ({type(failure).__name__}).")


def _days() -> Iterator[Finding]:
    now = clock.now()
    ended = Event.objects.open().filter(clock_offset=0)
    left = _named(ended.filter(ends__lte=now - LEFT_OPEN - LATE))
    yield Finding(left == "none", f"Days over for two weeks that nobody closed (does a worker run?): {left}.")
    waiting = _named(ended.filter(ends__lte=now - SOON, ends__gt=now - LEFT_OPEN - LATE))
    yield Finding(waiting == "none", f"Days that are over and can be closed: {waiting}.", advice=True)
    overdue = _named(event for event in Event.objects.keeping() if is_over(event, now - LATE))
    yield Finding(overdue == "none", f"Closed days that should be purged by now: {overdue}.")


def _named(events: Iterable[Event]) -> str:
    return ", ".join(sorted(event.slug for event in events)) or "none"
