"""What staff see and send. Nothing here says who asked: there is nothing to say it with."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from equalterms.desk.actions import DECISIONS
from equalterms.lib.api.fields import Choice, Ident, Slot, StrictSerializer, Words
from equalterms.people.models import Act
from equalterms.programme.models import ReviewMode, RoleKind
from equalterms.programme.serializers import EventCardSerializer
from equalterms.questions.models import Audience, Question
from equalterms.questions.serializers import AnswerSerializer
from equalterms.safety.models import Reason, Review, State, SubjectKind

LONGEST_NOTE = 400
MOST_AT_ONCE = 100


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
    """An event as its staff find it."""

    event = EventCardSerializer()
    roles = serializers.ListField(child=serializers.ChoiceField(choices=RoleKind.choices))
    counts = DeskCountsSerializer()
    sessions = DeskSessionSerializer(many=True)


class SessionNameSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    code = serializers.CharField()
    title = serializers.CharField()


class ReviewSerializer(serializers.Serializer[Review]):
    """Something under review, with its words. Read the rows with `rules.reviews_with_words`."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=SubjectKind.choices)
    subject = serializers.UUIDField()
    text = serializers.SerializerMethodField()
    warning = serializers.SerializerMethodField()
    audience = serializers.SerializerMethodField()
    session = SessionNameSerializer(source="topic.session")
    state = serializers.ChoiceField(choices=State.choices)
    reason = serializers.ChoiceField(choices=Reason.choices, allow_blank=True)
    care = serializers.BooleanField()

    def get_text(self, review: Review) -> str:
        said = review.question if review.kind == SubjectKind.QUESTION else review.comment
        return said.text

    def get_warning(self, review: Review) -> str:
        return review.question.warning if review.kind == SubjectKind.QUESTION else ""

    @extend_schema_field(serializers.ChoiceField(choices=Audience.choices))
    def get_audience(self, review: Review) -> str:
        return review.question.audience if review.kind == SubjectKind.QUESTION else Audience.EVERYONE


class ShowSerializer(StrictSerializer):
    """`seen` is the state it was read in; if it is another by now, nothing happens."""

    seen = Choice(choices=State.choices, required=False)


class HideSerializer(ShowSerializer):
    """The asker reads a sentence for the reason."""

    reason = Choice(choices=Reason.choices)


class ReturnSerializer(HideSerializer):
    """The note goes to the asker, sealed."""

    note = Words(max_length=LONGEST_NOTE, allow_blank=True, default="")


class BulkSerializer(ShowSerializer):
    """The same decision on up to 100 reviews. Returning and hiding need a reason."""

    act = Choice(choices=list(DECISIONS))
    reviews = serializers.ListField(child=Ident(), min_length=1, max_length=MOST_AT_ONCE)
    reason = Choice(choices=Reason.choices, required=False)
    note = Words(max_length=LONGEST_NOTE, allow_blank=True, default="")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["act"] != "show" and not attrs.get("reason"):
            raise serializers.ValidationError(
                {"reason": serializers.ErrorDetail("Please give a reason.", "required")}
            )
        return attrs


class RefusedReviewSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    code = serializers.CharField()


class BulkDoneSerializer(serializers.Serializer[Any]):
    """What was done, and what was not, with the code of its refusal."""

    done = serializers.ListField(child=serializers.UUIDField())
    refused = RefusedReviewSerializer(many=True)


class DeskQuestionSerializer(serializers.ModelSerializer[Question]):
    """A question that surgeons may answer. Read the rows with `with_answers`."""

    session = SessionNameSerializer()
    votes = serializers.IntegerField(min_value=0)
    answers = AnswerSerializer(many=True)

    class Meta:
        model = Question
        fields = ["id", "session", "text", "warning", "audience", "votes", "answers"]


class ActSerializer(serializers.ModelSerializer[Act]):
    """A line of the audit list: which member of staff did what to which thing."""

    slot = Slot()
    by = serializers.SerializerMethodField()

    class Meta:
        model = Act
        fields = ["id", "act", "kind", "subject", "reason", "slot", "by"]

    def get_by(self, act: Act) -> str:
        return act.account.name if act.account is not None else ""
