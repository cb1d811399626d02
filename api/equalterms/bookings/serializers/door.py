"""What the door sends, and what it sees: numbers of people, and the one ticket that was typed."""

from typing import Any
from uuid import UUID

from django.db.models import Count, Sum
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from equalterms.bookings.actions.lines import seats_word
from equalterms.bookings.models import SEATED_AT, Booking, HeadCount, Place, Seats
from equalterms.bookings.rules import MOST_LABELS, outward
from equalterms.bookings.serializers.places import STATES
from equalterms.lib.api.fields import Flag, Ident, Moment, StrictSerializer, WholeNumber, Words
from equalterms.programme.models import Event, Session, SessionKind, SessionState

# Whoever has come, whatever became of it.
CAME = frozenset({Place.HERE, Place.TAKEN, Place.SERVED})
HIGHEST = 9_999


class SparesWantedSerializer(StrictSerializer):
    count = WholeNumber(min_value=1, max_value=50)


class SpareSerializer(serializers.Serializer[Any]):
    """A number to give out, with or without a network."""

    id = serializers.UUIDField()
    ticket = serializers.IntegerField()


class SparesSerializer(serializers.Serializer[Any]):
    spares = SpareSerializer(many=True)


class GiveOutSerializer(StrictSerializer):
    """What somebody at the door came for. `labels`: what help is wanted, of what the day offers; `remote`:
    they rang, and are not in the room."""

    session = Ident()
    labels = serializers.ListField(child=Words(max_length=40), max_length=MOST_LABELS, default=list)
    remote = Flag(default=False)


class TicketSessionSerializer(serializers.Serializer[Session]):
    id = serializers.UUIDField()
    code = serializers.CharField()
    title = serializers.CharField()


class TicketSerializer(serializers.Serializer[Booking]):
    """What is known under a number. The number itself is null once it is over."""

    id = serializers.UUIDField()
    ticket = serializers.IntegerField(allow_null=True)
    state = serializers.SerializerMethodField()
    session = TicketSessionSerializer()
    labels = serializers.ListField(child=serializers.CharField())
    remote = serializers.BooleanField()

    @extend_schema_field(serializers.ChoiceField(choices=STATES))
    def get_state(self, booking: Booking) -> str:
        return outward(booking.state)


class GivenSerializer(TicketSerializer):
    """A number that was given out; `session` is the id of what its holder came for."""

    session = serializers.UUIDField(source="session_id")  # type: ignore[assignment]  # a field of the wire, not DRF's own


class TicketsFoundSerializer(serializers.Serializer[Any]):
    """The one ticket that was typed, or none."""

    results = TicketSerializer(many=True)


class ArrivalsToldSerializer(StrictSerializer):
    tickets = serializers.ListField(
        child=WholeNumber(min_value=1, max_value=HIGHEST), min_length=1, max_length=100
    )


class ArrivalSessionSerializer(serializers.Serializer[Session]):
    id = serializers.UUIDField()
    title = serializers.CharField()


class ArrivalSerializer(serializers.Serializer[Any]):
    """`over`: what it was for does not take place."""

    ticket = serializers.IntegerField()
    outcome = serializers.ChoiceField(choices=["arrived", "here-already", "unknown", "over"])
    session = ArrivalSessionSerializer(allow_null=True)


class ArrivalsSerializer(serializers.Serializer[Any]):
    """One for each number that was sent, in that order."""

    results = ArrivalSerializer(many=True)


class HeadsInputSerializer(StrictSerializer):
    session = Ident()
    heads = WholeNumber(min_value=0, max_value=100_000)


class HeadsCountedSerializer(StrictSerializer):
    """The totals of one counter so far."""

    counts: "serializers.ListSerializer[Any]" = serializers.ListSerializer(
        child=HeadsInputSerializer(), max_length=200
    )

    def validate_counts(self, counts: list[dict[str, Any]]) -> dict[UUID, int]:
        return {one["session"]: one["heads"] for one in counts}


class SessionHeadsSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    heads = serializers.IntegerField()


class HeadsSerializer(serializers.Serializer[Any]):
    """What all counters together have counted."""

    heads = serializers.IntegerField()
    sessions = SessionHeadsSerializer(many=True)


class DoorSessionSerializer(serializers.Serializer[Any]):
    """A session as the door sees it: numbers, never people. `held`: places kept for people who have not
    come; `here`: who has come, whatever became of it; `seats`: how much room is left for whoever turns up."""

    id = serializers.UUIDField()
    code = serializers.CharField()
    title = serializers.CharField()
    kind = serializers.ChoiceField(choices=SessionKind.choices)
    starts = Moment()
    ends = Moment()
    room = serializers.CharField(allow_blank=True)
    capacity = serializers.IntegerField(allow_null=True)
    seats = serializers.ChoiceField(choices=Seats.choices)
    held = serializers.IntegerField()
    listed = serializers.IntegerField()
    here = serializers.IntegerField()
    heads = serializers.IntegerField()


class DoorSerializer(serializers.Serializer[Any]):
    """The sessions of a day as the door sees them, how many heads were counted in all, and how many numbers
    lie ready on phones of the door."""

    sessions = DoorSessionSerializer(many=True)
    heads = serializers.IntegerField()
    spares = serializers.IntegerField()


def door_of(event: Event) -> dict[str, Any]:
    """The day as the door sees it, in three queries."""
    heads = heads_at(event)
    counted: dict[tuple[UUID | None, str], int] = {}
    tally = Booking.objects.filter(event=event).order_by().values_list("session", "state")
    for session, state, number in tally.annotate(Count("pk")):
        counted[session, state] = number
    sessions = event.sessions.filter(state=SessionState.PLANNED).select_related("room")
    return {
        "sessions": [
            _at_door(session, counted, heads.get(session.pk, 0))
            for session in sessions.order_by("starts", "title", "pk")
        ],
        "heads": sum(heads.values()),
        "spares": counted.get((None, Place.SPARE), 0),
    }


def _at_door(session: Session, counted: dict[tuple[UUID | None, str], int], heads: int) -> dict[str, Any]:
    held = counted.get((session.pk, Place.HELD), 0)
    here = sum(counted.get((session.pk, state), 0) for state in CAME)
    seated = sum(counted.get((session.pk, state), 0) for state in SEATED_AT[session.kind])
    left = None if session.capacity is None else session.capacity - seated
    return {
        "id": session.pk,
        "code": session.code,
        "title": session.title,
        "kind": session.kind,
        "starts": session.starts,
        "ends": session.ends,
        "room": session.room.name if session.room else "",
        "capacity": session.capacity,
        "seats": seats_word(left, session.capacity),
        "held": held,
        "listed": counted.get((session.pk, Place.LISTED), 0),
        "here": here,
        "heads": heads,
    }


def heads_at(event: Event) -> dict[UUID, int]:
    """How many heads were counted at each session, at all doors together."""
    rows = HeadCount.objects.filter(session__event=event).order_by("session").values_list("session")
    return dict(rows.annotate(Sum("heads")))


def heads_of(event: Event) -> dict[str, Any]:
    heads = heads_at(event)
    sessions = [{"id": session, "heads": number} for session, number in sorted(heads.items())]
    return {"heads": sum(heads.values()), "sessions": sessions}
