"""The day as it is printed."""

from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from equalterms.lib.api.fields import Moment
from equalterms.lib.refusal import not_found
from equalterms.people.models import Surgeon
from equalterms.people.serializers import LinkSerializer, ProfileSerializer, SurgeonCardSerializer
from equalterms.programme.models import (
    Appearance,
    Event,
    EventState,
    ReviewMode,
    Room,
    Session,
)
from equalterms.programme.rules import labels_among, shown_surgeons, surgeons_of


@extend_schema_serializer(component_name="Room")
class RoomSerializer(serializers.ModelSerializer[Room]):
    class Meta:
        model = Room
        fields = ["id", "name", "about"]
        read_only_fields = fields


@extend_schema_serializer(component_name="RoomName")
class RoomNameSerializer(serializers.ModelSerializer[Room]):
    class Meta:
        model = Room
        fields = ["id", "name"]
        read_only_fields = fields


@extend_schema_serializer(component_name="SurgeonName")
class SurgeonNameSerializer(serializers.Serializer[Surgeon]):
    id = serializers.UUIDField(read_only=True)
    name = serializers.CharField(read_only=True)


@extend_schema_serializer(component_name="SessionName")
class SessionNameSerializer(serializers.Serializer[Session]):
    id = serializers.UUIDField()
    code = serializers.CharField()
    title = serializers.CharField()


@extend_schema_serializer(component_name="EventName")
class EventNameSerializer(serializers.ModelSerializer[Event]):
    class Meta:
        model = Event
        fields = ["id", "slug", "title", "timezone"]
        read_only_fields = fields


@extend_schema_serializer(component_name="SessionCard")
class SessionCardSerializer(serializers.ModelSerializer[Session]):
    """A line of the programme. Read the rows with `Session.objects.with_people()`."""

    starts = Moment(read_only=True)
    ends = Moment(read_only=True)
    room = RoomNameSerializer(read_only=True, allow_null=True)
    surgeons = serializers.SerializerMethodField()

    class Meta:
        model = Session
        fields: list[str] = [
            "id", "code", "kind", "title", "subtitle", "track", "language", "state",
            "starts", "ends", "day", "room", "surgeons", "capacity",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(SurgeonNameSerializer(many=True))
    def get_surgeons(self, session: Session) -> list[dict[str, Any]]:
        down = surgeons_of(session) if self.context.get("everybody") else shown_surgeons(session)
        return [{"id": str(surgeon.pk), "name": surgeon.name} for surgeon in down]


@extend_schema_serializer(component_name="Session")
class SessionSerializer(SessionCardSerializer):
    """All that is printed of a session, and how it takes questions now."""

    event = EventNameSerializer(read_only=True)
    links = LinkSerializer(many=True, read_only=True)
    review = serializers.ChoiceField(choices=ReviewMode.choices, source="review_mode", read_only=True)
    paused = serializers.BooleanField(read_only=True, help_text="Takes no questions or comments for now.")
    slow = serializers.IntegerField(
        read_only=True, help_text="Seconds between what is shown; 0 for as it comes."
    )

    class Meta(SessionCardSerializer.Meta):
        fields = [
            *SessionCardSerializer.Meta.fields, "event", "about", "links", "review", "paused", "slow",
        ]  # fmt: skip
        read_only_fields = fields


@extend_schema_serializer(component_name="Surgeon")
class SurgeonSerializer(ProfileSerializer):
    """A profile and the sessions of public events where it can be met. Read the rows with `with_sessions`."""

    sessions = serializers.SerializerMethodField()

    def get_sessions(self, surgeon: Surgeon) -> list[UUID]:
        return [appearance.session_id for appearance in surgeon.appearances.all()]


@extend_schema_serializer(component_name="OwnSurgeon")
class OwnSurgeonSerializer(SurgeonSerializer):
    """A profile as its owner and the organisers of its days see it: private fields too."""

    published = serializers.BooleanField(read_only=True)
    public = serializers.ListField(child=serializers.CharField(), read_only=True)
    owned = serializers.SerializerMethodField(help_text="Somebody signs in as this surgeon.")

    def get_owned(self, surgeon: Surgeon) -> bool:
        return surgeon.account_id is not None

    def to_representation(self, surgeon: Surgeon) -> dict[str, Any]:
        return serializers.Serializer.to_representation(self, surgeon)


@extend_schema_serializer(component_name="EventCard")
class EventCardSerializer(serializers.ModelSerializer[Event]):
    starts = Moment(read_only=True)
    ends = Moment(read_only=True)
    closed = serializers.BooleanField(read_only=True, help_text="Over: it takes nothing any more.")

    class Meta:
        model = Event
        fields: list[str] = [
            "id", "slug", "code", "title", "tagline", "starts", "ends", "timezone", "venue", "state",
            "clock_offset", "closed",
        ]  # fmt: skip
        read_only_fields = fields


@extend_schema_serializer(component_name="HelpLine")
class HelpLineSerializer(serializers.Serializer[Any]):
    """Somebody to turn to at once."""

    name = serializers.CharField(read_only=True)
    note = serializers.CharField(read_only=True, default="")
    tel = serializers.CharField(read_only=True, default="")
    sms = serializers.CharField(read_only=True, default="")
    url = serializers.CharField(read_only=True, default="")


@extend_schema_serializer(component_name="Event")
class EventSerializer(EventCardSerializer):
    """The printed day in one piece."""

    version = serializers.IntegerField(source="day.version", read_only=True)
    join_code = serializers.SerializerMethodField(help_text="Whether a code of the day is asked for.")
    help_lines = HelpLineSerializer(many=True, read_only=True)
    rooms = RoomSerializer(many=True, read_only=True, source="printed_rooms")
    sessions = SessionCardSerializer(many=True, read_only=True, source="printed_sessions")
    surgeons = SurgeonCardSerializer(many=True, read_only=True, source="printed_surgeons")
    labels = serializers.SerializerMethodField(help_text="The kinds of help one can ask for.")
    minutes = serializers.IntegerField(
        read_only=True, help_text="How long one person at a table takes, for estimates."
    )
    rehearsal = serializers.BooleanField(
        read_only=True, help_text="All that is sent now is deleted when the rehearsal ends."
    )

    class Meta(EventCardSerializer.Meta):
        fields = [
            *EventCardSerializer.Meta.fields, "version", "about", "language", "proof", "join_code", "review",
            "mixing", "help_lines", "help_reviewed", "labels", "minutes", "rehearsal", "rooms", "sessions",
            "surgeons",
        ]  # fmt: skip
        read_only_fields = fields

    def get_labels(self, event: Any) -> list[str]:
        return labels_among(event, event.printed_surgeons)

    def get_join_code(self, event: Event) -> bool:
        return bool(event.join_code)


@extend_schema_serializer(component_name="ClashingSession")
class ClashingSessionSerializer(serializers.ModelSerializer[Session]):
    starts = Moment(read_only=True)
    ends = Moment(read_only=True)

    class Meta:
        model = Session
        fields = ["id", "code", "title", "starts", "ends"]
        read_only_fields = fields


@extend_schema_serializer(component_name="Clash")
class ClashSerializer(serializers.Serializer[Any]):
    """Two sessions at once in one room, or with one surgeon; `what` is its name."""

    kind = serializers.ChoiceField(choices=["room", "surgeon"], read_only=True)
    what = serializers.CharField(read_only=True)
    sessions = ClashingSessionSerializer(many=True, read_only=True)


@extend_schema_serializer(component_name="Clashes")
class ClashesSerializer(serializers.Serializer[Any]):
    clashes = ClashSerializer(many=True, read_only=True)


@extend_schema_serializer(component_name="ImportDifference")
class ImportDifferenceSerializer(serializers.Serializer[Any]):
    """`was` and `now` are words to read; moments as the clock at the venue shows them."""

    field = serializers.CharField(read_only=True)
    was = serializers.CharField(read_only=True)
    now = serializers.CharField(read_only=True)


@extend_schema_serializer(component_name="ImportLine")
class ImportLineSerializer(serializers.Serializer[Any]):
    title = serializers.CharField(read_only=True)
    differs = ImportDifferenceSerializer(many=True, read_only=True)


@extend_schema_serializer(component_name="ImportChanges")
class ImportChangesSerializer(serializers.Serializer[Any]):
    """`count` of them; `lines` are the first 200. A session that is removed is cancelled."""

    kind = serializers.ChoiceField(choices=["event", "session", "room", "surgeon"], read_only=True)
    change = serializers.ChoiceField(choices=["added", "changed", "removed"], read_only=True)
    count = serializers.IntegerField(read_only=True)
    lines = ImportLineSerializer(many=True, read_only=True)


@extend_schema_serializer(component_name="Import")
class ImportSerializer(serializers.Serializer[Any]):
    """What a schedule file changes in a day; `applied`: what it did change."""

    changes = ImportChangesSerializer(many=True, read_only=True)
    warnings = serializers.ListField(child=serializers.CharField(), read_only=True)
    applied = serializers.BooleanField(read_only=True)


def own_session(session: Session) -> dict[str, Any]:
    """A `whole_session` for those who run it: `surgeons` names unpublished profiles too."""
    printed: dict[str, Any] = SessionSerializer(session, context={"everybody": True}).data
    return printed


def with_sessions(surgeons: QuerySet[Surgeon]) -> QuerySet[Surgeon]:
    """`surgeons` with all that `SurgeonSerializer` prints, in one more query."""
    met = Appearance.objects.exclude(session__event__state=EventState.DRAFT)
    return (
        surgeons.select_related("portrait")
        .defer("portrait__image")
        .prefetch_related(Prefetch("appearances", queryset=met.order_by("session__starts", "session_id")))
    )


def whole_day(event: Event) -> dict[str, Any]:
    """The printed day of `event`, draft or not, in a fixed number of queries."""
    rows: Any = event
    rows.printed_rooms = list(event.rooms.order_by("position", "name", "id"))
    rows.printed_sessions = list(
        Session.objects.filter(event=event).with_people().order_by("starts", "room__position", "title", "id")
    )
    rows.printed_surgeons = list(
        Surgeon.objects.listed().with_photos().filter(listings__event=event).order_by("name", "id")
    )
    day: dict[str, Any] = EventSerializer(rows).data
    return day


def printed_day(event_id: UUID) -> tuple[int, dict[str, Any]]:
    """The version and the printed day of a public event; a 404 refusal for any other.

    The version is read first, so it is never newer than the rows; in one read transaction it is theirs.
    """
    event = Event.objects.published().select_related("day").filter(pk=event_id).first()
    if event is None:
        raise not_found()
    return event.day.version, whole_day(event)
