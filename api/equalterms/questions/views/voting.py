"""Me too."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from equalterms.lib.api.access import ApiView, Door, network_of
from equalterms.lib.api.fields import read_tag, valid
from equalterms.programme.rules import visible_session
from equalterms.questions import actions
from equalterms.safety import proofs
from equalterms.safety.serializers import (
    NEEDS_PROOF,
    OVER,
    CastSerializer,
    CountedSerializer,
)


class VoteView(ApiView):
    """ "Me too": one tag, one vote; sending it again changes nothing."""

    doors = {"PUT": Door.ANONYMOUS, "DELETE": Door.ANONYMOUS}

    @extend_schema(
        operation_id="vote_for_question",
        request=CastSerializer,
        responses={201: CountedSerializer, 200: CountedSerializer, 403: NEEDS_PROOF, 409: OVER},
    )
    def put(self, request: Request, session: str, question: UUID, tag: str) -> Response:
        found = visible_session(session)
        data = valid(CastSerializer(data=request.data))
        shown, vote = actions.find_shown(found, question), read_tag(tag)
        body = CountedSerializer({"id": question, "counted": True}).data
        if actions.has_voted(question=shown, tag=vote):
            return Response(body)
        with proofs.spending(data.get("proof"), "vote", found, tag, network=network_of(request)):
            actions.vote(question=shown, tag=vote)
        return Response(body, status=201)

    @extend_schema(operation_id="take_back_vote", request=None, responses={204: None})
    def delete(self, request: Request, session: str, question: UUID, tag: str) -> Response:
        voted = actions.find_voted(visible_session(session), question)
        actions.unvote(question=voted, tag=read_tag(tag))
        return Response(status=204)
