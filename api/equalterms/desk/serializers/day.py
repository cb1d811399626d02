"""How a day stands, and the audit list."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from equalterms.desk.rules import sessions_of
from equalterms.lib.api.fields import Slot
from equalterms.people.models import Act
from equalterms.programme.models import ReviewMode, RoleKind, Session
from equalterms.programme.serializers import EventCardSerializer, SessionNameSerializer


class DeskCountsSerializer(serializers.Serializer[Any]):
    """How much waits to be looked at, and how much waits to leave."""

    held = serializers.IntegerField()
    approved = serializers.IntegerField()


class DeskSessionSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    code = serializers.CharField()
    title = serializers.CharField()
    review = serializers.ChoiceField(choices=ReviewMode.choices, source="review_mode")
    held = serializers.IntegerField()
    shown = serializers.IntegerField()


class DeskSerializer(serializers.Serializer[Any]):
    """An event as its staff find it. `safety_lead` is null where that is the first organiser. `labels` are
    the event's own kinds of help, without those that its surgeons name."""

    event = EventCardSerializer()
    roles = serializers.ListField(child=serializers.ChoiceField(choices=RoleKind.choices))
    counts = DeskCountsSerializer()
    sessions = DeskSessionSerializer(many=True)
    safety_lead = serializers.UUIDField(allow_null=True)
    keep_days = serializers.IntegerField()
    labels = serializers.ListField(child=serializers.CharField())


class ActListSerializer(serializers.ListSerializer[Any]):
    """Reads the sessions of a page of acts once for all of them."""

    sessions: dict[UUID, Session]

    def to_representation(self, data: Any) -> Any:
        rows = list(data)
        self.sessions = sessions_of(rows)
        return super().to_representation(rows)


class ActSerializer(serializers.ModelSerializer[Act]):
    """A line of the audit list: which member of staff did what to which thing. `session` is null where the
    thing belongs to none, or is gone."""

    slot = Slot()
    by = serializers.SerializerMethodField()
    undoable = serializers.BooleanField()
    session = serializers.SerializerMethodField()

    class Meta:
        model = Act
        fields = ["id", "act", "kind", "subject", "reason", "slot", "by", "undoable", "session"]
        list_serializer_class = ActListSerializer

    def get_by(self, act: Act) -> str:
        return act.account.name if act.account is not None else ""

    @extend_schema_field(SessionNameSerializer(allow_null=True))
    def get_session(self, act: Act) -> Any:
        listed = self.parent
        sessions = listed.sessions if isinstance(listed, ActListSerializer) else sessions_of([act])
        session = sessions.get(act.subject)
        return SessionNameSerializer(session).data if session is not None else None
