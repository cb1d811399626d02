"""Deciding on what was sent, before or after others read it."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from equalterms.desk import rules
from equalterms.desk.actions import Decision, decide, decide_many
from equalterms.desk.serializers import (
    BulkDoneSerializer,
    BulkSerializer,
    HideSerializer,
    ReturnSerializer,
    ReviewSerializer,
    ShowSerializer,
)
from equalterms.desk.views.asked import NOT_YOURS, SESSION, chosen, sessions_wanted
from equalterms.lib import pages
from equalterms.lib.api.access import ApiView, Door
from equalterms.lib.api.fields import valid
from equalterms.lib.api.schema import ProblemSerializer
from equalterms.people.rules import signed_in
from equalterms.programme.rules import REVIEWERS, event_for
from equalterms.safety.models import State

# Care first, then by the quarter hour; within it in random order.
QUEUE = ["-care", "slot", "shuffle", "id"]
SUPERSEDED = OpenApiResponse(ProblemSerializer, "It was edited, or somebody decided before.")


class ReviewsView(ApiView):
    """What is under review: nothing of an asker but the words."""

    doors = {"GET": Door.STAFF}

    @extend_schema(
        operation_id="list_reviews",
        parameters=[OpenApiParameter("state", enum=State.values, default="held"), SESSION, *pages.PARAMETERS],
        responses={200: pages.schema_of(ReviewSerializer), 403: NOT_YOURS},
    )
    def get(self, request: Request, event: str) -> Response:
        found = event_for(signed_in(request), event, *REVIEWERS)
        state = chosen(request, "state", State.values, State.HELD)
        rows = rules.reviews_with_words().filter(
            topic__session__in=sessions_wanted(request, found), state=state
        )
        return pages.page(request, rows, QUEUE, ReviewSerializer)


class DecisionView(ApiView):
    """One decision on one review."""

    doors = {"POST": Door.STAFF}
    responses: Any = {200: ReviewSerializer, 403: NOT_YOURS, 409: SUPERSEDED}

    def decide(self, request: Request, review: UUID, act: str, sent: dict[str, Any]) -> Response:
        rules.review_for(signed_in(request), review)
        decide(review=review, account=signed_in(request), decision=Decision(act, **sent))
        return Response(ReviewSerializer(rules.reviews_with_words().get(pk=review)).data)


class ShowView(DecisionView):
    @extend_schema(operation_id="show_review", request=ShowSerializer, responses=DecisionView.responses)
    def post(self, request: Request, review: UUID) -> Response:
        return self.decide(request, review, "show", valid(ShowSerializer(data=request.data)))


class ReturnView(DecisionView):
    @extend_schema(operation_id="return_review", request=ReturnSerializer, responses=DecisionView.responses)
    def post(self, request: Request, review: UUID) -> Response:
        return self.decide(request, review, "return", valid(ReturnSerializer(data=request.data)))


class HideView(DecisionView):
    @extend_schema(operation_id="hide_review", request=HideSerializer, responses=DecisionView.responses)
    def post(self, request: Request, review: UUID) -> Response:
        return self.decide(request, review, "hide", valid(HideSerializer(data=request.data)))


class BulkView(ApiView):
    """One decision on many reviews, each for itself."""

    doors = {"POST": Door.STAFF}

    @extend_schema(
        operation_id="decide_reviews",
        request=BulkSerializer,
        responses={200: BulkDoneSerializer, 403: NOT_YOURS},
    )
    def post(self, request: Request, event: str) -> Response:
        found = event_for(signed_in(request), event, *REVIEWERS)
        sent = valid(BulkSerializer(data=request.data))
        reviews = sent.pop("reviews")
        done, refused = decide_many(
            event=found.pk, account=signed_in(request), reviews=reviews, decision=Decision(**sent)
        )
        body = {"done": done, "refused": [{"id": ident, "code": code} for ident, code in refused]}
        return Response(BulkDoneSerializer(body).data)
