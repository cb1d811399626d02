"""A day like another."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from equalterms.lib.api.access import ApiView, Door
from equalterms.lib.api.fields import valid
from equalterms.people.rules import signed_in
from equalterms.programme import actions
from equalterms.programme.models import RoleKind
from equalterms.programme.requests import CloneSerializer
from equalterms.programme.rules import event_for
from equalterms.programme.serializers import EventSerializer
from equalterms.programme.views.answers import ETAG, refusal
from equalterms.programme.views.events import day_of


class CloneView(ApiView):
    """A new draft with the rooms, sessions, surgeons and settings of this day."""

    doors = {"POST": Door.STAFF}

    @extend_schema(
        operation_id="clone_event",
        request=CloneSerializer,
        parameters=[ETAG],
        responses={201: EventSerializer, 403: refusal("`not-yours`"), 409: refusal("`slug-taken`")},
    )
    def post(self, request: Request, event: str) -> Response:
        account = signed_in(request)
        found = event_for(account, event, RoleKind.ORGANISER)
        data = valid(CloneSerializer(data=request.data))
        return day_of(actions.clone_event(account=account, event=found, **data), 201)
