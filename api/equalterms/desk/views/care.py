"""The care lane: what may need a kind, quick answer, and who sees to it; and what is let stand."""

from uuid import UUID

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from equalterms.desk import rules
from equalterms.desk.actions.caring import ask_for_lead, care_for, hand_to, let_stand
from equalterms.desk.serializers.care import (
    AskedForLeadSerializer,
    AskForLeadSerializer,
    CareSerializer,
    ClaimSerializer,
    ColleagueSerializer,
)
from equalterms.desk.serializers.reviews import DecidedSerializer, EmptySerializer, ReviewSerializer
from equalterms.desk.views.asked import NOT_YOURS
from equalterms.desk.views.reviews import decided
from equalterms.lib.api.access import ApiView, Door
from equalterms.lib.api.fields import valid
from equalterms.lib.api.schema import ProblemSerializer
from equalterms.people.rules import signed_in
from equalterms.programme.rules import lead_of
from equalterms.safety.actions import claimant, superseded

SUPERSEDED = OpenApiResponse(ProblemSerializer, "It was edited, or somebody decided meanwhile.")
TAKEN = OpenApiResponse(ProblemSerializer, "`already-taken`, with who sees to it, or `review-superseded`.")


def item_of(review: UUID) -> Response:
    """The review as desks read it; its asker may have edited or withdrawn it this very moment."""
    found = rules.reviews_with_words().filter(pk=review).first()
    if found is None:
        raise superseded()
    return Response(ReviewSerializer(found).data)


class CareView(ApiView):
    """Into the care lane, or seen to."""

    doors = {"POST": Door.STAFF}

    @extend_schema(
        operation_id="care_for_review",
        request=CareSerializer,
        responses={200: ReviewSerializer, 403: NOT_YOURS, 409: SUPERSEDED},
    )
    def post(self, request: Request, review: UUID) -> Response:
        rules.review_for(signed_in(request), review)
        sent = valid(CareSerializer(data=request.data))
        care_for(review=review, account=signed_in(request), care=sent["care"])
        return item_of(review)


class ClaimView(ApiView):
    """Taking something to see to, handing it over, giving it back to the safety lead."""

    doors = {"POST": Door.STAFF}

    @extend_schema(
        operation_id="claim_review",
        request=ClaimSerializer,
        responses={200: ReviewSerializer, 403: NOT_YOURS, 409: TAKEN},
    )
    def post(self, request: Request, review: UUID) -> Response:
        rules.review_for(signed_in(request), review)
        sent = valid(ClaimSerializer(data=request.data))
        hand_to(review=review, account=signed_in(request), **sent)
        return item_of(review)


class KeepView(ApiView):
    """Letting something stand that people reported: it unfolds, and no report of it counts any more."""

    doors = {"POST": Door.STAFF}

    @extend_schema(
        operation_id="keep_review",
        request=EmptySerializer,
        responses={200: DecidedSerializer, 403: NOT_YOURS, 409: SUPERSEDED},
    )
    def post(self, request: Request, review: UUID) -> Response:
        rules.review_for(signed_in(request), review)
        valid(EmptySerializer(data=request.data))
        return decided(let_stand(review=review, account=signed_in(request)))


class AskForLeadView(ApiView):
    """Whoever answers may ask the safety lead to look as well."""

    doors = {"POST": Door.STAFF}

    @extend_schema(
        operation_id="ask_for_safety_lead",
        request=AskForLeadSerializer,
        responses={200: AskedForLeadSerializer, 403: NOT_YOURS, 409: SUPERSEDED},
    )
    def post(self, request: Request, question: UUID) -> Response:
        found = rules.question_for(signed_in(request), question)
        valid(AskForLeadSerializer(data=request.data))
        ask_for_lead(question=found, account=signed_in(request))
        owner = claimant(found.review) or lead_of(found.session.event)
        return Response(AskedForLeadSerializer({"id": question, "care": True, "owner": owner}).data)


class ColleaguesView(ApiView):
    """The staff of a day, by name; e-mails are nobody else's. Co-moderators find those who decide in their
    session."""

    doors = {"GET": Door.STAFF}

    @extend_schema(
        operation_id="list_colleagues", responses={200: ColleagueSerializer(many=True), 403: NOT_YOURS}
    )
    def get(self, request: Request, event: str) -> Response:
        return Response(ColleagueSerializer(rules.colleagues_for(signed_in(request), event), many=True).data)
