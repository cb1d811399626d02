"""The door: numbers to give out, who has come, and how many heads.

Phones of the door work without a network and send what they did later, some of it twice and in any order:
whatever comes again changes nothing. None of this is told to followers at the moment (figures move at
ticks), and none of it is in the audit list: a line for every number would be a list of who came when.
"""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from equalterms.bookings.actions.holding import CROWDED, LONG, SHORT, TRIES
from equalterms.bookings.actions.places import Wanted
from equalterms.bookings.models import OPEN_PLACES, Booking, HeadCount, Place
from equalterms.bookings.rules import cancelled_session, chosen_labels, is_off, same_labels
from equalterms.lib import clock
from equalterms.lib.api.fields import refuse_field
from equalterms.lib.refusal import Refusal, not_found
from equalterms.programme.models import Event, Session
from equalterms.programme.rules import day_is_over, refuse_if_over, venue_now
from equalterms.safety.models import shuffle

# So many numbers of a day may lie ready on phones of the door.
MOST_SPARES = 400
# A phone of the door that had no network all day may still send what it gave out.
KEPT_AFTER = timedelta(hours=12)
COMING = frozenset({Place.HELD, Place.LISTED})


class Arrival(NamedTuple):
    """What became of one number: arrived, here-already, unknown, or over where its session was cancelled."""

    ticket: int
    outcome: str
    session: Session | None = None


@transaction.atomic
def give_spares(*, event: Event, count: int) -> list[Booking]:
    """Numbers to give out later, of the event and of nobody: as many as asked for, or as there may be.

    Doors of one event take turns, as whoever stores many numbers at once could wait for another who does.
    Refuses `enough-spares` at 400 open ones, and `day-is-over`.
    """
    event = Event.objects.select_for_update(no_key=True, of=("self",)).get(pk=event.pk)
    if event.closed or _is_past(event):
        raise day_is_over()
    there = Booking.objects.filter(event=event, state=Place.SPARE).count()
    wanted = min(count, MOST_SPARES - there)
    if wanted <= 0:
        said = "Enough numbers are ready on phones of the door. Please give those out first."
        raise Refusal("enough-spares", said)
    made: list[Booking] = []
    for _ in range(TRIES):
        made += _draw(event, wanted - len(made))
        if len(made) == wanted:
            break
    return made


def _draw(event: Event, count: int) -> list[Booking]:
    """Stores up to so many spares under numbers that nobody has; fewer where others took some just now."""
    given = set(Booking.objects.filter(event=event).exclude(ticket=None).values_list("ticket", flat=True))
    numbers = SHORT if len(given) + count <= CROWDED else LONG
    free = [number for number in numbers if number not in given]
    drawn = secrets.SystemRandom().sample(free, count)
    spares = [Booking(event=event, state=Place.SPARE, ticket=number) for number in sorted(drawn)]
    Booking.objects.bulk_create(spares, ignore_conflicts=True)
    stored = set(Booking.objects.filter(pk__in=[spare.pk for spare in spares]).values_list("pk", flat=True))
    return sorted((spare for spare in spares if spare.pk in stored), key=lambda spare: spare.shuffle)


@transaction.atomic
def give_out(*, event: Event, spare: UUID, session: UUID, wanted: Wanted) -> tuple[Booking, bool]:
    """Somebody has come with no booking and was given this number: they are in the line from now on. Gives
    the booking, and False if that was known.

    Nobody is refused because it is full, or over by now: the number was given, maybe an hour ago with no
    network, and its holder stands there. Refuses `ticket-used` where it was given to somebody else,
    `bookings-closed` where the session was cancelled, `day-is-over`, and what is not known as not found.
    """
    found = Booking.objects.select_for_update().filter(pk=spare, event=event).first()
    if found is None:
        raise not_found()
    if found.state != Place.SPARE:
        return _given_before(found, session, wanted), False
    there = Session.objects.filter(pk=session, event=event).select_related("event").first()
    if there is None:
        raise refuse_field("session", "This event has no such session.")
    if is_off(there):
        raise cancelled_session()
    found.session, found.state, found.remote = there, Place.HERE, wanted.remote
    found.labels = chosen_labels(event, wanted.labels)
    found.slot, found.shuffle = clock.slot(), shuffle()
    found.save(update_fields=["session", "state", "remote", "labels", "slot", "shuffle"])
    refuse_if_over(pk=event.pk)
    return found, True


def _given_before(found: Booking, session: UUID, wanted: Wanted) -> Booking:
    """The booking, if it is what was sent before; of one that is over only the session is known."""
    same = found.session_id == session
    if found.state in OPEN_PLACES:
        same = same and found.remote == wanted.remote and same_labels(found.labels, wanted.labels)
    if not same:
        raise Refusal("ticket-used", "This number was given to somebody already. Please take another one.")
    return found


@transaction.atomic
def arrive(*, event: Event, tickets: Sequence[int]) -> list[Arrival]:
    """Those with these numbers have come: one check-in each, however often and by however many doors it is
    said. Whoever was on the waiting list stands at the door, and comes in too. Refuses `day-is-over`."""
    rows = Booking.objects.select_for_update(of=("self",)).filter(event=event, ticket__in=tickets)
    rows = rows.exclude(state=Place.SPARE).select_related("session__event").order_by("pk")
    found = {booking.ticket: booking for booking in rows}
    arrivals = []
    coming: dict[UUID, Booking] = {}
    for ticket in tickets:
        booking = found.get(ticket)
        arrivals.append(_arrival(ticket, booking, again=booking is not None and booking.pk in coming))
        if booking is not None and arrivals[-1].outcome == "arrived":
            coming[booking.pk] = booking
    Booking.objects.filter(pk__in=coming).update(state=Place.HERE, slot=clock.slot())
    refuse_if_over(pk=event.pk)
    return arrivals


def _arrival(ticket: int, booking: Booking | None, *, again: bool) -> Arrival:
    if booking is None or booking.session is None:
        return Arrival(ticket, "unknown")
    if is_off(booking.session):
        return Arrival(ticket, "over", booking.session)
    came = booking.state in COMING and not again
    return Arrival(ticket, "arrived" if came else "here-already", booking.session)


@transaction.atomic
def count_heads(*, event: Event, counter: UUID, counts: Mapping[UUID, int]) -> None:
    """What one counter has counted so far at each of these sessions; told twice it counts once. Refuses
    sessions of another event, and `day-is-over`."""
    there = event.sessions.filter(pk__in=counts).order_by("pk").values_list("pk", flat=True)
    counted = [HeadCount(counter=counter, session_id=ident, heads=counts[ident]) for ident in there]
    if len(counted) != len(counts):
        raise refuse_field("counts", "This event has no such session.")
    HeadCount.objects.bulk_create(
        counted, update_conflicts=True, unique_fields=["counter", "session"], update_fields=["heads"]
    )
    refuse_if_over(pk=event.pk)


def forget_spares(now: datetime | None = None) -> int:
    """The clock's: deletes numbers that nobody was given, of days that ended half a day ago or were closed;
    gives how many."""
    having = Event.objects.filter(bookings__state=Place.SPARE).distinct()
    past = [event for event in having if event.closed or _is_past(event, now)]
    return Booking.objects.filter(event__in=past, state=Place.SPARE).delete()[0]


def _is_past(event: Event, now: datetime | None = None) -> bool:
    return venue_now(event, now) >= event.ends + KEPT_AFTER
