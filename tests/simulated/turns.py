"""Whose turn it is: whoever came in an earlier quarter of an hour is called before one who came later."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from uuid import UUID

from equalterms.bookings.models import Booking, Place
from equalterms.people.models import Surgeon
from equalterms.programme.models import SessionKind, SessionState


class Call(NamedTuple):
    """Who was called, among whom it had to be, and one who came last."""

    called: UUID
    first: set[UUID]
    last: UUID


def line_of(surgeon: Surgeon) -> list[Booking]:
    """Whom this surgeon would call: those who want what they help with, at their own sessions if somebody
    waits there, else at any that takes place."""
    on = {"session__kind": SessionKind.SURGERY, "session__state": SessionState.PLANNED}
    known = {label.casefold() for label in surgeon.labels}
    own = set(surgeon.sessions.values_list("pk", flat=True))
    whom = [
        row
        for row in Booking.objects.filter(state=Place.HERE, **on)
        if not known or not row.labels or known & {label.casefold() for label in row.labels}
    ]
    return [row for row in whom if row.session_id in own] or whom


def first_of(line: Iterable[Booking], came: Mapping[UUID, int]) -> tuple[set[UUID], UUID]:
    """Those of a line who came in the earliest quarter, and one who came in the latest."""
    quarters = {row.pk: came[row.pk] for row in line}
    first = min(quarters.values())
    last = max(quarters, key=lambda ident: quarters[ident])
    return {ident for ident, quarter in quarters.items() if quarter == first}, last


def in_turn(calls: Iterable[Call]) -> Iterator[str]:
    for call in calls:
        if call.called not in call.first:
            yield f"{call.called} was called before {len(call.first)} who came earlier"


def quarters(came: Mapping[UUID, int]) -> Iterator[str]:
    """Whoever is in a line waits from the quarter in which they came, as those know who saw them come."""
    rows = Booking.objects.filter(state__in=[Place.HERE, Place.TAKEN]).values_list("pk", "slot")
    for ident, slot in rows:
        if slot != came.get(ident):
            yield f"booking {ident} waits from {slot}, came at {came.get(ident)}"
