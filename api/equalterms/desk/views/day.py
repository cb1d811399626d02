"""How a day stands, and who of its staff did what."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from equalterms.desk import rules
from equalterms.desk.serializers import (
    ActSerializer,
    DeskSerializer,
)
from equalterms.desk.views.asked import NOT_YOURS
from equalterms.lib import pages
from equalterms.lib.api.access import ApiView, Door
from equalterms.people.models import Act
from equalterms.people.rules import signed_in
from equalterms.programme.models import Role
from equalterms.programme.rules import REVIEWERS, event_for


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
        found = event_for(signed_in(request), event, *REVIEWERS)
        rows = Act.objects.filter(event=found.pk).select_related("account")
        return pages.page(request, rows, ["-slot", "id"], ActSerializer)
