"""Asking, reading and voting over HTTP."""

from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from equalterms.lib import pages
from equalterms.lib.api.access import ApiView, Door, receipt_of
from equalterms.lib.api.fields import client_made, read_tag, refuse_field, valid
from equalterms.lib.api.schema import ProblemSerializer
from equalterms.lib.refusal import Refusal, not_found
from equalterms.programme.models import Session
from equalterms.programme.rules import visible_session
from equalterms.questions import actions
from equalterms.questions.models import Question
from equalterms.questions.serializers import AskSerializer, QuestionSerializer
from equalterms.safety import proofs
from equalterms.safety.models import SubjectKind
from equalterms.safety.receipts import Claimed
from equalterms.safety.serializers import (
    CastSerializer,
    CountedSerializer,
    EditSerializer,
    ReceivedSerializer,
)

SORTS = {
    "votes": ["-votes", "-shown", "id"],
    "newest": ["-shown", "id"],
    "unanswered": ["-votes", "-shown", "id"],
}
GONE = OpenApiResponse(ProblemSerializer, "Withdrawn.")
TAKEN = OpenApiResponse(ProblemSerializer, "Another question, or other words, under this id; or closed.")
NEEDS_PROOF = OpenApiResponse(ProblemSerializer, "No proof, or one that is used or too old.")


def check_code(session: Session, code: str | None) -> None:
    """Refuses a wrong join code; none at all is accepted."""
    if code and code.casefold() != session.event.join_code.casefold():
        raise Refusal(
            "wrong-join-code",
            "That is not today's code. You can leave it out.",
            status=400,
            errors=[{"attr": "code", "code": "wrong-join-code", "detail": "That is not today's code."}],
        )


class QuestionsView(ApiView):
    """The shown questions of a session."""

    doors = {"GET": Door.PUBLIC}

    @extend_schema(
        operation_id="list_questions",
        parameters=[OpenApiParameter("sort", enum=list(SORTS), default="votes"), *pages.PARAMETERS],
        responses=pages.schema_of(QuestionSerializer),
    )
    def get(self, request: Request, session: str) -> Response:
        sort = request.query_params.get("sort", "votes")
        if sort not in SORTS:
            raise refuse_field("sort", "Please sort by one of: " + ", ".join(SORTS) + ".")
        rows = Question.objects.shown().for_session(visible_session(session)).with_answers()
        rows = rows.unanswered() if sort == "unanswered" else rows
        return pages.page(request, rows, SORTS[sort], QuestionSerializer)


class QuestionView(ApiView):
    """One question: everybody reads it, its asker sends, edits and withdraws it."""

    doors = {"GET": Door.PUBLIC, "PUT": Door.ANONYMOUS, "PATCH": Door.RECEIPT, "DELETE": Door.RECEIPT}

    @extend_schema(operation_id="get_question", responses=QuestionSerializer)
    def get(self, request: Request, session: str, question: UUID) -> Response:
        rows = Question.objects.shown().for_session(visible_session(session)).with_answers()
        found = rows.filter(pk=question).first()
        if found is None:
            raise not_found()
        return Response(QuestionSerializer(found).data)

    @extend_schema(
        operation_id="ask_question",
        request=AskSerializer,
        responses={
            201: ReceivedSerializer, 200: ReceivedSerializer, 403: NEEDS_PROOF, 409: TAKEN, 410: GONE,
        },
    )  # fmt: skip
    def put(self, request: Request, session: str, question: UUID) -> Response:
        found = visible_session(session)
        data = valid(AskSerializer(data=request.data))
        claimed = Claimed(SubjectKind.QUESTION, client_made(question), data["auth"], data["reply_key"])
        asked = actions.Asked(data["text"], data["warning"], data["audience"], data["recap"])
        state = actions.asked_before(session=found, claimed=claimed, asked=asked)
        if state is not None:
            return Response(ReceivedSerializer({"id": question, "state": state}).data)
        check_code(found, data.get("code"))
        with proofs.spending(data.get("proof"), "ask", found):
            state = actions.ask(session=found, claimed=claimed, asked=asked)
        return Response(ReceivedSerializer({"id": question, "state": state}).data, status=201)

    @extend_schema(
        operation_id="edit_question",
        request=EditSerializer,
        responses={200: ReceivedSerializer, 403: NEEDS_PROOF, 409: TAKEN, 410: GONE},
    )
    def patch(self, request: Request, session: str, question: UUID) -> Response:
        found = visible_session(session)
        data = valid(EditSerializer(data=request.data))
        actions.check_editable(session=found, ident=question, auth=receipt_of(request))
        with proofs.spending(data.get("proof"), "ask", found):
            state = actions.edit(session=found, ident=question, auth=receipt_of(request), text=data["text"])
        return Response(ReceivedSerializer({"id": question, "state": state}).data)

    @extend_schema(operation_id="withdraw_question", responses={204: None, 410: GONE})
    def delete(self, request: Request, session: str, question: UUID) -> Response:
        actions.withdraw(session=visible_session(session), ident=question, auth=receipt_of(request))
        return Response(status=204)


class VoteView(ApiView):
    """ "Me too": one tag, one vote; sending it again changes nothing."""

    doors = {"PUT": Door.ANONYMOUS, "DELETE": Door.ANONYMOUS}

    @extend_schema(
        operation_id="vote_for_question",
        request=CastSerializer,
        responses={201: CountedSerializer, 200: CountedSerializer, 403: NEEDS_PROOF},
    )
    def put(self, request: Request, session: str, question: UUID, tag: str) -> Response:
        found = visible_session(session)
        data = valid(CastSerializer(data=request.data))
        shown, vote = actions.find_shown(found, question), read_tag(tag)
        body = CountedSerializer({"id": question, "counted": True}).data
        if actions.has_voted(question=shown, tag=vote):
            return Response(body)
        with proofs.spending(data.get("proof"), "vote", found, tag):
            actions.vote(question=shown, tag=vote)
        return Response(body, status=201)

    @extend_schema(operation_id="take_back_vote", request=None, responses={204: None})
    def delete(self, request: Request, session: str, question: UUID, tag: str) -> Response:
        shown = actions.find_shown(visible_session(session), question)
        actions.unvote(question=shown, tag=read_tag(tag))
        return Response(status=204)
