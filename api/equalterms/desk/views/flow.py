"""How a session flows: paused, slowed, and cleared of many alike things at once."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from equalterms.desk import rules
from equalterms.desk.actions.similar import alike, turn_down_alike
from equalterms.desk.serializers.flow import (
    AlikeDoneSerializer,
    AlikeSerializer,
    FlowChangeSerializer,
    FlowSerializer,
    TurnDownAlikeSerializer,
)
from equalterms.desk.views.asked import NOT_YOURS
from equalterms.desk.views.reviews import SUPERSEDED
from equalterms.lib.api.access import ApiView, Door
from equalterms.lib.api.conditions import if_match_said, tagged
from equalterms.lib.api.fields import valid
from equalterms.people.rules import signed_in
from equalterms.programme.actions import change_flow
from equalterms.programme.models import Session
from equalterms.programme.rules import flow_version
from equalterms.programme.views.answers import ETAG, MEANWHILE, SEEN_IF_SAID
from equalterms.safety.rules import left_outside


def flow_of(session: Session) -> Response:
    """How a session takes and shows things now, and how many found no place before the desk."""
    flow = {
        "paused": session.paused,
        "slow": session.slow,
        "review_mode": session.review_mode,
        "waiting": left_outside(session).count(),
    }
    return tagged(FlowSerializer(flow).data, flow_version(session))


class FlowView(ApiView):
    """Pausing and slowing a session."""

    doors = {"GET": Door.STAFF, "PATCH": Door.STAFF}

    @extend_schema(
        operation_id="get_flow", parameters=[ETAG], responses={200: FlowSerializer, 403: NOT_YOURS}
    )
    def get(self, request: Request, session: str) -> Response:
        return flow_of(rules.decided_session(signed_in(request), session))

    @extend_schema(
        operation_id="change_flow",
        parameters=[SEEN_IF_SAID, ETAG],
        request=FlowChangeSerializer(partial=True),
        responses={200: FlowSerializer, 403: NOT_YOURS, 412: MEANWHILE},
    )
    def patch(self, request: Request, session: str) -> Response:
        account = signed_in(request)
        found = rules.decided_session(account, session)
        seen = if_match_said(request)
        changes = valid(FlowChangeSerializer(data=request.data, partial=True))
        return flow_of(change_flow(account=account, session=found, changes=changes, seen=seen))


class SimilarView(ApiView):
    """Many things with alike words, returned or hidden as one."""

    doors = {"GET": Door.STAFF, "POST": Door.STAFF}

    @extend_schema(
        operation_id="find_similar_reviews", responses={200: AlikeSerializer, 403: NOT_YOURS, 409: SUPERSEDED}
    )
    def get(self, request: Request, review: UUID) -> Response:
        found = alike(rules.review_for(signed_in(request), review))
        return Response(AlikeSerializer({"count": len(found), "examples": found.least_alike()}).data)

    @extend_schema(
        operation_id="turn_down_similar_reviews",
        request=TurnDownAlikeSerializer,
        responses={200: AlikeDoneSerializer, 403: NOT_YOURS, 409: SUPERSEDED},
    )
    def post(self, request: Request, review: UUID) -> Response:
        account = signed_in(request)
        found = rules.review_for(account, review)
        sent = valid(TurnDownAlikeSerializer(data=request.data))
        done = turn_down_alike(account=account, review=found, **sent)
        return Response(AlikeDoneSerializer({"done": done}).data)
