"""Shapes of questions, answers and votes."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from equalterms.lib import clock
from equalterms.lib.api.fields import (
    Bytes,
    Choice,
    Flag,
    Ident,
    Slot,
    StrictSerializer,
    WholeSerializer,
    Words,
)
from equalterms.questions.models import Answer, Audience, Question
from equalterms.safety.serializers import ProofSerializer, ReplyKey


class AskSerializer(StrictSerializer):
    """What is sent to ask. `auth` and `reply_key` come from the receipt's secret (crypto profile 1)."""

    text = Words(min_length=1, max_length=1000)
    auth = Bytes(size=32)
    reply_key = ReplyKey(allow_null=True, default=None)
    audience = Choice(choices=Audience.choices, default=Audience.EVERYONE)
    recap = Flag(default=False)
    warning = Words(max_length=60, allow_blank=True, default="")
    code = Words(max_length=20, required=False, help_text="The join code of the day.")
    proof = ProofSerializer(required=False)


class AuthorSerializer(serializers.Serializer[Any]):
    """Who answered: a published profile has an id; others have a plain name only."""

    id = serializers.UUIDField(allow_null=True)
    name = serializers.CharField()


class AnswerSerializer(serializers.ModelSerializer[Answer]):
    slot = Slot()
    by = serializers.SerializerMethodField()

    class Meta:
        model = Answer
        fields = ["id", "text", "spoken", "edited", "slot", "by"]

    @extend_schema_field(AuthorSerializer)
    def get_by(self, answer: Answer) -> dict[str, Any]:
        listed = answer.surgeon is not None and answer.surgeon.published
        return {"id": str(answer.surgeon_id) if listed else None, "name": answer.byline}

    def to_representation(self, instance: Answer) -> dict[str, Any]:
        """As QuestionSerializer's."""
        return {
            "id": str(instance.pk),
            "text": instance.text,
            "spoken": instance.spoken,
            "edited": instance.edited,
            "slot": clock.slot_iso(instance.slot),
            "by": self.get_by(instance),
        }


# Read the rows `with_answers`.
class QuestionSerializer(serializers.ModelSerializer[Question]):
    """A question as everybody sees it. `shown` is the version of the session's topic that showed it."""

    state = serializers.SerializerMethodField()
    votes = serializers.IntegerField(min_value=0)  # said here: a column's largest number differs by database
    slot = Slot()
    answers = AnswerSerializer(many=True, source="told")
    folded = serializers.SerializerMethodField()
    reported = serializers.BooleanField(help_text="Whether several reports fold it.")

    class Meta:
        model = Question
        fields = [
            "id", "session", "text", "warning", "state", "audience", "votes", "slot", "shown",
            "answers", "folded", "reported",
        ]  # fmt: skip

    @extend_schema_field(serializers.ChoiceField(choices=["shown"]))
    def get_state(self, question: Question) -> str:
        return "shown"

    def get_folded(self, question: Question) -> bool:
        """True if it comes behind its content warning, or because several people reported it."""
        return bool(question.warning) or question.reported

    def to_representation(self, instance: Question) -> dict[str, Any]:
        """What the fields above say, in one go: a full page of them is made anew for every change. A test
        holds it to the fields."""
        return {
            "id": str(instance.pk),
            "session": str(instance.session_id),
            "text": instance.text,
            "warning": instance.warning,
            "state": self.get_state(instance),
            "audience": instance.audience,
            "votes": instance.votes,
            "slot": clock.slot_iso(instance.slot),
            "shown": instance.shown,
            "answers": [ANSWERS.to_representation(answer) for answer in instance.told],
            "folded": self.get_folded(instance),
            "reported": instance.reported,
        }


ANSWERS = AnswerSerializer()


class AnswerWriteSerializer(StrictSerializer):
    text = Words(min_length=1, max_length=4000)
    spoken = Flag(default=False)


class AnswerEditSerializer(WholeSerializer):
    text = Words(min_length=1, max_length=4000)


class CurrentSerializer(StrictSerializer):
    """The question a room is at; null for none."""

    question = Ident(allow_null=True)
