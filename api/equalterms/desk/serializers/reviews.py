"""What moderators read and send. Nothing here says who asked: there is nothing to say it with."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from equalterms.desk.actions import DECISIONS
from equalterms.desk.rules import Beside, beside
from equalterms.desk.serializers.care import OwnerSerializer
from equalterms.lib.api.fields import Choice, Ident, StrictSerializer, Words
from equalterms.programme.serializers import SessionNameSerializer
from equalterms.questions.models import Audience
from equalterms.safety.models import Reason, ReportReason, Review, State, SubjectKind

LONGEST_NOTE = 400

MOST_AT_ONCE = 100


class ReportsSerializer(serializers.Serializer[Any]):
    """How many reported it for this reason."""

    reason = serializers.ChoiceField(choices=ReportReason.choices)
    count = serializers.IntegerField()


class OpenedNoteSerializer(serializers.Serializer[Any]):
    """A reply or note in private that its asker showed the safety lead: what staff wrote, proved to be what
    was sealed. `by` is who wrote it, null where that is not known. `state`: a reply, or what was decided."""

    state = serializers.ChoiceField(choices=["reply", *State.values])
    text = serializers.CharField()
    by = serializers.CharField(allow_null=True)


class ReviewListSerializer(serializers.ListSerializer[Any]):
    """Reads what stands beside the reviews of a page once for all of them."""

    beside: Beside

    def to_representation(self, data: Any) -> Any:
        rows = list(data)
        self.beside = beside(rows)
        return super().to_representation(rows)


class ReviewSerializer(serializers.Serializer[Review]):
    """Something under review, with its words. Read the rows with `rules.reviews_with_words`.

    `owner` has taken it; what calls for care is the safety lead's until somebody does. `into` is the
    review of the question it was merged into, `merged` how many were merged into it. `opened` is what its
    asker showed the safety lead.
    """

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=SubjectKind.choices)
    subject = serializers.UUIDField()
    text = serializers.SerializerMethodField()
    warning = serializers.SerializerMethodField()
    audience = serializers.SerializerMethodField()
    session = SessionNameSerializer(source="topic.session")
    state = serializers.ChoiceField(choices=State.choices)
    reason = serializers.ChoiceField(choices=Reason.choices, allow_blank=True)
    care = serializers.SerializerMethodField()
    owner = serializers.SerializerMethodField()
    reports = serializers.SerializerMethodField()
    opened = serializers.SerializerMethodField()
    folded = serializers.BooleanField()
    kept = serializers.BooleanField()
    into = serializers.SerializerMethodField()
    merged = serializers.SerializerMethodField()
    votes = serializers.SerializerMethodField()

    beside: Beside

    class Meta:
        list_serializer_class = ReviewListSerializer

    def to_representation(self, instance: Review) -> Any:
        self.beside = (
            self.parent.beside if isinstance(self.parent, ReviewListSerializer) else beside([instance])
        )
        return super().to_representation(instance)

    @extend_schema_field(OwnerSerializer(allow_null=True))
    def get_owner(self, review: Review) -> Any:
        owner = self.beside.owners.get(review.pk)
        return OwnerSerializer(owner).data if owner else None

    @extend_schema_field(ReportsSerializer(many=True))
    def get_reports(self, review: Review) -> Any:
        return ReportsSerializer(self.beside.reports.get(review.pk, []), many=True).data

    def get_care(self, review: Review) -> bool:
        return review.care or review.pk in self.beside.opened

    @extend_schema_field(OpenedNoteSerializer(allow_null=True))
    def get_opened(self, review: Review) -> Any:
        opened = self.beside.opened.get(review.pk)
        return OpenedNoteSerializer(opened).data if opened else None

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_into(self, review: Review) -> str | None:
        into = review.question.merged_into if review.kind == SubjectKind.QUESTION else None
        return str(into.review_id) if into is not None else None

    def get_merged(self, review: Review) -> int:
        return self.beside.merged.get(review.pk, 0)

    def get_votes(self, review: Review) -> int:
        return review.question.votes if review.kind == SubjectKind.QUESTION else 0

    def get_text(self, review: Review) -> str:
        said = review.question if review.kind == SubjectKind.QUESTION else review.comment
        return said.text

    def get_warning(self, review: Review) -> str:
        return review.question.warning if review.kind == SubjectKind.QUESTION else ""

    @extend_schema_field(serializers.ChoiceField(choices=Audience.choices))
    def get_audience(self, review: Review) -> str:
        return review.question.audience if review.kind == SubjectKind.QUESTION else Audience.EVERYONE


class DecidedSerializer(ReviewSerializer):
    """A review after a decision. `act` is the line of the audit list under which it can be undone."""

    act = serializers.UUIDField(allow_null=True)


class ShowSerializer(StrictSerializer):
    """`seen` is the state it was read in; if it is another by now, nothing happens."""

    seen = Choice(choices=State.choices, required=False)


class HideSerializer(ShowSerializer):
    """The asker reads a sentence for the reason."""

    reason = Choice(choices=Reason.choices)


class ReturnSerializer(HideSerializer):
    """The note goes to the asker, sealed."""

    note = Words(max_length=LONGEST_NOTE, allow_blank=True, default="")


class MergeSerializer(ShowSerializer):
    """`into` is the review of the question that stays."""

    into = Ident()


class EmptySerializer(StrictSerializer):
    """Nothing is sent: `{}`, or no body."""


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
