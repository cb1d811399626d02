"""Proofs, sealed notes, and signing in, which can be slow and then takes a proof."""

from functools import partial
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from equalterms.journal.reading import one_reading
from equalterms.lib.api.access import ApiView, Door, network_of
from equalterms.lib.api.conditions import unless_known
from equalterms.lib.api.fields import refuse_field, valid
from equalterms.lib.api.paths import as_ref
from equalterms.lib.api.schema import ProblemSerializer
from equalterms.lib.ids import unb64u
from equalterms.people.actions import check_password, tokens_for
from equalterms.people.serializers import TokensSerializer
from equalterms.programme.models import Session
from equalterms.programme.rules import visible_session
from equalterms.programme.views.answers import ETAG, KNOWN, UNCHANGED
from equalterms.safety import proofs
from equalterms.safety.models import Note
from equalterms.safety.serializers import ChallengeSerializer, NotesSerializer, SignInSerializer

WRONG = OpenApiResponse(ProblemSerializer, "Wrong e-mail or password: `wrong-sign-in`.")
SLOW = OpenApiResponse(
    ProblemSerializer,
    "Wrong too often, here: `slow-down`. Wait for Retry-After, or bring a proof of `token/challenge/`.",
)
UNPROVEN = OpenApiResponse(ProblemSerializer, "The proof is not good any more: `proof-needed`.")


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
    """Challenges are the one public answer that differs each time. What is crowded makes them harder;
    nothing makes them a refusal."""

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
        body: dict[str, Any] = {"type": "none"}
        if session.event.proof:
            weight = proofs.weight(act, session.topic_id, network_of(request))
            body = proofs.challenge(act, session.pk, tag, weight)
        return Response(body, headers={"Cache-Control": "no-store"})


class SignInChallengeView(ApiView):
    """What to solve after `slow-down`, so as not to wait: as hard as anything is made, for staff alone."""

    doors = {"GET": Door.PUBLIC}

    @extend_schema(operation_id="get_sign_in_challenge", responses={200: ChallengeSerializer})
    def get(self, request: Request) -> Response:
        return Response(proofs.sign_in_challenge(), headers={"Cache-Control": "no-store"})


class TokenView(ApiView):
    """Signs in."""

    doors = {"POST": Door.PUBLIC}

    @extend_schema(
        operation_id="sign_in",
        request=SignInSerializer,
        responses={200: TokensSerializer, 401: WRONG, 403: UNPROVEN, 429: SLOW},
    )
    def post(self, request: Request) -> Response:
        """During a pause the way in is a proof: fetch a challenge, solve it, send the same with it."""
        data = valid(SignInSerializer(data=request.data))
        proof = data.pop("proof", None)
        work = proof and partial(proofs.work_to_sign_in, proof)
        account = check_password(**data, origin=network_of(request), work=work)
        return Response(TokensSerializer(tokens_for(account)).data)


class NotesView(ApiView):
    """Everybody fetches the same notes; only the right phone can open one. 304 as long as nothing in the
    session has changed."""

    doors = {"GET": Door.PUBLIC}

    @extend_schema(
        operation_id="list_notes",
        parameters=[KNOWN, ETAG],
        responses={200: NotesSerializer, 304: UNCHANGED},
    )
    def get(self, request: Request, session: str) -> Response:
        with one_reading():
            found = visible_session(session)
            version = found.topic.version
            notes = Note.objects.filter(topic=found.topic_id).order_by("box")
            body = {"version": version, "notes": notes}
            return unless_known(request, version, lambda: NotesSerializer(body).data)
