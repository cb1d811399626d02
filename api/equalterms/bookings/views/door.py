"""The door over HTTP. It sees numbers of people, and of one person what stands under a number they said."""

from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from equalterms.bookings.actions import Wanted
from equalterms.bookings.actions.doors import arrive, count_heads, give_out, give_spares
from equalterms.bookings.models import Booking, Place
from equalterms.bookings.serializers.door import (
    ArrivalsSerializer,
    ArrivalsToldSerializer,
    DoorSerializer,
    GivenSerializer,
    GiveOutSerializer,
    HeadsCountedSerializer,
    HeadsSerializer,
    SparesSerializer,
    SparesWantedSerializer,
    TicketsFoundSerializer,
    door_of,
    heads_of,
)
from equalterms.lib.api.access import ApiView, Door
from equalterms.lib.api.fields import refuse_field, valid
from equalterms.lib.api.schema import ProblemSerializer
from equalterms.lib.refusal import Refusal
from equalterms.lib.throttles import Slowdown
from equalterms.people.rules import signed_in
from equalterms.programme.models import Event, RoleKind
from equalterms.programme.rules import event_for
from equalterms.safety.serializers import OVER

NOT_YOURS = OpenApiResponse(ProblemSerializer, "Not yours to do at this event.")
NO_SPARES = OpenApiResponse(ProblemSerializer, "`enough-spares`, `day-is-over`.")
NOT_GIVEN = OpenApiResponse(ProblemSerializer, "`ticket-used`, `bookings-closed`, `day-is-over`.")
SLOW = OpenApiResponse(ProblemSerializer, "Many unknown numbers: `slow-down`. Retry-After says how long.")
TYPED = OpenApiParameter(
    "ticket", OpenApiTypes.INT, required=True, description="The number as its holder says it."
)


# A door mishears a number now and then. Whoever goes through them one by one finds many that nobody has.
unknown_numbers = Slowdown(free=20, rest=600)


def at_door(request: Request, event: str) -> Event:
    """The event, for those who are at its door, or run it."""
    return event_for(signed_in(request), event, RoleKind.DOOR, RoleKind.ORGANISER)


class DoorView(ApiView):
    """The day as its door sees it."""

    doors = {"GET": Door.STAFF}

    @extend_schema(operation_id="get_door", responses={200: DoorSerializer, 403: NOT_YOURS})
    def get(self, request: Request, event: str) -> Response:
        return Response(DoorSerializer(door_of(at_door(request, event))).data)


class SparesView(ApiView):
    """Numbers to give out later."""

    doors = {"POST": Door.STAFF}

    @extend_schema(
        operation_id="fetch_spares",
        request=SparesWantedSerializer,
        responses={201: SparesSerializer, 403: NOT_YOURS, 409: NO_SPARES},
    )
    def post(self, request: Request, event: str) -> Response:
        """Fetches numbers ahead, so that they can be given out without a network: as many as asked for, or
        as there may be. Those that nobody is given are forgotten after the day."""
        found = at_door(request, event)
        count = valid(SparesWantedSerializer(data=request.data))["count"]
        return Response(SparesSerializer({"spares": give_spares(event=found, count=count)}).data, 201)


class TicketsView(ApiView):
    """What stands under a number that was said. Nothing lists tickets."""

    doors = {"GET": Door.STAFF}

    @extend_schema(
        operation_id="find_ticket",
        parameters=[TYPED],
        responses={200: TicketsFoundSerializer, 403: NOT_YOURS, 429: SLOW},
    )
    def get(self, request: Request, event: str) -> Response:
        found = at_door(request, event)
        typed = request.query_params.get("ticket", "")
        if not (typed.isascii() and typed.isdigit() and len(typed) <= 4):
            raise refuse_field("ticket", "Please give one number of at most four digits.")
        return Response(TicketsFoundSerializer({"results": ticket_called(request, found, int(typed))}).data)


def ticket_called(request: Request, event: Event, number: int) -> list[Booking]:
    """What stands under the number, unless this account just tried many that nobody has."""
    name = (str(signed_in(request).pk), str(event.pk))
    if pause := unknown_numbers.wait(*name):
        said = "Many of these numbers are nobody's. Please wait a little, and ask for the number again."
        raise Refusal("slow-down", said, status=429, retry_after=pause)
    rows = Booking.objects.filter(event=event, ticket=number).exclude(state=Place.SPARE)
    if not (found := list(rows.select_related("session"))):
        unknown_numbers.failed(*name)
    return found


class TicketView(ApiView):
    """A number that somebody at the door is given."""

    doors = {"PUT": Door.STAFF}

    @extend_schema(
        operation_id="give_out_ticket",
        request=GiveOutSerializer,
        responses={201: GivenSerializer, 200: GivenSerializer, 403: NOT_YOURS, 409: NOT_GIVEN},
    )
    def put(self, request: Request, event: str, spare: UUID) -> Response:
        """Puts whoever was given this number in the line, also where it is full. The same again answers
        200, be it late."""
        found = at_door(request, event)
        data = valid(GiveOutSerializer(data=request.data))
        wanted = Wanted(data["labels"], data["remote"])
        given, new = give_out(event=found, spare=spare, session=data["session"], wanted=wanted)
        return Response(GivenSerializer(given).data, 201 if new else 200)


class ArrivalsView(ApiView):
    """Who has come."""

    doors = {"POST": Door.STAFF}

    @extend_schema(
        operation_id="tell_arrivals",
        request=ArrivalsToldSerializer,
        responses={200: ArrivalsSerializer, 403: NOT_YOURS, 409: OVER},
    )
    def post(self, request: Request, event: str) -> Response:
        """Checks in whoever has these numbers: once each, however often and by however many doors it is
        told."""
        found = at_door(request, event)
        tickets = valid(ArrivalsToldSerializer(data=request.data))["tickets"]
        return Response(ArrivalsSerializer({"results": arrive(event=found, tickets=tickets)}).data)


class HeadsView(ApiView):
    """What one counter has counted."""

    doors = {"PUT": Door.STAFF}

    @extend_schema(
        operation_id="count_heads",
        request=HeadsCountedSerializer,
        responses={200: HeadsSerializer, 403: NOT_YOURS, 409: OVER},
    )
    def put(self, request: Request, event: str, counter: UUID) -> Response:
        """Each counter tells its own totals, and all counters add up: told twice they count once."""
        found = at_door(request, event)
        counts = valid(HeadsCountedSerializer(data=request.data))["counts"]
        count_heads(event=found, counter=counter, counts=counts)
        return Response(HeadsSerializer(heads_of(found)).data)
