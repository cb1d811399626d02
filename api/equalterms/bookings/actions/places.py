"""What somebody at home does with a place: book, come, cancel. And the waiting list, which moves up."""

from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction

from equalterms.bookings.actions.holding import hold_line, open_booking
from equalterms.bookings.models import OPEN_PLACES, Booking, Place
from equalterms.bookings.rules import (
    booking_over,
    bookings_closed,
    cancelled_session,
    chosen_labels,
    is_off,
    same_labels,
    session_full,
    space_in,
    takes_bookings,
)
from equalterms.lib import clock
from equalterms.programme.models import Session, SessionKind
from equalterms.programme.rules import refuse_if_over
from equalterms.safety import receipts
from equalterms.safety.actions import forget, keep_receipt, leave_note, outdate_note
from equalterms.safety.models import Receipt, SubjectKind, shuffle

KIND = SubjectKind.BOOKING
# What its holder can still cancel.
CANCELLABLE = frozenset({Place.HELD, Place.LISTED, Place.HERE})


@dataclass(frozen=True)
class Wanted:
    """What is sent beside the id and the secret: the help that is wanted, and whether by phone or screen."""

    labels: list[str] = field(default_factory=list)
    remote: bool = False


class _Raced(Exception):
    """Another request with the same id was first."""


def _same(booking: Booking, session: Session, wanted: Wanted) -> bool:
    """Whether this is what was booked. Of a booking that is over only the session is known."""
    if booking.session_id != session.pk or booking.state not in OPEN_PLACES:
        return booking.session_id == session.pk
    return booking.remote == wanted.remote and same_labels(booking.labels, wanted.labels)


def booked_before(*, session: Session, claimed: receipts.Claimed, wanted: Wanted) -> Booking | None:
    """This very booking if it is kept already, so that a retry is harmless; None if the id is free. Refuses
    `withdrawn`, `already-asked` (own id, other wishes) and `id-taken`."""
    standing = receipts.standing(session, claimed)
    if standing == "new":
        return None
    booking = Booking.objects.filter(pk=claimed.subject).first()
    if standing == "taken" or booking is None:
        raise receipts.id_taken()
    if not _same(booking, session, wanted):
        raise receipts.already_asked()
    return booking


def book(*, session: Session, claimed: receipts.Claimed, wanted: Wanted) -> Booking:
    """Keeps a place, or one on the waiting list. Call `booked_before` first and claim the proof between.

    Who gets the last place is decided under the lock of the session's line. Nothing public moves: figures
    do so at ticks. Refuses `bookings-closed`, `day-is-over`, labels that are not offered, and whatever
    `booked_before` refuses if a twin request was first.
    """
    try:
        with transaction.atomic():
            if not keep_receipt(session=session, claimed=claimed):
                raise _Raced
            session = _in_turn(session)
            refuse_if_over(pk=session.event_id)
            if Booking.objects.filter(pk=claimed.subject).exists():
                raise _Raced
            if not takes_bookings(session):
                raise cancelled_session() if is_off(session) else bookings_closed()
            return open_booking(
                event=session.event,
                pk=claimed.subject,
                session=session,
                state=_first_state(session),
                labels=chosen_labels(session.event, wanted.labels),
                remote=wanted.remote,
                slot=clock.slot(),
            )
    except _Raced:
        booking = booked_before(session=session, claimed=claimed, wanted=wanted)
        if booking is None:
            raise receipts.id_taken() from None
        return booking


def _in_turn(session: Session) -> Session:
    """The session as it stands, once it is our turn at its line."""
    hold_line(session)
    return Session.objects.select_related("event").get(pk=session.pk)


def _first_state(session: Session) -> Place:
    """A place, where there is one and nobody waits for it already."""
    free = space_in(session).home
    if free is None or (free and not Booking.objects.of(session).listed().exists()):
        return Place.HELD
    return Place.LISTED


def _own(session: Session, ident: UUID, auth: bytes) -> tuple[Booking, Receipt, Session]:
    """The booking that `auth` opens, held with the line of its session."""
    receipt = receipts.opened(session, KIND, ident, auth)
    session = _in_turn(session)
    booking = Booking.objects.select_for_update().filter(pk=ident, session=session).first()
    if booking is None:
        receipts.opened(session, KIND, ident, auth)  # it may have been cancelled while we waited
        raise receipts.no_such_receipt()
    return booking, receipt, session


@transaction.atomic
def come(*, session: Session, ident: UUID, auth: bytes) -> Booking:
    """They are here, and in the line from now on; an earlier note is taken back. Again it changes nothing.

    Refuses `session-full` to somebody on the waiting list of a full workshop or talk; nobody is sent away
    from a surgery. Refuses `bookings-closed` where it was cancelled, `booking-over`, `day-is-over`, and
    wrong or withdrawn receipts.
    """
    booking, receipt, session = _own(session, ident, auth)
    refuse_if_over(pk=session.event_id)
    if booking.state not in OPEN_PLACES:
        raise booking_over()
    if is_off(session):
        raise cancelled_session()
    if booking.state in (Place.HERE, Place.TAKEN):
        return booking
    if booking.state == Place.LISTED and session.kind != SessionKind.SURGERY and space_in(session).door == 0:
        raise session_full()
    _stand(booking, Place.HERE)
    outdate_note(session=session, receipt=receipt)  # that they moved up is no news any more
    return booking


def _stand(booking: Booking, state: Place) -> Booking:
    """In the caller's transaction, which holds it: from this quarter hour on, and by lot within it."""
    booking.state, booking.slot, booking.shuffle = state, clock.slot(), shuffle()
    booking.save(update_fields=["state", "slot", "shuffle"])
    return booking


@transaction.atomic
def cancel(*, session: Session, ident: UUID, auth: bytes) -> None:
    """Deletes the booking and leaves a tombstone. Its place goes to the waiting list at the next tick, not
    at once. Refuses `booking-over` to what a surgeon has called or is over, and wrong or withdrawn
    receipts."""
    booking, receipt, session = _own(session, ident, auth)
    if booking.state not in CANCELLABLE:
        raise booking_over()
    forget(session=session, receipt=receipt)
    booking.delete()
    outdate_note(session=session, receipt=receipt)


@transaction.atomic
def move_up(*, session: Session) -> int:
    """Gives free places to those on the waiting list, whoever has waited longest first, and tells each by a
    sealed note; gives how many moved. It looks at what it finds, so that twice does no harm."""
    hold_line(session)
    session = Session.objects.select_related("event").get(pk=session.pk)
    if not takes_bookings(session):
        return 0
    first = Booking.objects.of(session).listed().values_list("pk", flat=True)[: space_in(session).home]
    moving = Booking.objects.select_for_update().filter(pk__in=list(first), state=Place.LISTED)
    moved = [_stand(booking, Place.HELD) for booking in moving.order_by("pk")]
    for booking in moved:
        leave_note(session=session, subject=booking.pk, state=Place.HELD)
    return len(moved)


def move_up_all() -> int:
    """The clock's, every half minute: moves all waiting lists up; gives how many moved. A place that was
    cancelled, and one more that an organiser made, is found here."""
    waiting = Booking.objects.filter(state=Place.LISTED, event__closed_on__isnull=True).values("session")
    sessions = Session.objects.filter(pk__in=waiting).order_by("pk")
    return sum(move_up(session=session) for session in sessions)
