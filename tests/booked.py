"""Plain makers of places, spares and surgeons who are there, as they lie in the tables."""

from itertools import cycle
from typing import Any
from uuid import uuid4

from django.db.models import QuerySet
from tests.makers import a_surgeon, an_account

from equalterms.bookings.models import OPEN_PLACES, Booking, Place, Presence
from equalterms.lib import clock
from equalterms.people.models import Surgeon
from equalterms.programme.models import Event, Session
from equalterms.safety.models import Claim, Receipt, SubjectKind

# Numbers that no test names itself, however many were made before it.
_tickets = cycle(range(2_000, 7_000))


def a_booking(session: Session, state: str = Place.HELD, *, home: bool = False, **fields: Any) -> Booking:
    """A place at a session; with `home`, one that a receipt opens."""
    given = {"ticket": next(_tickets) if state in OPEN_PLACES else None, "slot": clock.slot()} | fields
    booking = Booking.objects.create(event=session.event, session=session, state=state, **given)
    if home:
        Receipt.objects.create(
            subject=booking.pk, kind=SubjectKind.BOOKING, topic=session.topic, verifier=uuid4().bytes * 2
        )
    return booking


def a_spare(event: Event, **fields: Any) -> Booking:
    return Booking.objects.create(event=event, state=Place.SPARE, **({"ticket": next(_tickets)} | fields))


def a_surgeon_here(event: Event, place: str = "table 3", **fields: Any) -> Surgeon:
    """A surgeon with an account who says that they are at the event."""
    surgeon = a_surgeon(event, **({"account": an_account()} | fields))
    Presence.objects.create(event=event, surgeon=surgeon, state="here", place=place)
    return surgeon


def a_called_booking(session: Session, surgeon: Surgeon, **fields: Any) -> Booking:
    """Somebody whose number this surgeon has called."""
    booking = a_booking(session, Place.TAKEN, **fields)
    Claim.objects.create(topic=session.topic, subject=booking.pk, account=surgeon.account)
    return booking


def standing(rows: "QuerySet[Booking] | None" = None) -> dict[Any, str]:
    """The state of each booking by its id."""
    return dict((rows if rows is not None else Booking.objects.all()).values_list("pk", "state"))
