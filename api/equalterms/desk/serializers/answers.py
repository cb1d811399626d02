"""What surgeons read."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from equalterms.desk.rules import takers_of
from equalterms.programme.serializers import SessionNameSerializer
from equalterms.questions.models import Question
from equalterms.questions.serializers import AnswerSerializer


class DeskQuestionListSerializer(serializers.ListSerializer[Any]):
    """Reads who has taken the questions of a page once for all of them."""

    takers: dict[UUID, str]

    def to_representation(self, data: Any) -> Any:
        rows = list(data)
        self.takers = takers_of(rows)
        return super().to_representation(rows)


class DeskQuestionSerializer(serializers.ModelSerializer[Question]):
    """A question that surgeons may answer. `taken_by` is the name of whoever sees to it. Read the rows with
    `with_answers`."""

    session = SessionNameSerializer()
    votes = serializers.IntegerField(min_value=0)
    answers = AnswerSerializer(many=True, source="told")
    taken_by = serializers.SerializerMethodField()

    class Meta:
        model = Question
        fields = ["id", "session", "text", "warning", "audience", "votes", "answers", "taken_by"]
        list_serializer_class = DeskQuestionListSerializer

    def get_taken_by(self, question: Question) -> str | None:
        listed = self.parent
        takers = listed.takers if isinstance(listed, DeskQuestionListSerializer) else takers_of([question])
        return takers.get(question.pk)
