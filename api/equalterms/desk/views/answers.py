"""The surgeons' queue and their answers."""

from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from equalterms.desk import rules
from equalterms.desk.serializers.answers import (
    DeskQuestionSerializer,
)
from equalterms.desk.views.asked import NOT_YOURS, SESSION, chosen, sessions_wanted
from equalterms.lib import pages
from equalterms.lib.api.access import ApiView, Door
from equalterms.lib.api.conditions import if_match_said, tagged
from equalterms.lib.api.fields import valid
from equalterms.lib.api.schema import ProblemSerializer
from equalterms.people.rules import signed_in
from equalterms.programme.rules import ANSWERERS, event_for
from equalterms.programme.views.answers import ETAG, MEANWHILE, SEEN_IF_SAID
from equalterms.questions import actions as questions
from equalterms.questions.models import Answer, Question
from equalterms.questions.rules import answer_version
from equalterms.questions.serializers import AnswerEditSerializer, AnswerSerializer, AnswerWriteSerializer

FLAG = ["false", "true"]
MINE = OpenApiParameter(
    "mine", enum=FLAG, default="false", description="Only of sessions you appear in, and what you took."
)
NO_WAY = OpenApiResponse(ProblemSerializer, "This asker left no way to reply in private.")


def answered(answer: Answer, status: int = 200) -> Response:
    return tagged(AnswerSerializer(answer).data, answer_version(answer), status)


class QueueView(ApiView):
    """The questions that surgeons may answer, those for surgeons only among them."""

    doors = {"GET": Door.STAFF}
    STATES = ["unanswered", "answered"]

    @extend_schema(
        operation_id="list_desk_questions",
        parameters=[
            OpenApiParameter("state", enum=STATES, default="unanswered"), MINE, SESSION, *pages.PARAMETERS,
        ],
        responses={200: pages.schema_of(DeskQuestionSerializer), 403: NOT_YOURS},
    )  # fmt: skip
    def get(self, request: Request, event: str) -> Response:
        found = event_for(signed_in(request), event, *ANSWERERS)
        state = chosen(request, "state", self.STATES, "unanswered")
        rows = Question.objects.for_desk().filter(session__in=sessions_wanted(request, found))
        rows = rows.answered() if state == "answered" else rows.unanswered()
        if chosen(request, "mine", FLAG, "false") == "true":
            rows = rules.mine_among(signed_in(request), rows)
        rows = rows.select_related("session").with_answers()
        return pages.page(request, rows, ["slot", "shuffle", "id"], DeskQuestionSerializer)


class AnswersView(ApiView):
    """Answering. A question for surgeons only gets its answer in a sealed note, and nowhere else."""

    doors = {"POST": Door.STAFF}

    @extend_schema(
        operation_id="answer_question",
        request=AnswerWriteSerializer,
        responses={
            201: AnswerSerializer,
            403: NOT_YOURS,
            409: NO_WAY,
        },
    )
    def post(self, request: Request, question: UUID) -> Response:
        rules.question_for(signed_in(request), question)
        sent = valid(AnswerWriteSerializer(data=request.data))
        made = questions.answer(question=question, account=signed_in(request), **sent)
        return answered(made, 201)


class AnswerView(ApiView):
    """Changing or removing an answer: whoever gave it, and organisers."""

    doors = {"GET": Door.STAFF, "PATCH": Door.STAFF, "DELETE": Door.STAFF}

    @extend_schema(
        operation_id="get_answer", parameters=[ETAG], responses={200: AnswerSerializer, 403: NOT_YOURS}
    )
    def get(self, request: Request, answer: UUID) -> Response:
        """As it stands, with the ETag to change it with."""
        return answered(rules.answer_for(signed_in(request), answer))

    @extend_schema(
        operation_id="edit_answer",
        parameters=[SEEN_IF_SAID, ETAG],
        request=AnswerEditSerializer,
        responses={
            200: AnswerSerializer,
            403: NOT_YOURS,
            409: NO_WAY,
            412: MEANWHILE,
        },
    )
    def patch(self, request: Request, answer: UUID) -> Response:
        found = rules.answer_for(signed_in(request), answer)
        seen = if_match_said(request)
        sent = valid(AnswerEditSerializer(data=request.data))
        return answered(questions.change_answer(answer=found, text=sent["text"], seen=seen))

    @extend_schema(operation_id="remove_answer", request=None, responses={204: None, 403: NOT_YOURS})
    def delete(self, request: Request, answer: UUID) -> Response:
        questions.remove_answer(answer=rules.answer_for(signed_in(request), answer))
        return Response(status=204)
