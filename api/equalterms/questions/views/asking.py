"""Asking, editing, withdrawing: one address for a question."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from equalterms.lib.api.access import ApiView, Door, network_of, receipt_of
from equalterms.lib.api.fields import client_made, valid
from equalterms.lib.refusal import not_found
from equalterms.programme.rules import visible_session
from equalterms.questions import actions
from equalterms.questions.models import Question
from equalterms.questions.serializers import AskSerializer, QuestionSerializer
from equalterms.safety import proofs
from equalterms.safety.models import SubjectKind
from equalterms.safety.receipts import Claimed
from equalterms.safety.serializers import (
    GONE,
    NEEDS_PROOF,
    TAKEN,
    EditSerializer,
    ReceivedSerializer,
)


def read_ask(question: UUID, data: dict[str, Any]) -> tuple[Claimed, actions.Asked]:
    """What a valid body asks under this id; refuses an id that was not made as ours are."""
    claimed = Claimed(SubjectKind.QUESTION, client_made(question), data["auth"], data["reply_key"])
    return claimed, actions.Asked(data["text"], data["warning"], data["audience"], data["recap"])


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
        claimed, asked = read_ask(question, data)
        state = actions.asked_before(session=found, claimed=claimed, asked=asked)
        if state is not None:
            return Response(ReceivedSerializer({"id": question, "state": state}).data)
        with proofs.spending(
            data.get("proof"), "ask", found, network=network_of(request), code=data.get("code")
        ) as coded:
            state = actions.ask(session=found, claimed=claimed, asked=asked, coded=coded)
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
        with proofs.spending(data.get("proof"), "ask", found, network=network_of(request)):
            state = actions.edit(session=found, ident=question, auth=receipt_of(request), text=data["text"])
        return Response(ReceivedSerializer({"id": question, "state": state}).data)

    @extend_schema(operation_id="withdraw_question", responses={204: None, 410: GONE})
    def delete(self, request: Request, session: str, question: UUID) -> Response:
        actions.withdraw(session=visible_session(session), ident=question, auth=receipt_of(request))
        return Response(status=204)
