"""Closing a day."""

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from equalterms.desk.actions.closing import close, confirmed
from equalterms.desk.serializers.closing import CloseSerializer
from equalterms.desk.views.asked import NOT_YOURS
from equalterms.lib.api.access import ApiView, Door
from equalterms.lib.api.fields import valid
from equalterms.lib.api.schema import ProblemSerializer
from equalterms.people.rules import signed_in
from equalterms.programme.models import RoleKind
from equalterms.programme.rules import event_for
from equalterms.programme.serializers import EventCardSerializer

REHEARSED = OpenApiResponse(ProblemSerializer, "`wrong-state`: its rehearsal goes on.")


class CloseView(ApiView):
    """Closes the day for good: it takes nothing any more, and what only the day needed is dropped."""

    doors = {"POST": Door.STAFF}

    @extend_schema(
        operation_id="close_event",
        request=CloseSerializer,
        responses={200: EventCardSerializer, 403: NOT_YOURS, 409: REHEARSED},
    )
    def post(self, request: Request, event: str) -> Response:
        found = event_for(signed_in(request), event, RoleKind.ORGANISER)
        confirmed(found, valid(CloseSerializer(data=request.data))["confirm"])
        close(event=found, account=signed_in(request))
        found.refresh_from_db()
        return Response(EventCardSerializer(found).data)
