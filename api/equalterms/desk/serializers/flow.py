"""How a session flows, and what is decided on many alike things."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from equalterms.desk.serializers.reviews import LONGEST_NOTE
from equalterms.lib.api.fields import Choice, Flag, StrictSerializer, WholeNumber, Words
from equalterms.programme.models import ReviewMode
from equalterms.safety.models import Reason

PACES = (0, 60, 120, 300)


@extend_schema_field({"type": "integer", "enum": list(PACES)})
class Pace(WholeNumber):
    """Seconds between what is shown; 0 for as it comes."""

    default_error_messages = {"invalid_choice": "Please choose 0, 60, 120 or 300 seconds."}

    def to_internal_value(self, data: Any) -> int:
        seconds = super().to_internal_value(data)
        if seconds not in PACES:
            self.fail("invalid_choice")
        return seconds


class FlowSerializer(serializers.Serializer[Any]):
    """How a session takes and shows things. `waiting`: how many found no place before the desk yet."""

    paused = serializers.BooleanField()
    slow = Pace()
    review = serializers.ChoiceField(choices=ReviewMode.choices, source="review_mode")
    waiting = serializers.IntegerField(min_value=0)


class FlowChangeSerializer(StrictSerializer):
    """`review` null: as the event has it. `after` shows things before anybody looked; where the day mixes,
    they still leave in groups and not the moment they come."""

    paused = Flag()
    slow = Pace()
    review = Choice(choices=ReviewMode.choices, allow_null=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return {**attrs, "review": attrs["review"] or ""} if "review" in attrs else attrs


class AlikeSerializer(serializers.Serializer[Any]):
    """How many held things of the session have alike words, and the five that are least alike."""

    count = serializers.IntegerField(min_value=0)
    examples = serializers.ListField(child=serializers.CharField(), max_length=5)


class TurnDownAlikeSerializer(StrictSerializer):
    act = Choice(choices=["return", "hide"])
    reason = Choice(choices=Reason.choices)
    note = Words(max_length=LONGEST_NOTE, allow_blank=True, default="")


class AlikeDoneSerializer(serializers.Serializer[Any]):
    done = serializers.IntegerField(min_value=0)
