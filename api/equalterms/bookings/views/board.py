"""The board in the room: numbers that are called, how long it takes, and where everybody is."""

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from equalterms.bookings.serializers.lines import BoardSerializer, board_of
from equalterms.lib.api.access import ApiView, Door
from equalterms.lib.api.schema import ProblemSerializer
from equalterms.people.rules import signed_in
from equalterms.programme.rules import event_for

NOT_YOURS = OpenApiResponse(ProblemSerializer, "Not yours to see at this event.")


class BoardView(ApiView):
    """The day's lines as the room sees them. Tables are named here, also where the day has a code."""

    doors = {"GET": Door.STAFF}

    @extend_schema(operation_id="get_board", responses={200: BoardSerializer, 403: NOT_YOURS})
    def get(self, request: Request, event: str) -> Response:
        return Response(BoardSerializer(board_of(event_for(signed_in(request), event))).data)
