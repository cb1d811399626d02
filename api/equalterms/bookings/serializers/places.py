"""Shapes of a place that is booked from home."""

from typing import Any

from rest_framework import serializers

from equalterms.bookings.rules import MOST_LABELS
from equalterms.lib.api.fields import Bytes, Flag, StrictSerializer, Words
from equalterms.safety.serializers import ProofSerializer, ReplyKey

# A booking's states as they are told.
STATES = ("held", "waiting", "here", "called", "served", "left")


class BookSerializer(StrictSerializer):
    """What is sent to book. `labels`: what help is wanted, of what the day offers; `remote`: by phone or
    screen, not in the room. `auth` and `reply_key` come from the receipt's secret (crypto profile 1)."""

    auth = Bytes(size=32)
    reply_key = ReplyKey(allow_null=True, default=None)
    labels = serializers.ListField(child=Words(max_length=40), max_length=MOST_LABELS, default=list)
    remote = Flag(default=False)
    proof = ProofSerializer(required=False)


class ComeSerializer(StrictSerializer):
    """Nothing is sent but the receipt."""


class BookedSerializer(serializers.Serializer[Any]):
    """It is stored. `ticket` is a number to say aloud, null once the booking is over."""

    id = serializers.UUIDField()
    state = serializers.ChoiceField(choices=STATES)
    ticket = serializers.IntegerField(allow_null=True)
