"""Proofs, sealed notes, receipts."""

from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from equalterms.lib.api.access import ApiView, Door
from equalterms.lib.api.fields import refuse_field
from equalterms.lib.api.paths import as_ref
from equalterms.lib.api.schema import ProblemSerializer
from equalterms.lib.ids import unb64u
from equalterms.programme.models import Session
from equalterms.programme.rules import visible_session
from equalterms.safety import proofs, receipts
from equalterms.safety.models import Note, Review
from equalterms.safety.rules import outward
from equalterms.safety.serializers import (
    ChallengeSerializer,
    FoundReceiptSerializer,
    LookupSerializer,
    NotesSerializer,
)


def wanted_proof(request: Request) -> tuple[str, Session, str | None]:
    """The act, session and tag a challenge is asked for; refuses unknown ones with 400 or 404."""
    act = request.query_params.get("act", "")
    if act not in proofs.ACTS:
        raise refuse_field("act", "Please say which act this is for: " + ", ".join(proofs.ACTS) + ".")
    tag = request.query_params.get("tag")
    try:
        unb64u(tag or "A" * 22, 16)
    except ValueError as wrong:
        raise refuse_field("tag", "A tag is 16 bytes in url-safe base64.") from wrong
    return act, visible_session(as_ref(request.query_params.get("session", ""))), tag


class ProofsView(ApiView):
    """Challenges are the one public answer that differs each time."""

    doors = {"GET": Door.PUBLIC}

    @extend_schema(
        operation_id="get_challenge",
        parameters=[
            OpenApiParameter("act", enum=list(proofs.ACTS), required=True),
            OpenApiParameter("session", OpenApiTypes.STR, required=True, description="UUID or short code."),
            OpenApiParameter("tag", OpenApiTypes.STR, description="Binds a vote's proof to its tag."),
        ],
        responses={200: ChallengeSerializer, 404: ProblemSerializer},
    )
    def get(self, request: Request) -> Response:
        act, session, tag = wanted_proof(request)
        body = proofs.challenge(act, session.pk, tag) if session.event.proof else {"type": "none"}
        return Response(body, headers={"Cache-Control": "no-store"})


class NotesView(ApiView):
    """Everybody fetches the same notes; only the right phone can open one."""

    doors = {"GET": Door.PUBLIC}

    @extend_schema(operation_id="list_notes", responses=NotesSerializer)
    def get(self, request: Request, session: str) -> Response:
        found = visible_session(session)
        notes = Note.objects.filter(topic=found.topic_id).order_by("box")
        return Response(NotesSerializer({"version": found.topic.version, "notes": notes}).data)


class LookupView(ApiView):
    """For words typed on a second phone. Wrong and unknown receipts get one and the same answer."""

    doors = {"POST": Door.ANONYMOUS}

    @extend_schema(
        operation_id="look_up_receipt",
        request=LookupSerializer,
        responses={200: FoundReceiptSerializer, 404: ProblemSerializer},
    )
    def post(self, request: Request) -> Response:
        serializer = LookupSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        receipt = receipts.find(serializer.validated_data["auth"])
        return Response(FoundReceiptSerializer(found_receipt(receipt.subject)).data)


def found_receipt(subject: UUID) -> dict[str, object]:
    """What the holder of a receipt may know of its subject."""
    review = Review.objects.filter(subject=subject).first()
    if review is None:
        raise receipts.no_such_receipt()
    session = Session.objects.get(topic=review.topic_id)
    return {
        "kind": review.kind,
        "id": subject,
        "session": session.pk,
        "event": session.event_id,
        "state": outward(review.state),
        "reason": review.reason,
    }
