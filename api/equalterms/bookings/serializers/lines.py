"""Lines and surgeons as everybody sees them, and as the room's board does."""

from collections import Counter
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery
from rest_framework import serializers

from equalterms.bookings.actions.lines import NOTHING, Figures, always_said, published
from equalterms.bookings.models import Booking, Place, Presence, Seats, Whereabouts
from equalterms.programme.models import Event, Session, SessionKind


class CalledSerializer(serializers.Serializer[Any]):
    """A number that a surgeon has called, and where to go; an empty place is told by the people there."""

    ticket = serializers.IntegerField()
    place = serializers.CharField()


class LineSerializer(serializers.Serializer[Any]):
    """How full a session is, how many wait, for how many minutes about (null where nobody can say), the
    help that is waited for and that nobody who is here says in public that they give, and who is called
    just now. Minutes: those of one person, times the people in the line, shared among the surgeons who are
    here and not busy, by the lines they call from."""

    session = serializers.UUIDField()
    seats = serializers.ChoiceField(choices=Seats.choices)
    waiting = serializers.IntegerField(min_value=0)
    wait = serializers.IntegerField(allow_null=True)
    missing = serializers.ListField(child=serializers.CharField())
    called = CalledSerializer(many=True)


class PresenceSerializer(serializers.Serializer[Any]):
    """A surgeon who is here, or busy with somebody, and where."""

    surgeon = serializers.UUIDField()
    state = serializers.ChoiceField(choices=Whereabouts.choices)
    place = serializers.CharField(allow_blank=True)


class LabelWaitingSerializer(serializers.Serializer[Any]):
    label = serializers.CharField()  # type: ignore[assignment]  # a field of the wire, not DRF's own
    waiting = serializers.IntegerField()


class BoardSerializer(serializers.Serializer[Any]):
    """The lines and surgeons of a day with their tables, and how many wait for which help."""

    lines = LineSerializer(many=True)
    here = PresenceSerializer(many=True)
    labels = LabelWaitingSerializer(many=True)


def tables_are_public(event: Event) -> bool:
    """Whether everybody may read who is at which table. Where the day has a code, the room alone does."""
    return not event.join_code


def lines_of(
    event: Event, *, places: bool | None = None, only: Collection[UUID] | None = None
) -> list[dict[str, Any]]:
    """The lines of the event's sessions, in the order of their ids, in two queries: of surgeries, of what
    has a limit, and of whatever else there is something to say. With `places`, or where everybody may read
    them, it says to which table somebody is called."""
    shown = tables_are_public(event) if places is None else places
    limited = Q(capacity__isnull=False) | Q(kind=SessionKind.SURGERY) | Q(line__isnull=False)
    called = _called(event, shown)
    sessions = Session.objects.filter(limited | Q(pk__in=called), event=event).select_related("line")
    if only is not None:
        sessions = sessions.filter(pk__in=only)
    return [
        _line(session, figures, called.get(session.pk, []))
        for session in sessions.order_by("pk")
        if (figures := published(session)) != NOTHING or always_said(session) or session.pk in called
    ]


def _line(session: Session, figures: Figures, called: list[dict[str, Any]]) -> dict[str, Any]:
    said = figures._asdict() | {"missing": list(figures.missing)}
    return {"session": str(session.pk), **said, "called": called}


def _called(event: Event, places: bool) -> dict[UUID | None, list[dict[str, Any]]]:
    """The numbers called at each session, the lowest first, with the place of whoever called them."""
    here = Presence.objects.filter(event=event, surgeon__account__claims__subject=OuterRef("pk"))
    rows = Booking.objects.filter(event=event, state=Place.TAKEN).order_by("ticket")
    found: dict[UUID | None, list[dict[str, Any]]] = {}
    for session, ticket, place in rows.annotate(at=Subquery(here.values("place")[:1])).values_list(
        "session", "ticket", "at"
    ):
        found.setdefault(session, []).append({"ticket": ticket, "place": (place or "") if places else ""})
    return found


def here_at(
    event: Event, *, places: bool | None = None, only: Collection[UUID] | None = None
) -> list[dict[str, Any]]:
    """Where the event's surgeons are, as far as their profiles are published, in the order of their ids."""
    shown = tables_are_public(event) if places is None else places
    rows = Presence.objects.filter(event=event, surgeon__published=True)
    if only is not None:
        rows = rows.filter(surgeon__in=only)
    return [
        {"surgeon": str(surgeon), "state": state, "place": place if shown else ""}
        for surgeon, state, place in rows.order_by("surgeon").values_list("surgeon_id", "state", "place")
    ]


def board_of(event: Event) -> dict[str, Any]:
    """The day as the board in its room shows it, in four queries."""
    return {
        "lines": lines_of(event, places=True),
        "here": here_at(event, places=True),
        "labels": labels_waiting(event),
    }


def labels_waiting(event: Event) -> list[dict[str, Any]]:
    """How many at the event's surgeries wait for which help, in the order of the alphabet."""
    waiting = Booking.objects.filter(event=event, session__kind=SessionKind.SURGERY, state=Place.HERE)
    counted = Counter(label for labels in waiting.values_list("labels", flat=True) for label in labels)
    return [{"label": label, "waiting": counted[label]} for label in sorted(counted, key=str.casefold)]
