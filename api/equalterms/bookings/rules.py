"""How many places there are to book, whether a session still takes bookings, and what is said of one."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from equalterms.bookings.models import Booking, Place
from equalterms.lib.api.fields import refuse_field
from equalterms.lib.refusal import Refusal
from equalterms.people.models import Surgeon
from equalterms.programme.models import (
    Appearance,
    Event,
    EventState,
    Session,
    SessionKind,
    SessionState,
)
from equalterms.programme.rules import labels_of, venue_now

# So many kinds of help one may ask for.
MOST_LABELS = 5
# What a state is called on the wire, where that differs.
OUTWARD: dict[str, str] = {Place.LISTED: "waiting", Place.TAKEN: "called"}


def outward(state: str) -> str:
    """A state as it is told."""
    return OUTWARD.get(state, state)


def bookable(session: Session) -> int | None:
    """How many places can be booked from home; None for no limit. Half of a surgery is for those who just
    turn up, but one can always be booked."""
    if session.capacity is None or session.kind != SessionKind.SURGERY:
        return session.capacity
    return min(session.capacity, max(1, session.capacity // 2))


def is_off(session: Session) -> bool:
    """Whether it does not take place: it, or its whole day, was cancelled. Its event comes with it."""
    return session.state == SessionState.CANCELLED or session.event.state == EventState.CANCELLED


def takes_bookings(session: Session, now: datetime | None = None) -> bool:
    """Whether places are given out: it is on, and not over yet by the clock of its venue. One can come to a
    session that takes no questions."""
    event = session.event
    on = event.state == EventState.PUBLISHED and session.state == SessionState.PLANNED and not event.closed
    return on and venue_now(event, now) < session.ends


def bookings_closed() -> Refusal:
    return Refusal("bookings-closed", "This session takes no bookings any more.")


def cancelled_session() -> Refusal:
    return Refusal("bookings-closed", "This does not take place, so there is no place to take.")


def session_full() -> Refusal:
    return Refusal(
        "session-full",
        "This session is full. You are still on its waiting list, and we tell you if you move up.",
    )


def booking_over() -> Refusal:
    return Refusal("booking-over", "This booking is over, so nothing more can be done with it.")


class Space(NamedTuple):
    """What is left of a session's places; None for no limit. `home`: for those who book from home."""

    home: int | None
    door: int | None


def space_in(session: Session) -> Space:
    """What is left at this moment. Under the lock of the session's line it stays so; full is 0, also where
    the door let in more."""
    if session.capacity is None:
        return Space(None, None)
    seated = Booking.objects.seated_in(session)
    door = max(0, session.capacity - seated.count())
    home = max(0, (bookable(session) or 0) - seated.from_home().count())
    return Space(min(home, door), door)


def chosen_labels(event: Event, labels: Iterable[str]) -> list[str]:
    """The kinds of help asked for, each once and in the event's own spelling. Refuses others, and more than
    five."""
    offered = {label.casefold(): label for label in labels_of(event)}
    wanted = list(dict.fromkeys(label.casefold() for label in labels))
    if len(wanted) > MOST_LABELS:
        raise refuse_field("labels", "Please choose at most five.")
    if unknown := [label for label in wanted if label not in offered]:
        raise refuse_field("labels", f"{len(unknown)} of these is not offered on this day.")
    return [offered[label] for label in wanted]


def same_labels(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether both ask for the same help, in whatever order and spelling."""
    return {label.casefold() for label in one} == {label.casefold() for label in other}


def fits(labels: Iterable[str], surgeon: Surgeon) -> bool:
    """Whether the surgeon gives some of the help that is wanted. Anybody helps who wants no special help, and
    a surgeon without labels helps everybody."""
    wanted, given = ({label.casefold() for label in some} for some in (labels, surgeon.labels))
    return not wanted or not given or bool(wanted & given)


def helps_by_what_is_public(labels: Iterable[str], surgeon: Surgeon) -> bool:
    """As `fits`, for figures that everybody reads: a surgeon who keeps their labels private is told of as one
    without any."""
    return not surgeon.shows("labels") or fits(labels, surgeon)


def whom_to_call(event: Event, surgeon: Surgeon, *, anybody: bool = False) -> list[UUID]:
    """The bookings of those in the event's lines whom the surgeon can help (`anybody`: of all), in the order
    in which they are called: at the surgeon's own sessions first, then by how long they have waited."""
    rows = Booking.objects.at_surgeries(event).in_line()
    mine = set(Appearance.objects.filter(surgeon=surgeon).values_list("session", flat=True))
    found = [
        (ident, session)
        for ident, session, labels in rows.values_list("pk", "session", "labels")
        if anybody or fits(labels, surgeon)
    ]
    return [ident for ident, session in sorted(found, key=lambda one: one[1] not in mine)]
