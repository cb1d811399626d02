"""The tables of a day: where a surgeon is, whom they call, and what becomes of whoever they called.

Everybody here locks in the same order: a presence, the bookings by their keys, claims, then topics.
"""

from collections.abc import Iterable
from copy import copy
from uuid import UUID

from django.db import transaction

from equalterms.bookings.actions.holding import end_booking
from equalterms.bookings.actions.lines import tell_line, tell_presence
from equalterms.bookings.models import Booking, Place, Presence, Whereabouts
from equalterms.bookings.rules import whom_to_call
from equalterms.journal.actions import Change, record
from equalterms.lib.api.fields import refuse_field
from equalterms.lib.refusal import Refusal
from equalterms.people.models import Account, Surgeon
from equalterms.programme.actions.telling import hold
from equalterms.programme.models import Event, Session
from equalterms.programme.rules import day_is_over, refuse_if_over, venue_now
from equalterms.safety.actions import already_taken, claimant_of, free, leave_note, take
from equalterms.safety.models import Claim, Review, State, SubjectKind

# What its holder's phone reads when a number is called.
CALLED = "called"


def not_here() -> Refusal:
    said = "Please say first that you are here, so that people know where to come."
    return Refusal("not-here", said)


def moved_on() -> Refusal:
    return Refusal("wrong-state", "This cannot be done to it any more. Please look again.")


@transaction.atomic
def say_where(*, event: Event, surgeon: Surgeon, state: str, place: str) -> Presence:
    """The surgeon is here, or busy, at `place`; whoever they have called hears of another place. Again it
    changes nothing. Refuses `day-is-over` once the day has ended."""
    if venue_now(event) >= event.ends:
        raise day_is_over()
    now = {"state": state, "place": place}
    before = _presence(event, surgeon)
    if before is not None and (before.state, before.place) == (state, place):
        return before
    moved = _called_by(event, surgeon) if before is not None and before.place != place else []
    presence, _ = Presence.objects.update_or_create(event=event, surgeon=surgeon, defaults=now)
    refuse_if_over(pk=event.pk)
    tell_each(moved, CALLED, place, tell_presence(event, surgeon))
    return presence


@transaction.atomic
def go_away(*, event: Event, surgeon: Surgeon) -> None:
    """The surgeon is not here any more: whoever they had called is in the line again, where they were, and
    the questions they had taken are free. Harmless if they were away."""
    presence = _presence(event, surgeon)
    back = _called_by(event, surgeon)
    for booking in back:
        _return(booking)
    _free_questions(event, surgeon)
    told = []
    if presence is not None:
        presence.delete()
        told.append(tell_presence(event, surgeon))
    tell_each(back, Place.HERE, "", *told)


@transaction.atomic
def call_next(*, event: Event, surgeon: Surgeon, account: Account, anybody: bool = False) -> Booking | None:
    """The next person whom the surgeon can help is called to them, by a note to their phone and on the
    board; None where nobody waits. Of two who call at once the later gets the next one.

    Refuses `not-here` where nobody would know where to come, and `day-is-over`.
    """
    presence = _presence(event, surgeon)
    if presence is None:
        raise not_here()
    waiting = whom_to_call(event, surgeon, anybody=anybody)
    ident = next((one for one in waiting if _seize(one, account)), None)
    refuse_if_over(pk=event.pk)
    if ident is None:
        return None
    called = Booking.objects.select_related("session__event").get(pk=ident)
    tell_each([called], CALLED, presence.place)
    return called


def _seize(ident: UUID, account: Account) -> bool:
    """Whether it was still in the line, and is `account`'s now."""
    if not Booking.objects.filter(pk=ident, state=Place.HERE).update(state=Place.TAKEN):
        return False
    topic = Booking.objects.values_list("session__topic", flat=True).get(pk=ident)
    free(subjects=[ident])  # of whoever had it before it was in the line
    return take(topic=topic, subject=ident, account=account)


@transaction.atomic
def put_back(*, booking: UUID, account: Account, freely: bool = False) -> Booking:
    """From the table back into the line, where they were; their phone says so. Again it changes nothing.
    `freely`: whoever called them. Refuses `already-taken` and `wrong-state`."""
    found = _held(booking)
    if found.state == Place.HERE:
        return found
    _check_at_table(found, account, freely)
    _return(found)
    tell_each([found], Place.HERE)
    return found


@transaction.atomic
def serve(*, booking: UUID, account: Account, freely: bool = False) -> Booking:
    """They were helped: it is over, and number and labels are erased. Gives it as it was. Again it changes
    nothing. `freely`: whoever called them. Refuses `already-taken` and `wrong-state`."""
    found = _held(booking)
    if found.state == Place.SERVED:
        return found
    _check_at_table(found, account, freely)
    return _end(found, Place.SERVED)


@transaction.atomic
def let_leave(*, booking: UUID, account: Account, freely: bool = False) -> Booking:
    """They went away, or did not come: it is over. As `serve`; `freely` also of those nobody has called."""
    found = _held(booking)
    if found.state == Place.LEFT:
        return found
    if not (freely and found.state in (Place.HELD, Place.LISTED, Place.HERE)):
        _check_at_table(found, account, freely)
    return _end(found, Place.LEFT)


@transaction.atomic
def send_word(*, booking: UUID, account: Account, text: str, freely: bool = False) -> Booking:
    """Seals the surgeon's words to the phone of whoever was called. Refuses `no-reply-key` where there is
    none, `note-too-long`, and as `serve`."""
    found = _held(booking)
    _check_at_table(found, account, freely)
    if not leave_note(session=_session_of(found), subject=found.pk, state=CALLED, words=text):
        said = "This number came from the door, so no phone can be told. Please call it out."
        raise Refusal("no-reply-key", said)
    return found


@transaction.atomic
def hand_person(*, booking: UUID, account: Account, to: Surgeon, freely: bool = False) -> Booking:
    """A colleague who is here sees to them from now on, at the colleague's place. Again it changes nothing.
    Refuses a colleague who is not here, or busy, and as `serve`."""
    known = Booking.objects.select_related("event").filter(pk=booking).first()
    presence = _presence(known.event, to) if known is not None else None
    found = _held(booking)
    if found.state == Place.TAKEN and (present := claimant_of(found.pk)) and present.pk == to.account_id:
        return found
    _check_at_table(found, account, freely)
    if presence is None or to.account is None:
        raise refuse_field("to", "They are not here now. Please choose somebody who is.")
    if presence.state == Whereabouts.BUSY:
        raise refuse_field("to", "They are busy just now. Please choose somebody else.")
    free(subjects=[found.pk])
    take(topic=_session_of(found).topic_id, subject=found.pk, account=to.account)
    tell_each([found], CALLED, presence.place)
    return found


@transaction.atomic
def put_back_left(*, event: Event) -> int:
    """The clock's: whoever was called by somebody who sees to nothing any more is in the line again; gives
    how many."""
    mine = Claim.objects.filter(account__is_active=True)
    rows = Booking.objects.select_for_update(of=("self",)).filter(event=event, state=Place.TAKEN)
    left = rows.exclude(pk__in=mine.values("subject")).select_related("session__event")
    back = list(left.order_by("pk"))
    for booking in back:
        _return(booking)
    tell_each(back, Place.HERE)
    return len(back)


def drop_presence(*, presence: Presence) -> None:
    """The clock's: the day has ended, so nobody is at a table any more. Whom they see to stays theirs."""
    with transaction.atomic():
        if Presence.objects.filter(pk=presence.pk).delete()[0]:
            record(tell_presence(presence.event, presence.surgeon))


def _presence(event: Event, surgeon: Surgeon) -> Presence | None:
    """Where the surgeon is, held until the transaction ends; None if they are away."""
    return Presence.objects.select_for_update().filter(event=event, surgeon=surgeon).first()


def _held(ident: UUID) -> Booking:
    """The booking, held until the transaction ends. Refuses `wrong-state` for a spare, and for one that was
    cancelled meanwhile."""
    rows = Booking.objects.select_for_update(of=("self",)).exclude(state=Place.SPARE)
    found = rows.filter(pk=ident).select_related("session__event").first()
    if found is None:
        raise moved_on()
    return found


def _called_by(event: Event, surgeon: Surgeon) -> list[Booking]:
    """Those the surgeon has called, held in the order of their keys."""
    mine = Claim.objects.filter(account=surgeon.account_id).values("subject")
    rows = Booking.objects.select_for_update(of=("self",)).filter(event=event, state=Place.TAKEN)
    return list(rows.filter(pk__in=mine).select_related("session__event").order_by("pk"))


def _check_at_table(booking: Booking, account: Account, freely: bool) -> None:
    if booking.state != Place.TAKEN:
        raise moved_on()
    present = claimant_of(booking.pk)
    if present is not None and present != account and not freely:
        raise already_taken(present)


def _return(booking: Booking) -> None:
    Booking.objects.filter(pk=booking.pk, state=Place.TAKEN).update(state=Place.HERE)
    booking.state = Place.HERE
    free(subjects=[booking.pk])


def _end(booking: Booking, state: str) -> Booking:
    """Gives it as it was, with the number that is erased now."""
    was, called = copy(booking), booking.state == Place.TAKEN
    end_booking(booking=booking, state=state)
    free(subjects=[booking.pk])
    tell_each([booking], state, told=called)
    was.state = state
    return was


def _free_questions(event: Event, surgeon: Surgeon) -> None:
    asked = Review.objects.filter(topic__session__event=event, kind=SubjectKind.QUESTION, state=State.SHOWN)
    mine = Claim.objects.filter(account=surgeon.account_id, subject__in=asked.values("subject"))
    free(subjects=mine.values_list("subject", flat=True))


def _session_of(booking: Booking) -> Session:
    """Everything but a spare has one."""
    if booking.session is None:
        raise moved_on()
    return booking.session


def tell_each(
    bookings: Iterable[Booking],
    state: str,
    words: str = "",
    *more: Change,
    reason: str = "",
    told: bool = True,
) -> None:
    """Last in an action's transaction: a sealed note to the phone of each, and, where a number is called or
    is no more, word of the lines they are in. The topics of all are held first, in everybody's order."""
    boxes = [(booking.pk, _session_of(booking)) for booking in bookings]
    sessions = {session.pk: session for _, session in boxes}
    changes = [*more, *(tell_line(session) for session in sessions.values() if told)]
    hold([*changes, *(Change(session.topic_id, "notes", session.pk) for session in sessions.values())])
    for subject, session in boxes:
        leave_note(session=session, subject=subject, state=state, reason=reason, words=words)
    record(*changes)
