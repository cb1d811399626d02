"""A surgery that is on, its surgeons, and the phones of people in its line."""

import secrets
from datetime import timedelta
from typing import Any

from tests.booked import a_booking, a_surgeon_here
from tests.makers import a_role, a_session, an_event

from equalterms.bookings.actions import tables
from equalterms.bookings.models import Booking, Place
from equalterms.lib import clock
from equalterms.people.models import Surgeon
from equalterms.programme.models import Event, Session
from equalterms.safety.models import Receipt, SubjectKind
from equalterms.safety.profile.receipt import Secret


def a_day_now(**fields: Any) -> Event:
    """A day that is on, whatever the hour."""
    now = clock.now()
    return an_event(starts=now - timedelta(hours=2), ends=now + timedelta(hours=6), **fields)


def a_surgery(event: Event | None = None, **fields: Any) -> Session:
    return a_session(event or a_day_now(), kind="surgery", **fields)


def at_table(event: Event, place: str = "table 3", **fields: Any) -> Surgeon:
    """A surgeon with the role, who says that they are here."""
    surgeon = a_surgeon_here(event, place, **fields)
    a_role(event, "surgeon", surgeon.account)
    return surgeon


def in_line(session: Session, state: str = Place.HERE, **fields: Any) -> Secret:
    """Somebody with a phone that can read notes."""
    secret = Secret(secrets.token_bytes(10), session.event_id, "booking")
    booking = a_booking(session, state, pk=secret.id, **fields)
    Receipt.objects.create(
        subject=booking.pk,
        kind=SubjectKind.BOOKING,
        topic=session.topic,
        verifier=secrets.token_bytes(32),
        reply_key=secret.reply_key,
    )
    return secret


def called(surgeon: Surgeon, event: Event, **how: bool) -> Booking | None:
    """Whom the surgeon calls next."""
    assert surgeon.account is not None
    return tables.call_next(event=event, surgeon=surgeon, account=surgeon.account, **how)
