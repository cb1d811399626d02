"""The report of a day as JSON."""

from typing import Any

from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from equalterms.lib.api.fields import Moment
from equalterms.programme.models import Session
from equalterms.programme.serializers import EventCardSerializer
from equalterms.questions.models import Question
from equalterms.sharing.reporting.rules import Report, answers_to
from equalterms.sharing.rules import roughly
from equalterms.sharing.serializers import RoughlySerializer


@extend_schema_serializer(component_name="ReportNumbers")
class NumbersSerializer(serializers.Serializer[Any]):
    """`served` were helped at a table or took part; `here` are with somebody or wait for a table; `left` went
    without; `heads` were counted at the door. `shown` questions were read by everybody."""

    served = serializers.IntegerField(read_only=True)
    here = serializers.IntegerField(read_only=True)
    left = serializers.IntegerField(read_only=True)
    heads = serializers.IntegerField(read_only=True)
    shown = serializers.IntegerField(read_only=True)
    answered = serializers.IntegerField(read_only=True)
    comments = serializers.IntegerField(read_only=True)


@extend_schema_serializer(component_name="ReportSession")
class ReportedSessionSerializer(serializers.ModelSerializer[Session]):
    starts = Moment(read_only=True)
    ends = Moment(read_only=True)

    class Meta:
        model = Session
        fields = ["id", "code", "title", "kind", "track", "state", "starts", "ends"]
        read_only_fields = fields


@extend_schema_serializer(component_name="ReportLine")
class ReportedSerializer(serializers.Serializer[Any]):
    session = ReportedSessionSerializer(read_only=True)
    numbers = NumbersSerializer(read_only=True)


@extend_schema_serializer(component_name="ReportTheme")
class ThemeSerializer(serializers.Serializer[Any]):
    """A track of the programme."""

    theme = serializers.CharField(read_only=True)
    sessions = serializers.IntegerField(read_only=True)
    numbers = NumbersSerializer(read_only=True)


@extend_schema_serializer(component_name="ReportLabel")
class LabelSerializer(serializers.Serializer[Any]):
    """What so many of its surgeons help with."""

    label = serializers.CharField(read_only=True)  # type: ignore[assignment]  # a field of the wire, not DRF's own
    surgeons = serializers.IntegerField(read_only=True)


@extend_schema_serializer(component_name="ReportHelp")
class HelpSerializer(serializers.Serializer[Any]):
    """What people were helped with at tables, and roughly how many."""

    label = serializers.CharField(read_only=True)  # type: ignore[assignment]  # a field of the wire, not DRF's own
    people = RoughlySerializer(read_only=True)


@extend_schema_serializer(component_name="ReportAnswer")
class ReportedAnswerSerializer(serializers.Serializer[Any]):
    by = serializers.CharField(read_only=True)
    text = serializers.CharField(read_only=True)
    spoken = serializers.BooleanField(read_only=True)


@extend_schema_serializer(component_name="ReportQuestion")
class ReportedQuestionSerializer(serializers.ModelSerializer[Question]):
    """A question that may be handed on, with its answers; nothing of when or by whom it was asked."""

    session = serializers.UUIDField(source="session_id", read_only=True)
    votes = serializers.IntegerField(read_only=True)
    answers = serializers.SerializerMethodField()

    class Meta:
        model = Question
        fields = ["id", "session", "text", "warning", "votes", "answers"]
        read_only_fields = fields

    @extend_schema_field(ReportedAnswerSerializer(many=True))
    def get_answers(self, question: Question) -> list[dict[str, Any]]:
        return [
            {"by": answer.byline, "text": answer.text, "spoken": answer.spoken}
            for answer in answers_to(question)
        ]


@extend_schema_serializer(component_name="Report")
class ReportSerializer(serializers.Serializer[Report]):
    """What a day came to. `purged`: of questions, only what is still public counts."""

    event = EventCardSerializer(read_only=True)
    rehearsal = serializers.BooleanField(source="event.rehearsal", read_only=True)
    purged = serializers.BooleanField(source="event.purged", read_only=True)
    total = NumbersSerializer(read_only=True)
    sessions = ReportedSerializer(many=True, read_only=True)
    themes = ThemeSerializer(many=True, read_only=True)
    labels = serializers.SerializerMethodField()
    helped = serializers.SerializerMethodField()
    answered = ReportedQuestionSerializer(many=True, read_only=True)

    @extend_schema_field(HelpSerializer(many=True))
    def get_helped(self, report: Report) -> list[dict[str, Any]]:
        return [{"label": label, "people": roughly(number)} for label, number in report.helped]

    @extend_schema_field(LabelSerializer(many=True))
    def get_labels(self, report: Report) -> list[dict[str, Any]]:
        return [{"label": label, "surgeons": number} for label, number in report.labels]
