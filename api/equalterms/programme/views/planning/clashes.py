"""Warnings of what cannot be: one room, or one surgeon, in two places at once."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from equalterms.lib.api.access import ApiView, Door
from equalterms.people.rules import signed_in
from equalterms.programme.clashes import clashes_of
from equalterms.programme.models import RoleKind
from equalterms.programme.rules import event_for
from equalterms.programme.serializers import ClashesSerializer
from equalterms.programme.views.answers import refusal


class ClashesView(ApiView):
    """Pairs of sessions that overlap in a room or with a surgeon, the earliest first; at most 200."""

    doors = {"GET": Door.STAFF}

    @extend_schema(
        operation_id="list_clashes", responses={200: ClashesSerializer, 403: refusal("`not-yours`")}
    )
    def get(self, request: Request, event: str) -> Response:
        found = event_for(signed_in(request), event, RoleKind.ORGANISER)
        return Response(ClashesSerializer({"clashes": clashes_of(found)}).data)
