"""What becomes of places where a session, or its whole day, is cancelled."""

from django.db import transaction
from django.db.models import Q

from equalterms.bookings.actions.holding import end_booking, hold_line
from equalterms.bookings.actions.tables import tell_each
from equalterms.bookings.models import Booking, Place
from equalterms.bookings.rules import is_off
from equalterms.programme.models import EventState, Session, SessionState
from equalterms.safety.actions import free

# Why a booking is over, for the phone that holds it.
CANCELLED = "cancelled"


def end_cancelled_all() -> int:
    """The clock's, every half minute: ends what is open of all that was cancelled, by whomever and however;
    gives how many. What was taken on again before the tick keeps its places."""
    off = Q(session__state=SessionState.CANCELLED) | Q(event__state=EventState.CANCELLED)
    rows = Booking.objects.open().filter(off, session__isnull=False, event__closed_on=None)
    sessions = Session.objects.filter(pk__in=rows.values("session")).order_by("pk")
    return sum(end_cancelled(session=session) for session in sessions)


@transaction.atomic
def end_cancelled(*, session: Session) -> int:
    """Places, waiting list and line of a session that is off are over, and whoever was called is called no
    more: a sealed note tells each phone, and numbers and labels are erased. Gives how many.

    It stays so when the session takes place after all: then one books anew.
    """
    hold_line(session)
    session = Session.objects.select_related("event").get(pk=session.pk)
    if not is_off(session):
        return 0
    rows = Booking.objects.of(session).open().select_for_update(of=("self",)).order_by("pk")
    ending = list(rows.select_related("session__event"))
    called = any(booking.state == Place.TAKEN for booking in ending)
    for booking in ending:
        end_booking(booking=booking, state=Place.LEFT)
    free(subjects=[booking.pk for booking in ending])
    tell_each(ending, Place.LEFT, reason=CANCELLED, told=called)
    return len(ending)
