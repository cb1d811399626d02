"""Places at sessions, held from home or given out at the door, and who of the surgeons is where.

A booking is an anonymous row: no account, no address, nothing finer than a quarter of an hour, and no
order of arrival. Who waits longest is known to the quarter hour; within it, lots are drawn.
"""

from typing import Self
from uuid import uuid4

from django.db import models

from equalterms.people.models import Surgeon
from equalterms.programme.models import Event, EventState, Session, SessionKind, SessionState
from equalterms.safety.models import Receipt, shuffle


class Place(models.TextChoices):
    """Where a booking stands. On the wire `listed` is called waiting."""

    SPARE = "spare"  # a number that a door may give out, with or without a network
    HELD = "held"  # a place is kept for somebody who is not here yet
    LISTED = "listed"  # on the waiting list for a place
    HERE = "here"  # has come, or is in the line from home; at a surgery, waits for a table
    TAKEN = "taken"  # a surgeon is with them, or has called their number
    SERVED = "served"
    LEFT = "left"  # did not come, or went away


PLACE_MOVES: dict[str, set[str]] = {
    Place.SPARE: {Place.HERE},
    Place.LISTED: {Place.HELD, Place.HERE, Place.LEFT},
    Place.HELD: {Place.HERE, Place.LEFT},
    Place.HERE: {Place.TAKEN, Place.SERVED, Place.LEFT},
    Place.TAKEN: {Place.HERE, Place.SERVED, Place.LEFT},
    Place.SERVED: set(),
    Place.LEFT: set(),
}
# Where a ticket number and labels are still wanted.
OPEN_PLACES = frozenset({Place.SPARE, Place.HELD, Place.LISTED, Place.HERE, Place.TAKEN})
# What takes up one of a session's places. At a surgery, whoever was helped has left the table to the next.
SEATED = frozenset({Place.HELD, Place.HERE, Place.TAKEN, Place.SERVED})
SEATED_AT: dict[str, frozenset[Place]] = dict.fromkeys(SessionKind.values, SEATED) | {
    SessionKind.SURGERY: SEATED - {Place.SERVED}
}


class BookingQuerySet(models.QuerySet["Booking"]):
    def of(self, session: Session) -> Self:
        return self.filter(session=session)

    def open(self) -> Self:
        return self.filter(state__in=OPEN_PLACES)

    def at_surgeries(self, event: Event) -> Self:
        """At the event's surgeries that take place."""
        on = Session.objects.filter(event=event, kind=SessionKind.SURGERY, state=SessionState.PLANNED)
        return self.filter(event=event, session__in=on.exclude(event__state=EventState.CANCELLED))

    def seated_in(self, session: Session) -> Self:
        """Those who take up one of the session's places."""
        return self.of(session).filter(state__in=SEATED_AT[session.kind])

    def from_home(self) -> Self:
        """Those that a receipt opens; the others came from the door."""
        return self.filter(models.Exists(Receipt.objects.filter(subject=models.OuterRef("pk"))))

    def in_line(self) -> Self:
        """Those who wait for a table, whoever has waited longest first."""
        return self.filter(state=Place.HERE).order_by("slot", "shuffle", "id")

    def listed(self) -> Self:
        """Those who wait for a place, whoever has waited longest first."""
        return self.filter(state=Place.LISTED).order_by("slot", "shuffle", "id")


class Booking(models.Model):
    """One place at one session. The ticket is a number to say aloud, random, and one within its event; it
    and the labels (what help is wanted) are erased when the booking is over. `remote`: by phone or screen,
    not in the room. A spare has no session yet."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="bookings")
    session = models.ForeignKey(Session, null=True, on_delete=models.CASCADE, related_name="bookings")
    state = models.CharField(max_length=6, choices=Place.choices)
    ticket = models.PositiveIntegerField(null=True)
    labels = models.JSONField(default=list, blank=True)
    remote = models.BooleanField(default=False)
    slot = models.BigIntegerField(default=0)
    shuffle = models.BigIntegerField(default=shuffle)

    objects = BookingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "ticket"], name="a_ticket_is_given_once_an_event"),
            models.CheckConstraint(
                condition=models.Q(ticket=None) ^ models.Q(state__in=sorted(OPEN_PLACES)),
                name="open_bookings_have_a_ticket",
            ),
            models.CheckConstraint(
                condition=models.Q(state=Place.SPARE) ^ models.Q(session__isnull=False),
                name="only_a_spare_has_no_session",
            ),
        ]
        indexes = [models.Index(fields=["session", "state", "slot", "shuffle"], name="bookings_in_line")]

    def __str__(self) -> str:
        return f"booking {self.state}"


class HelpGiven(models.Model):
    """How many of a day were helped with one kind of help: counted when the labels of a place are erased, so
    that no row joins it to anybody. Reports tell it in steps."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="help_given")
    label = models.CharField(max_length=40)
    people = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "label"], name="help_is_counted_once_a_label")
        ]

    def __str__(self) -> str:
        return self.label


class Seats(models.TextChoices):
    """How much room there is, in words: no number tells who just came."""

    OPEN = "open"  # no limit
    FREE = "free"
    FEW = "few"
    FULL = "full"


class Line(models.Model):
    """What is published of a session's places and line, at ticks of half a minute. Its row lock decides who
    gets a place. `wait` is in minutes, null where nobody is there to help; `missing` are labels somebody
    waits for and no surgeon who is here shows."""

    session = models.OneToOneField(Session, primary_key=True, on_delete=models.CASCADE, related_name="line")
    seats = models.CharField(max_length=4, choices=Seats.choices, default=Seats.OPEN)
    waiting = models.PositiveIntegerField(default=0)
    wait = models.PositiveIntegerField(null=True)
    missing = models.JSONField(default=list, blank=True)

    def __str__(self) -> str:
        return f"line {self.seats}"


class Whereabouts(models.TextChoices):
    HERE = "here"
    BUSY = "busy"


class Presence(models.Model):
    """Where a surgeon is, as they say themselves. Whoever is away has no row."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="presences")
    surgeon = models.ForeignKey(Surgeon, on_delete=models.CASCADE, related_name="presences")
    state = models.CharField(max_length=4, choices=Whereabouts.choices)
    place = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "surgeon"], name="a_surgeon_is_in_one_place")]

    def __str__(self) -> str:
        return f"{self.surgeon_id} {self.state}"


class HeadCount(models.Model):
    """How many came in past one counter, who counts on a phone of the door. Counters add up; each sends its
    own total, so a count that is sent twice counts once."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    counter = models.UUIDField()
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="head_counts")
    heads = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["counter", "session"], name="a_counter_has_one_total_a_session")
        ]

    def __str__(self) -> str:
        return f"{self.heads}"
