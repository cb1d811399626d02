"""Shapes of what is told to everybody."""

from typing import Any

from rest_framework import serializers

from equalterms.bookings.serializers.places import STATES
from equalterms.lib.api.fields import Bytes, StrictSerializer
from equalterms.questions.models import Audience
from equalterms.safety.models import State, SubjectKind


class RoughlySerializer(serializers.Serializer[Any]):
    """A number between these two: 0 to 4, 5 to 9 and so on."""

    least = serializers.IntegerField()
    most = serializers.IntegerField()


class TallySerializer(serializers.Serializer[Any]):
    """What a session has to read, and roughly what its moderators decided. Nothing about what waits."""

    shown = serializers.IntegerField()
    answered = serializers.IntegerField()
    comments = serializers.IntegerField()
    returned = RoughlySerializer()
    hidden = RoughlySerializer()
    merged = RoughlySerializer()


class LookupSerializer(StrictSerializer):
    auth = Bytes(size=32)


class OpeningSerializer(StrictSerializer):
    """The HPKE shared secret (RFC 9180, `shared_secret` of the KEM) of the one note in the receipt's box. It
    opens that note and nothing else: keep the receipt's own keys on the phone."""

    opening = Bytes(size=32)


class FoundReceiptSerializer(serializers.Serializer[Any]):
    """How the one thing stands that a receipt is for. `ticket` and `place` are of bookings alone, `audience`
    and `recap` of questions."""

    kind = serializers.ChoiceField(choices=SubjectKind.choices)
    id = serializers.UUIDField()
    session = serializers.UUIDField()
    event = serializers.UUIDField()
    state = serializers.ChoiceField(choices=list(dict.fromkeys([*State.values, *STATES])))
    reason = serializers.CharField()
    into = serializers.UUIDField(allow_null=True, help_text="The question it was merged into.")
    ticket = serializers.IntegerField(allow_null=True, help_text="The number to say aloud, while it is open.")
    place = serializers.CharField(help_text="Where the surgeon is who called the number.")
    audience = serializers.ChoiceField(choices=Audience.choices, allow_null=True, help_text="Who sees it.")
    recap = serializers.BooleanField(allow_null=True, help_text="Whether it may stay once the day is closed.")
