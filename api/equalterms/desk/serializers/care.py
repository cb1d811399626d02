"""Who sees to what, and who else is there."""

from typing import Any

from rest_framework import serializers

from equalterms.lib.api.fields import Flag, Ident, StrictSerializer
from equalterms.programme.models import RoleKind


class CareSerializer(StrictSerializer):
    """True: it may need a kind, quick answer. False: somebody saw to it."""

    care = Flag()


class AskForLeadSerializer(CareSerializer):
    """True asks for the safety lead. Only those who decide say that it was seen to."""

    def validate_care(self, care: bool) -> bool:
        if not care:
            raise serializers.ValidationError("Only moderators and organisers say that it was seen to.")
        return care


class ClaimSerializer(StrictSerializer):
    """Who is to see to it, of those who may decide there; null: the safety lead. An organiser who takes it
    from somebody says as `seen` whose it was."""

    to = Ident(allow_null=True)
    seen = Ident(allow_null=True, required=False)


class OwnerSerializer(serializers.Serializer[Any]):
    """Who sees to it."""

    id = serializers.UUIDField()
    name = serializers.CharField()


class AskedForLeadSerializer(serializers.Serializer[Any]):
    """`owner` sees to it: whoever took it, else the safety lead; null only where nobody runs the day."""

    id = serializers.UUIDField()
    care = serializers.BooleanField()
    owner = OwnerSerializer(allow_null=True)


class ColleagueSerializer(OwnerSerializer):
    """Somebody with a role at the event. `lead`: what nobody else has taken is theirs to see to. `at`: the
    place of a surgeon who says they are here or busy, null for whoever is not at the day."""

    roles = serializers.ListField(child=serializers.ChoiceField(choices=RoleKind.choices))
    lead = serializers.BooleanField()
    at = serializers.CharField(allow_null=True)
