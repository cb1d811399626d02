"""How a day stands, and who of its staff did what."""

from uuid import UUID

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from equalterms.desk import rules
from equalterms.desk.actions import undo
from equalterms.desk.serializers.day import (
    ActSerializer,
    DeskSerializer,
)
from equalterms.desk.serializers.reviews import EmptySerializer, ReviewSerializer
from equalterms.desk.views.asked import NOT_YOURS
from equalterms.desk.views.care import item_of
from equalterms.lib import pages
from equalterms.lib.api.access import ApiView, Door
from equalterms.lib.api.fields import valid
from equalterms.lib.api.schema import ProblemSerializer
from equalterms.people.rules import signed_in
from equalterms.programme.models import Role
from equalterms.programme.rules import event_for

OVER = OpenApiResponse(ProblemSerializer, "`too-late-to-undo`, or it has moved on since.")


class DeskView(ApiView):
    """How a day stands."""

    doors = {"GET": Door.STAFF}

    @extend_schema(operation_id="get_desk", responses={200: DeskSerializer, 403: NOT_YOURS})
    def get(self, request: Request, event: str) -> Response:
        found = event_for(signed_in(request), event)
        desk = {
            "event": found,
            "roles": sorted(Role.objects.held(signed_in(request), found.pk)),
            "counts": rules.counts_of(found),
            "sessions": rules.sessions_with_counts(found),
            "safety_lead": found.safety_lead_id,
            "keep_days": found.keep_days,
            "labels": found.labels,
        }
        return Response(DeskSerializer(desk).data)


class ActsView(ApiView):
    """The audit list: who of the staff did what. The newest quarter hour first."""

    doors = {"GET": Door.STAFF}

    @extend_schema(
        operation_id="list_acts",
        parameters=pages.PARAMETERS,
        responses={200: pages.schema_of(ActSerializer), 403: NOT_YOURS},
    )
    def get(self, request: Request, event: str) -> Response:
        rows = rules.acts_within(rules.reach_of(signed_in(request), event)).select_related("account")
        return pages.page(request, rows, ["-slot", "id"], ActSerializer)


class UndoView(ApiView):
    """Takes a decision back, while its ten minutes run: anybody who decides at the event may."""

    doors = {"POST": Door.STAFF}

    @extend_schema(
        operation_id="undo_act",
        request=EmptySerializer,
        responses={200: ReviewSerializer, 403: NOT_YOURS, 409: OVER},
    )
    def post(self, request: Request, act: UUID) -> Response:
        line = rules.act_for(signed_in(request), act)
        valid(EmptySerializer(data=request.data))
        done = undo(act=line, account=signed_in(request))
        return item_of(done.pk)
