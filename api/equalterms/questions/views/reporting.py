"""Telling staff that something should be looked at."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from equalterms.lib.api.access import ApiView, Door, network_of
from equalterms.lib.api.fields import read_tag, valid
from equalterms.programme.rules import visible_session
from equalterms.questions.actions import find_shown
from equalterms.safety import proofs
from equalterms.safety.actions import changes_nothing, report, take_back_report
from equalterms.safety.serializers import NEEDS_PROOF, OVER, CountedSerializer, ReportSerializer


class ReportView(ApiView):
    """One tag, one report; sending it again changes nothing."""

    doors = {"PUT": Door.ANONYMOUS, "DELETE": Door.ANONYMOUS}

    @extend_schema(
        operation_id="report_question",
        request=ReportSerializer,
        responses={201: CountedSerializer, 200: CountedSerializer, 403: NEEDS_PROOF, 409: OVER},
    )
    def put(self, request: Request, session: str, question: UUID, tag: str) -> Response:
        found = visible_session(session)
        data = valid(ReportSerializer(data=request.data))
        review, mark = find_shown(found, question).review, read_tag(tag)
        if changes_nothing(review=review, tag=mark, reason=data["reason"]):
            return Response(CountedSerializer({"id": question, "counted": not review.kept}).data)
        with proofs.spending(data.get("proof"), "report", found, tag, network=network_of(request)):
            counted = report(review=review.pk, tag=mark, reason=data["reason"])
        body = CountedSerializer({"id": question, "counted": counted}).data
        return Response(body, status=201 if counted else 200)

    @extend_schema(operation_id="take_back_question_report", request=None, responses={204: None})
    def delete(self, request: Request, session: str, question: UUID, tag: str) -> Response:
        shown = find_shown(visible_session(session), question)
        take_back_report(review=shown.review_id, tag=read_tag(tag))
        return Response(status=204)
