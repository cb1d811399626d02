"""Ending a day from the command line: closing it, and purging it later."""

import sys
from argparse import Namespace
from collections.abc import Sequence
from datetime import datetime

from equalterms.config.cli import database
from equalterms.desk.actions import closing, purging
from equalterms.lib import clock
from equalterms.lib.refusal import Refusal
from equalterms.lib.rows.files import StillRead
from equalterms.programme.models import Event


def find_event(ref: str) -> Event:
    event = Event.objects.called(ref).first()
    if event is None:
        raise Refusal("no-such-event", f"There is no event called {ref}.")
    return event


def close_event(wanted: Namespace) -> int:
    """Closes a day, and gets what was dropped out of the files."""
    database.bring_up_to_date()
    event = find_event(wanted.event)
    closing.close(event=event)
    event.refresh_from_db()
    print(f"{event.title} is closed. Receipts open until {event.kept_until:%d %B %Y}; then it is purged.")
    try:
        return tell(closing.tidy_files())
    except StillRead:
        return unfinished(f"close-event {wanted.event}")


def purge(wanted: Namespace) -> int:
    """Purges one closed day, or all whose time has come."""
    database.bring_up_to_date()
    events = chosen(wanted.event, early=wanted.now, now=clock.now())
    if not events:
        print("No closed day is due.")
    return max([purge_one(event) for event in events], default=0)


def chosen(ref: str | None, *, early: bool, now: datetime) -> list[Event]:
    if ref is None:
        return [event for event in Event.objects.keeping() if purging.is_over(event, now)]
    event = find_event(ref)
    check_purgeable(event, early=early, now=now)
    return [event]


def check_purgeable(event: Event, *, early: bool, now: datetime) -> None:
    """Refuses a day that is open, or purged already, and, unless `early`, one that still keeps its word to
    those who hold receipts."""
    if event.kept_until is None:
        raise Refusal("not-closed", f"This day is not closed. First: equalterms close-event {event.slug}")
    if event.purged:
        raise Refusal("purged", "This day was purged already.")
    if not early and not purging.is_over(event, now):
        until = f"{event.kept_until:%d %B %Y}"
        raise Refusal("kept", f"Its receipts are kept until {until}. To purge it today: --now")


def purge_one(event: Event) -> int:
    try:
        remains = purging.purge(event=event)
    except StillRead:
        return unfinished(f"purge {event.slug} --now")
    print(f"{event.title} is purged: its receipts, and whatever was not public, are gone.")
    print("Copies made before still hold them. Ours are deleted after seven days, with the next one made.")
    return tell(remains)


def tell(remains: Sequence[str]) -> int:
    """Says where deleted words may still be; 1 if there is such a place."""
    for sentence in remains:
        print(sentence, file=sys.stderr)
    if not remains:
        print("The files of the database hold nothing of it any more.")
    return 1 if remains else 0


def unfinished(command: str) -> int:
    print(
        "The rows are gone, but others read the database without a pause, so its files may still hold"
        f" their words. Please repeat: equalterms {command}",
        file=sys.stderr,
    )
    return 1
