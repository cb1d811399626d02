"""The day as it is printed."""

from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from equalterms.lib.api.fields import Moment
from equalterms.lib.refusal import not_found
from equalterms.people.models import Account, Surgeon
from equalterms.people.serializers import LinkSerializer, ProfileSerializer, SurgeonCardSerializer
from equalterms.programme.models import (
    Appearance,
    Event,
    EventState,
    Invitation,
    ReviewMode,
    Role,
    Room,
    Session,
)
from equalterms.programme.rules import shown_surgeons, surgeons_of


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
    """All that is printed of a session."""

    event = EventNameSerializer(read_only=True)
    links = LinkSerializer(many=True, read_only=True)
    review = serializers.ChoiceField(choices=ReviewMode.choices, source="review_mode", read_only=True)

    class Meta(SessionCardSerializer.Meta):
        fields = [*SessionCardSerializer.Meta.fields, "event", "about", "links", "review"]
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

    def to_representation(self, surgeon: Surgeon) -> dict[str, Any]:
        return serializers.Serializer.to_representation(self, surgeon)


@extend_schema_serializer(component_name="EventCard")
class EventCardSerializer(serializers.ModelSerializer[Event]):
    starts = Moment(read_only=True)
    ends = Moment(read_only=True)

    class Meta:
        model = Event
        fields: list[str] = [
            "id", "slug", "code", "title", "tagline", "starts", "ends", "timezone", "venue", "state",
            "clock_offset",
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

    class Meta(EventCardSerializer.Meta):
        fields = [
            *EventCardSerializer.Meta.fields, "version", "about", "language", "proof", "join_code", "review",
            "mixing", "help_lines", "help_reviewed", "rooms", "sessions", "surgeons",
        ]  # fmt: skip
        read_only_fields = fields

    def get_join_code(self, event: Event) -> bool:
        return bool(event.join_code)


@extend_schema_serializer(component_name="MyRole")
class MyRoleSerializer(serializers.ModelSerializer[Role]):
    event = EventCardSerializer(read_only=True)

    class Meta:
        model = Role
        fields = ["event", "role"]
        read_only_fields = fields


@extend_schema_serializer(component_name="Me")
class MeSerializer(serializers.Serializer[Account]):
    """Who is signed in, and what they may do where."""

    id = serializers.UUIDField(read_only=True)
    email = serializers.CharField(read_only=True)
    name = serializers.CharField(read_only=True)
    roles = serializers.SerializerMethodField()
    surgeon = serializers.SerializerMethodField()

    @extend_schema_field(MyRoleSerializer(many=True))
    def get_roles(self, account: Account) -> Any:
        roles = account.roles.select_related("event").order_by("-event__starts", "event", "role")
        return MyRoleSerializer(roles, many=True).data

    @extend_schema_field(OwnSurgeonSerializer(allow_null=True))
    def get_surgeon(self, account: Account) -> Any:
        mine = with_sessions(Surgeon.objects.filter(account=account)).first()
        return OwnSurgeonSerializer(mine).data if mine else None


@extend_schema_serializer(component_name="Invitation")
class InvitationSerializer(serializers.ModelSerializer[Invitation]):
    expires = Moment(read_only=True)

    class Meta:
        model = Invitation
        fields = ["id", "name", "role", "expires", "accepted"]
        read_only_fields = fields


@extend_schema_serializer(component_name="InvitationLook")
class InvitationLookSerializer(serializers.ModelSerializer[Invitation]):
    event = EventCardSerializer(read_only=True)

    class Meta:
        model = Invitation
        fields = ["role", "name", "event"]
        read_only_fields = fields


@extend_schema_serializer(component_name="InvitationLink")
class InvitationLinkSerializer(serializers.Serializer[Any]):
    """The one time the link is told."""

    url = serializers.CharField(read_only=True)
    expires = Moment(read_only=True)


def own_session(session: Session) -> dict[str, Any]:
    """A `whole_session` for those who run it: `surgeons` names unpublished profiles too."""
    printed: dict[str, Any] = SessionSerializer(session, context={"everybody": True}).data
    return printed


def with_sessions(surgeons: QuerySet[Surgeon]) -> QuerySet[Surgeon]:
    """`surgeons` with all that `SurgeonSerializer` prints, in one more query."""
    met = Appearance.objects.exclude(session__event__state=EventState.DRAFT)
    return surgeons.prefetch_related(
        Prefetch("appearances", queryset=met.order_by("session__starts", "session_id"))
    )


def whole_day(event: Event) -> dict[str, Any]:
    """The printed day of `event`, draft or not, in a fixed number of queries."""
    rows: Any = event
    rows.printed_rooms = list(event.rooms.order_by("position", "name", "id"))
    rows.printed_sessions = list(
        Session.objects.filter(event=event).with_people().order_by("starts", "room__position", "title", "id")
    )
    rows.printed_surgeons = list(
        Surgeon.objects.listed().filter(listings__event=event).order_by("name", "id")
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
