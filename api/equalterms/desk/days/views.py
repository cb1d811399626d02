"""Trying a day out before people come."""

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from equalterms.desk.days.actions import rehearse
from equalterms.desk.days.serializers import RehearsalChangeSerializer, RehearsalSerializer
from equalterms.desk.views.asked import NOT_YOURS
from equalterms.lib.api.access import ApiView, Door
from equalterms.lib.api.fields import valid
from equalterms.lib.api.schema import ProblemSerializer
from equalterms.people.rules import signed_in
from equalterms.programme.models import RoleKind
from equalterms.programme.rules import event_for

TOO_LATE = OpenApiResponse(ProblemSerializer, "`wrong-state`: it has begun, or people have sent something.")


class RehearsalView(ApiView):
    """Begins a rehearsal of the day, or ends it: then all that was sent in it is deleted."""

    doors = {"POST": Door.STAFF}

    @extend_schema(
        operation_id="rehearse_event",
        request=RehearsalChangeSerializer,
        responses={200: RehearsalSerializer, 403: NOT_YOURS, 409: TOO_LATE},
    )
    def post(self, request: Request, event: str) -> Response:
        account = signed_in(request)
        found = event_for(account, event, RoleKind.ORGANISER)
        on = valid(RehearsalChangeSerializer(data=request.data))["on"]
        return Response(RehearsalSerializer(rehearse(event=found, account=account, on=on)).data)
