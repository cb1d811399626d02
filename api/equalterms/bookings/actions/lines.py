"""What is published of places and lines: in words and round numbers, at ticks of half a minute.

Calls ("412, to table 3") and who of the surgeons is where are told at once; whoever changes them records
`tell_line` or `tell_presence`. Everything else waits for the next tick, so that no number tells who came.
"""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q

from equalterms.bookings.models import (
    SEATED,
    SEATED_AT,
    Booking,
    Line,
    Place,
    Presence,
    Seats,
    Whereabouts,
)
from equalterms.bookings.rules import bookable, helps_by_what_is_public
from equalterms.journal.actions import Change, record
from equalterms.people.models import Surgeon
from equalterms.programme.models import Appearance, Event, Session, SessionKind
from equalterms.safety.models import Receipt

# "Few" is at most so many, and at most a fifth of what there is.
FEW = 5


class Figures(NamedTuple):
    """What a line says, in the names of its columns."""

    seats: str
    waiting: int = 0
    wait: int | None = None
    missing: tuple[str, ...] = ()


NOTHING = Figures(Seats.OPEN)


class _Seated(NamedTuple):
    """How many have a place at a session: from home, and in all; and how many wait."""

    home: int = 0
    all: int = 0
    waiting: int = 0


def tell_line(session: Session) -> Change:
    """For `record`: who is called at this session has changed."""
    return Change(session.event.now_id, "line", session.pk)


def tell_presence(event: Event, surgeon: Surgeon) -> Change:
    """For `record`: this surgeon has come, gone, or is elsewhere. Where somebody is called to them, their
    place stands in the lines too: record `tell_line` for those sessions as well."""
    return Change(event.now_id, "presence", surgeon.pk)


def seats_word(left: int | None, places: int | None) -> str:
    """How much is left of so many places, as a word; None for no limit."""
    if left is None or places is None:
        return Seats.OPEN
    if left <= 0:
        return Seats.FULL
    return Seats.FEW if left <= FEW and left * 5 <= places else Seats.FREE


def published(session: Session) -> Figures:
    """What is said of the session since the last tick. Before its first one nobody has come yet; and with
    its capacity the limit itself comes and goes at once."""
    said, unsaid = stored(session), Seats.OPEN if session.capacity is None else Seats.FREE
    if said is None or Seats.OPEN in (said.seats, unsaid):
        return (said or Figures(unsaid))._replace(seats=unsaid)
    return said


def stored(session: Session) -> Figures | None:
    """What its line says, where it has one."""
    line: Line | None = getattr(session, "line", None)
    return Figures(line.seats, line.waiting, line.wait, tuple(line.missing)) if line else None


def always_said(session: Session) -> bool:
    """Whether its line is told even where there is nothing to say."""
    return session.capacity is not None or session.kind == SessionKind.SURGERY


def publish_lines() -> int:
    """At a tick: publishes what has changed of every line of every open day; gives how many. A fixed number
    of queries however many there are, and no write where nothing moved."""
    sessions = Session.objects.filter(event__closed_on=None).select_related("event", "line")
    booked = Exists(Booking.objects.filter(session=OuterRef("pk")))
    wanted = Q(capacity__isnull=False) | Q(line__isnull=False) | Q(kind=SessionKind.SURGERY) | booked
    stale = _stale(list(sessions.filter(wanted).order_by("pk")))
    if stale:
        _publish(stale)
    return len(stale)


@transaction.atomic
def _publish(stale: list[tuple[Session, Figures]]) -> None:
    """Writes the lines in the order of their keys, as everybody locks them, and tells of each."""
    lines = [Line(session=session, **figures._asdict()) for session, figures in stale]
    Line.objects.bulk_create(
        lines,
        update_conflicts=True,
        unique_fields=["session"],
        update_fields=["seats", "waiting", "wait", "missing"],
    )
    record(*(tell_line(session) for session, _ in stale))


def _stale(sessions: list[Session]) -> list[tuple[Session, Figures]]:
    """Those of the sessions whose figures are not as published, with what they are now."""
    seated, wanted, own = _counted(sessions), _wanted(sessions), _own(sessions)
    present = _present({session.event_id for session in sessions})
    lines = {
        event: {one.pk: wanted[one.pk] for one in sessions if one.event_id == event and one.pk in wanted}
        for event in present
    }
    hands = {event: shared_hands(lines[event], helpers, own) for event, helpers in present.items()}
    found = []
    for session in sessions:
        helpers = present.get(session.event_id, [])
        theirs = hands.get(session.event_id, {}).get(session.pk, Fraction(0))
        now = _figures(session, seated.get(session.pk, _Seated()))
        if session.kind == SessionKind.SURGERY:
            lacking = missing((label for one in wanted.get(session.pk, []) for label in one), helpers)
            now = now._replace(wait=_wait(session, now.waiting, theirs, helpers), missing=lacking)
        if now != (stored(session) or (None if always_said(session) else NOTHING)):
            found.append((session, now))
    return found


def _figures(session: Session, seated: _Seated) -> Figures:
    places = bookable(session)
    left = None
    if places is not None and session.capacity is not None:
        left = min(places - seated.home, session.capacity - seated.all)
    return Figures(seats_word(left, places), seated.waiting)


def shared_hands(
    lines: Mapping[UUID, Sequence[Collection[str]]],
    helpers: Iterable[Surgeon],
    own: Mapping[UUID, Collection[UUID]],
) -> dict[UUID, Fraction]:
    """How many surgeons' time each line gets. `lines`: the labels of each who waits in it, by session; `own`:
    each surgeon's own sessions.

    A surgeon calls from the lines of their own sessions, or, where nobody waits there whom they can help,
    from all; and from those in proportion to how many wait there whom they can help.
    """
    hands: dict[UUID, Fraction] = {}
    for surgeon in helpers:
        fitting = {
            line: sum(helps_by_what_is_public(labels, surgeon) for labels in waiting)
            for line, waiting in lines.items()
        }
        mine = {line: number for line, number in fitting.items() if line in own.get(surgeon.pk, ())}
        theirs = mine if any(mine.values()) else fitting
        for line, number in theirs.items():
            if number:
                hands[line] = hands.get(line, Fraction(0)) + Fraction(number, sum(theirs.values()))
    return hands


def _wait(session: Session, waiting: int, hands: Fraction, helpers: Sequence[Surgeon]) -> int | None:
    """Minutes until somebody who came now would be called: each person takes the event's minutes. Null where
    nobody is there who could call them."""
    if not waiting:
        return 0 if helpers else None
    return math.ceil(waiting / hands) * session.event.minutes if hands else None


def missing(wanted: Iterable[str], helpers: Iterable[Surgeon]) -> tuple[str, ...]:
    """What of the wanted help none of these surgeons says in public that they give, in the order of the
    alphabet."""
    shown = [surgeon for surgeon in helpers if surgeon.shows("labels")]
    given = {label.casefold() for surgeon in shown for label in surgeon.labels}
    lacking = {label.casefold(): label for label in sorted(wanted) if label.casefold() not in given}
    return tuple(lacking[label] for label in sorted(lacking))


def _counted(sessions: list[Session]) -> dict[UUID, _Seated]:
    """Who waits: at a surgery those who are there, elsewhere those on the list for a place."""
    home = Exists(Receipt.objects.filter(subject=OuterRef("pk")))
    rows = Booking.objects.filter(session__in=sessions, state__in=[*SEATED, Place.LISTED]).order_by()
    kinds = {session.pk: session.kind for session in sessions}
    found: Counter[tuple[UUID, str]] = Counter()
    grouped = rows.annotate(home=home).values_list("session", "state", "home").annotate(Count("pk"))
    for session, state, from_home, number in grouped:
        waits = state == (Place.HERE if kinds[session] == SessionKind.SURGERY else Place.LISTED)
        seated = state in SEATED_AT[kinds[session]]
        found[session, "waiting"] += number * waits
        found[session, "all"] += number * seated
        found[session, "home"] += number * (seated and from_home)
    return {
        session: _Seated(found[session, "home"], found[session, "all"], found[session, "waiting"])
        for session in {session for session, _ in found}
    }


def _wanted(sessions: list[Session]) -> dict[UUID, list[list[str]]]:
    """The help that is wanted by each who waits at a surgery."""
    surgeries = [session for session in sessions if session.kind == SessionKind.SURGERY]
    rows = Booking.objects.filter(session__in=surgeries, state=Place.HERE)
    found: dict[UUID, list[list[str]]] = {}
    for session, labels in rows.values_list("session", "labels"):
        if session is not None:
            found.setdefault(session, []).append(labels)
    return found


def _own(sessions: list[Session]) -> dict[UUID, set[UUID]]:
    """The sessions that each surgeon is down for."""
    found: dict[UUID, set[UUID]] = {}
    rows = Appearance.objects.filter(session__in=sessions)
    for surgeon, session in rows.values_list("surgeon", "session"):
        found.setdefault(surgeon, set()).add(session)
    return found


def _present(events: set[UUID]) -> dict[UUID, list[Surgeon]]:
    """The surgeons who are at each event now and call people: not those who say that they are busy."""
    found: dict[UUID, list[Surgeon]] = {}
    free = Presence.objects.filter(event__in=events, state=Whereabouts.HERE)
    for presence in free.select_related("surgeon"):
        found.setdefault(presence.event_id, []).append(presence.surgeon)
    return found
