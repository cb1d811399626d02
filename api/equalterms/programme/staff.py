"""Who runs a day and how they come in, as staff read it."""

from typing import Any

from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from equalterms.lib.api.fields import Moment
from equalterms.people.models import Account, Surgeon
from equalterms.programme.models import Invitation, InvitationKind, Role
from equalterms.programme.serializers import (
    EventCardSerializer,
    OwnSurgeonSerializer,
    SessionNameSerializer,
    with_sessions,
)


@extend_schema_serializer(component_name="MyRole")
class MyRoleSerializer(serializers.ModelSerializer[Role]):
    """With a `session`, there alone; with `until`, no longer than that."""

    event = EventCardSerializer(read_only=True)
    session = SessionNameSerializer(read_only=True, allow_null=True)
    until = Moment(read_only=True, allow_null=True)

    class Meta:
        model = Role
        fields = ["event", "role", "session", "until"]
        read_only_fields = fields


@extend_schema_serializer(component_name="Me")
class MeSerializer(serializers.Serializer[Account]):
    """Who is signed in, and what they may do where. `email` is empty for whoever came by a link alone."""

    id = serializers.UUIDField(read_only=True)
    email = serializers.SerializerMethodField()
    name = serializers.CharField(read_only=True)
    roles = serializers.SerializerMethodField()
    surgeon = serializers.SerializerMethodField()

    def get_email(self, account: Account) -> str:
        return account.email or ""

    @extend_schema_field(MyRoleSerializer(many=True))
    def get_roles(self, account: Account) -> Any:
        held = Role.objects.current().filter(account=account).select_related("event", "session")
        return MyRoleSerializer(held.order_by("-event__starts", "event", "role", "pk"), many=True).data

    @extend_schema_field(OwnSurgeonSerializer(allow_null=True))
    def get_surgeon(self, account: Account) -> Any:
        mine = with_sessions(Surgeon.objects.filter(account=account)).first()
        return OwnSurgeonSerializer(mine).data if mine else None


@extend_schema_serializer(component_name="RoleHolder")
class RoleHolderSerializer(serializers.Serializer[Account]):
    id = serializers.UUIDField(read_only=True)
    name = serializers.CharField(read_only=True)
    email = serializers.SerializerMethodField()

    def get_email(self, account: Account) -> str:
        return account.email or ""


@extend_schema_serializer(component_name="Role")
class RoleSerializer(serializers.ModelSerializer[Role]):
    """What somebody may do at an event. `me`: it is one's own."""

    account = RoleHolderSerializer(read_only=True)
    session = SessionNameSerializer(read_only=True, allow_null=True)
    until = Moment(read_only=True, allow_null=True)
    me = serializers.SerializerMethodField()

    class Meta:
        model = Role
        fields = ["id", "account", "role", "session", "until", "me"]
        read_only_fields = fields

    def get_me(self, role: Role) -> bool:
        return bool(role.account_id == self.context["me"])


@extend_schema_serializer(component_name="Invitation")
class InvitationSerializer(serializers.ModelSerializer[Invitation]):
    """A link that was made. `until` is when a co-moderator's time ends."""

    kind = serializers.ChoiceField(choices=InvitationKind.choices, read_only=True)
    session = SessionNameSerializer(read_only=True, allow_null=True)
    until = Moment(read_only=True, allow_null=True)
    expires = Moment(read_only=True)

    class Meta:
        model = Invitation
        fields = ["id", "kind", "name", "role", "session", "until", "expires", "accepted"]
        read_only_fields = fields


@extend_schema_serializer(component_name="InvitationLook")
class InvitationLookSerializer(serializers.ModelSerializer[Invitation]):
    """What a link is for: a role, a new password, or one session."""

    kind = serializers.ChoiceField(choices=InvitationKind.choices, read_only=True)
    event = EventCardSerializer(read_only=True)
    session = SessionNameSerializer(read_only=True, allow_null=True)

    class Meta:
        model = Invitation
        fields = ["kind", "role", "name", "event", "session"]
        read_only_fields = fields


@extend_schema_serializer(component_name="InvitationLink")
class InvitationLinkSerializer(serializers.Serializer[Any]):
    """The one time the link is told."""

    id = serializers.UUIDField(read_only=True)
    url = serializers.CharField(read_only=True)
    expires = Moment(read_only=True)


@extend_schema_serializer(component_name="CoModeratorLink")
class CoModeratorLinkSerializer(InvitationLinkSerializer):
    until = Moment(read_only=True)
