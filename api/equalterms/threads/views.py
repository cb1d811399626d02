"""The thread of a session over HTTP."""

from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from equalterms.lib import pages
from equalterms.lib.api.access import ApiView, Door, network_of, receipt_of
from equalterms.lib.api.fields import client_made, read_tag, refuse_field, valid
from equalterms.lib.refusal import not_found
from equalterms.programme.rules import visible_session
from equalterms.safety import proofs
from equalterms.safety.actions import changes_nothing, report, take_back_report
from equalterms.safety.models import SubjectKind
from equalterms.safety.receipts import Claimed
from equalterms.safety.serializers import (
    GONE,
    NEEDS_PROOF,
    NOT_TO_REPORT,
    OVER,
    TAKEN,
    CastSerializer,
    CountedSerializer,
    EditSerializer,
    ReceivedSerializer,
    ReportSerializer,
)
from equalterms.threads import actions
from equalterms.threads.models import Comment, ReactionKind
from equalterms.threads.serializers import CommentSerializer, SaySerializer

SORTS = {"oldest": ["shown", "id"], "newest": ["-shown", "id"]}


class CommentsView(ApiView):
    """The shown comments of a session, replies among them."""

    doors = {"GET": Door.PUBLIC}

    @extend_schema(
        operation_id="list_comments",
        parameters=[OpenApiParameter("sort", enum=list(SORTS), default="oldest"), *pages.PARAMETERS],
        responses=pages.schema_of(CommentSerializer),
    )
    def get(self, request: Request, session: str) -> Response:
        sort = request.query_params.get("sort", "oldest")
        if sort not in SORTS:
            raise refuse_field("sort", "Please sort by one of: " + ", ".join(SORTS) + ".")
        rows = Comment.objects.shown().for_session(visible_session(session)).with_names()
        return pages.page(request, rows, SORTS[sort], CommentSerializer)


class CommentView(ApiView):
    """One comment: everybody reads it, who wrote it sends, edits and withdraws it."""

    doors = {"GET": Door.PUBLIC, "PUT": Door.ANONYMOUS, "PATCH": Door.RECEIPT, "DELETE": Door.RECEIPT}

    @extend_schema(operation_id="get_comment", responses=CommentSerializer)
    def get(self, request: Request, session: str, comment: UUID) -> Response:
        return Response(CommentSerializer(actions.find_shown(visible_session(session), comment)).data)

    @extend_schema(
        operation_id="say_comment",
        request=SaySerializer,
        responses={
            201: ReceivedSerializer, 200: ReceivedSerializer, 403: NEEDS_PROOF, 409: TAKEN, 410: GONE,
        },
    )  # fmt: skip
    def put(self, request: Request, session: str, comment: UUID) -> Response:
        found = visible_session(session)
        data = valid(SaySerializer(data=request.data))
        claimed = Claimed(SubjectKind.COMMENT, client_made(comment), data["auth"], data["reply_key"])
        said = actions.Said(data["text"], data["parent"], data["voice"])
        state = actions.said_before(session=found, claimed=claimed, said=said)
        if state is not None:
            return Response(ReceivedSerializer({"id": comment, "state": state}).data)
        with proofs.spending(
            data.get("proof"), "say", found, network=network_of(request), code=data.get("code")
        ) as coded:
            state = actions.say(session=found, claimed=claimed, said=said, coded=coded)
        return Response(ReceivedSerializer({"id": comment, "state": state}).data, status=201)

    @extend_schema(
        operation_id="edit_comment",
        request=EditSerializer,
        responses={200: ReceivedSerializer, 403: NEEDS_PROOF, 409: TAKEN, 410: GONE},
    )
    def patch(self, request: Request, session: str, comment: UUID) -> Response:
        found = visible_session(session)
        data = valid(EditSerializer(data=request.data))
        actions.check_editable(session=found, ident=comment, auth=receipt_of(request))
        with proofs.spending(data.get("proof"), "say", found, network=network_of(request)):
            state = actions.edit(session=found, ident=comment, auth=receipt_of(request), text=data["text"])
        return Response(ReceivedSerializer({"id": comment, "state": state}).data)

    @extend_schema(operation_id="withdraw_comment", request=None, responses={204: None, 410: GONE})
    def delete(self, request: Request, session: str, comment: UUID) -> Response:
        actions.withdraw(session=visible_session(session), ident=comment, auth=receipt_of(request))
        return Response(status=204)


class ReactionView(ApiView):
    """One tag, one reaction of each kind; sending it again changes nothing."""

    doors = {"PUT": Door.ANONYMOUS, "DELETE": Door.ANONYMOUS}
    path_kind = OpenApiParameter("kind", location="path", enum=ReactionKind.values)

    @extend_schema(
        operation_id="react_to_comment",
        parameters=[path_kind],
        request=CastSerializer,
        responses={201: CountedSerializer, 200: CountedSerializer, 403: NEEDS_PROOF, 409: OVER},
    )
    def put(self, request: Request, session: str, comment: UUID, kind: str, tag: str) -> Response:
        found = visible_session(session)
        data = valid(CastSerializer(data=request.data))
        shown, mark = actions.find_shown(found, comment), read_tag(tag)
        body = CountedSerializer({"id": comment, "counted": True}).data
        if actions.has_reacted(comment=shown, kind=known(kind), tag=mark):
            return Response(body)
        with proofs.spending(data.get("proof"), "vote", found, tag, network=network_of(request)):
            actions.react(comment=shown, kind=kind, tag=mark)
        return Response(body, status=201)

    @extend_schema(
        operation_id="take_back_reaction", parameters=[path_kind], request=None, responses={204: None}
    )
    def delete(self, request: Request, session: str, comment: UUID, kind: str, tag: str) -> Response:
        shown = actions.find_shown(visible_session(session), comment)
        actions.unreact(comment=shown, kind=known(kind), tag=read_tag(tag))
        return Response(status=204)


class CommentReportView(ApiView):
    """Telling staff that a comment should be looked at: one tag, one report."""

    doors = {"PUT": Door.ANONYMOUS, "DELETE": Door.ANONYMOUS}

    @extend_schema(
        operation_id="report_comment",
        request=ReportSerializer,
        responses={201: CountedSerializer, 200: CountedSerializer, 403: NEEDS_PROOF, 409: NOT_TO_REPORT},
    )
    def put(self, request: Request, session: str, comment: UUID, tag: str) -> Response:
        found = visible_session(session)
        data = valid(ReportSerializer(data=request.data))
        review, mark = actions.find_reportable(found, comment), read_tag(tag)
        if changes_nothing(review=review, tag=mark, reason=data["reason"]):
            return Response(CountedSerializer({"id": comment, "counted": not review.kept}).data)
        with proofs.spending(data.get("proof"), "report", found, tag, network=network_of(request)):
            counted = report(review=review.pk, tag=mark, reason=data["reason"])
        body = CountedSerializer({"id": comment, "counted": counted}).data
        return Response(body, status=201 if counted else 200)

    @extend_schema(
        operation_id="take_back_comment_report", request=None, responses={204: None, 409: NOT_TO_REPORT}
    )
    def delete(self, request: Request, session: str, comment: UUID, tag: str) -> Response:
        review = actions.find_reportable(visible_session(session), comment)
        take_back_report(review=review.pk, tag=read_tag(tag))
        return Response(status=204)


def known(kind: str) -> str:
    """Refuses a kind of reaction there is not: its address is none."""
    if kind not in ReactionKind.values:
        raise not_found()
    return kind
