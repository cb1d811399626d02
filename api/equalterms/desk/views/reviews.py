"""Deciding on what was sent, before or after others read it."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from equalterms.desk import rules
from equalterms.desk.actions import Decision, decide, decide_many, merge, unmerge
from equalterms.desk.serializers.reviews import (
    BulkDoneSerializer,
    BulkSerializer,
    DecidedSerializer,
    EmptySerializer,
    HideSerializer,
    MergeSerializer,
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
from equalterms.safety.actions import superseded
from equalterms.safety.models import Review, State

# Care first, then by the quarter hour; within it in random order.
QUEUE = ["-care", "slot", "shuffle", "id"]
LANES = {"care": QUEUE, "reported": ["-folded", "slot", "shuffle", "id"]}
SUPERSEDED = OpenApiResponse(ProblemSerializer, "It was edited, or somebody decided before.")
APART = OpenApiResponse(ProblemSerializer, "`cannot-merge`, or one of the two has moved on.")


def decided(done: Review) -> Response:
    """The review as it stands now, and the act under which that can be undone."""
    found = rules.reviews_with_words().filter(pk=done.pk).first()
    if found is None:  # withdrawn or edited in this very moment
        raise superseded()
    found.act = done.act
    return Response(DecidedSerializer(found).data)


class ReviewsView(ApiView):
    """What is under review: nothing of an asker but the words."""

    doors = {"GET": Door.STAFF}

    @extend_schema(
        operation_id="list_reviews",
        parameters=[
            OpenApiParameter("state", enum=State.values, default="held"),
            OpenApiParameter(
                "lane", enum=list(LANES), description="What calls for care, or what is reported; any state."
            ),
            SESSION,
            *pages.PARAMETERS,
        ],
        responses={200: pages.schema_of(ReviewSerializer), 403: NOT_YOURS},
    )
    def get(self, request: Request, event: str) -> Response:
        reach = rules.reach_of(signed_in(request), event)
        state, lane = (
            chosen(request, "state", State.values, State.HELD),
            chosen(request, "lane", [*LANES, ""], ""),
        )
        rows = rules.reviews_with_words().filter(
            topic__session__in=reach.within(sessions_wanted(request, reach.event))
        )
        rows = rules.in_lane(rows, lane) if lane else rows.filter(state=state)
        return pages.page(request, rows, LANES.get(lane, QUEUE), ReviewSerializer)


class DecisionView(ApiView):
    """Deciding answers the review as it stands now."""

    doors = {"POST": Door.STAFF}
    responses: Any = {200: DecidedSerializer, 403: NOT_YOURS, 409: SUPERSEDED}

    def decide(self, request: Request, review: UUID, act: str, sent: dict[str, Any]) -> Response:
        rules.review_for(signed_in(request), review)
        return decided(decide(review=review, account=signed_in(request), decision=Decision(act, **sent)))


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


class MergeView(ApiView):
    """A question that asks what another one asks: one is shown, and the votes of both count for it."""

    doors = {"POST": Door.STAFF}

    @extend_schema(
        operation_id="merge_review",
        request=MergeSerializer,
        responses={200: DecidedSerializer, 403: NOT_YOURS, 409: APART},
    )
    def post(self, request: Request, review: UUID) -> Response:
        rules.review_for(signed_in(request), review)
        sent = valid(MergeSerializer(data=request.data))
        return decided(merge(review=review, account=signed_in(request), **sent))


class UnmergeView(ApiView):
    """Takes a question out of the one it was merged into."""

    doors = {"POST": Door.STAFF}

    @extend_schema(
        operation_id="unmerge_review",
        request=EmptySerializer,
        responses={200: DecidedSerializer, 403: NOT_YOURS, 409: SUPERSEDED},
    )
    def post(self, request: Request, review: UUID) -> Response:
        rules.review_for(signed_in(request), review)
        valid(EmptySerializer(data=request.data))
        return decided(unmerge(review=review, account=signed_in(request)))


class BulkView(ApiView):
    """One decision on many reviews, each for itself."""

    doors = {"POST": Door.STAFF}

    @extend_schema(
        operation_id="decide_reviews",
        request=BulkSerializer,
        responses={200: BulkDoneSerializer, 403: NOT_YOURS},
    )
    def post(self, request: Request, event: str) -> Response:
        found = rules.reach_of(signed_in(request), event).event
        sent = valid(BulkSerializer(data=request.data))
        reviews = sent.pop("reviews")
        done, refused = decide_many(
            event=found.pk, account=signed_in(request), reviews=reviews, decision=Decision(**sent)
        )
        body = {"done": done, "refused": [{"id": ident, "code": code} for ident, code in refused]}
        return Response(BulkDoneSerializer(body).data)
