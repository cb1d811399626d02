"""What every change of a booking is made of: its number, the lock of its line, its end."""

import secrets
from typing import Any

from django.db.models import F

from equalterms.bookings.models import Booking, HelpGiven, Line, Place
from equalterms.lib.refusal import Refusal
from equalterms.programme.models import Event, Session
from equalterms.safety.models import shuffle

# Three digits can be said aloud; where so many of them are out, four.
SHORT = range(100, 1_000)
LONG = range(1_000, 10_000)
CROWDED = 700
TRIES = 20


def free_ticket(event: Event) -> int:
    """A random number that no open booking of the event has at this moment. Somebody else may take it
    first: whoever stores it tries again then, as `open_booking` does."""
    given = set(Booking.objects.filter(event=event).exclude(ticket=None).values_list("ticket", flat=True))
    numbers = SHORT if len(given) < CROWDED else LONG
    return secrets.choice([number for number in numbers if number not in given])


def open_booking(*, event: Event, **columns: Any) -> Booking:
    """Stores a booking with a number of its own, in the caller's transaction. Two that drew the same number
    are told apart by the constraint, and the later draws again.

    Once a transaction: whoever holds one number and waits for another could wait for ever.
    """
    for _ in range(TRIES):
        booking = Booking(event=event, ticket=free_ticket(event), **columns)
        Booking.objects.bulk_create([booking], ignore_conflicts=True)
        if Booking.objects.filter(pk=booking.pk).exists():
            return booking
    raise Refusal("busy", "We are very busy just now. Nothing was stored. Please try again.", status=503)


def hold_line(session: Session) -> Line:
    """The session's line, held until the caller's transaction ends: whoever gives out places takes turns at
    it. Made where there is none."""
    lines = Line.objects.select_for_update().filter(session=session)
    line = lines.first()
    if line is None:
        Line.objects.bulk_create([Line(session=session)], ignore_conflicts=True)
        line = lines.get()
    return line


def end_booking(*, booking: Booking, state: str) -> None:
    """It is over, `served` or `left`, in the caller's transaction, which holds the row and no topic yet: the
    number, the help that was wanted and the quarter hour are erased. Help that was given is counted."""
    if state not in (Place.SERVED, Place.LEFT):
        raise ValueError(state)
    if state == Place.SERVED:
        _count_help(booking)
    booking.state, booking.ticket, booking.labels, booking.slot = state, None, [], 0
    booking.shuffle = shuffle()
    booking.save(update_fields=["state", "ticket", "labels", "slot", "shuffle"])


def _count_help(booking: Booking) -> None:
    """In the order of the labels, so that two who count never wait for each other."""
    for label in sorted(booking.labels):
        row = HelpGiven(event_id=booking.event_id, label=label)
        HelpGiven.objects.bulk_create([row], ignore_conflicts=True)
        HelpGiven.objects.filter(event=booking.event_id, label=label).update(people=F("people") + 1)
