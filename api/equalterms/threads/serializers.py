"""Comments as the wire has them."""

from typing import Any

from rest_framework import serializers

from equalterms.lib import clock
from equalterms.lib.api.fields import Bytes, Ident, Slot, StrictSerializer, Words
from equalterms.safety.serializers import ProofSerializer, ReplyKey
from equalterms.threads.models import Comment

LONGEST = 1000


class CommentBySerializer(serializers.Serializer[Comment]):
    """Who speaks: a person without a name, a surgeon, or the organisers."""

    kind = serializers.ChoiceField(choices=["person", "surgeon", "staff"], source="speaker")
    name = serializers.CharField(source="byline")
    surgeon = serializers.UUIDField(source="profile", allow_null=True)


class CommentReactionsSerializer(serializers.Serializer[Comment]):
    """The tallies last published."""

    thanks = serializers.IntegerField()
    same = serializers.IntegerField()
    strength = serializers.IntegerField()


class CommentSerializer(serializers.Serializer[Comment]):
    """A comment in its public form. `shown` is the version of the session that showed it."""

    id = serializers.UUIDField()
    session = serializers.UUIDField(source="session_id")
    parent = serializers.UUIDField(allow_null=True)  # type: ignore[assignment]  # a field of the wire, not DRF's own
    text = serializers.CharField()
    slot = Slot()
    shown = serializers.IntegerField()
    edited = serializers.BooleanField()
    folded = serializers.SerializerMethodField()
    reported = serializers.SerializerMethodField()
    by = CommentBySerializer(source="*")
    reactions = CommentReactionsSerializer(source="*")

    def get_folded(self, comment: Comment) -> bool:
        """True if it comes folded, which several reports do."""
        return comment.reported

    def get_reported(self, comment: Comment) -> bool:
        return comment.reported

    def to_representation(self, instance: Comment) -> dict[str, Any]:
        """What the fields above say, in one go: a full page of them is made anew for every change. A test
        holds it to the fields."""
        return {
            "id": str(instance.pk),
            "session": str(instance.session_id),
            "parent": str(instance.parent) if instance.parent else None,
            "text": instance.text,
            "slot": clock.slot_iso(instance.slot),
            "shown": instance.shown,
            "edited": instance.edited,
            "folded": self.get_folded(instance),
            "reported": self.get_reported(instance),
            "by": {
                "kind": instance.speaker,
                "name": instance.byline,
                "surgeon": str(instance.profile) if instance.profile else None,
            },
            "reactions": {"thanks": instance.thanks, "same": instance.same, "strength": instance.strength},
        }


class SaySerializer(StrictSerializer):
    """What is sent to speak. `voice` is what the phone calls itself in this thread and nowhere else."""

    text = Words(min_length=1, max_length=LONGEST)
    auth = Bytes(size=32)
    reply_key = ReplyKey(allow_null=True, default=None)
    parent = Ident(allow_null=True, default=None)  # type: ignore[assignment]  # a field of the wire, not DRF's own
    voice = Bytes(size=16)
    code = Words(max_length=20, required=False, help_text="The join code of the day.")
    proof = ProofSerializer(required=False)


class SpeakSerializer(StrictSerializer):
    """What staff say, under their own name or the organisers'."""

    text = Words(min_length=1, max_length=LONGEST)
    parent = Ident(allow_null=True, default=None)  # type: ignore[assignment]  # a field of the wire, not DRF's own


class RespeakSerializer(StrictSerializer):
    """New words of staff."""

    text = Words(min_length=1, max_length=LONGEST)
