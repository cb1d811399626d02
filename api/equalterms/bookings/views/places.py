"""Booking a place from home, coming, cancelling: by receipt, without a name."""

from uuid import UUID

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from equalterms.bookings import actions
from equalterms.bookings.models import Booking
from equalterms.bookings.rules import outward
from equalterms.bookings.serializers.places import BookedSerializer, BookSerializer, ComeSerializer
from equalterms.lib.api.access import ApiView, Door, network_of, receipt_of
from equalterms.lib.api.fields import client_made, valid
from equalterms.lib.api.schema import ProblemSerializer
from equalterms.programme.rules import visible_session
from equalterms.safety import proofs
from equalterms.safety.models import SubjectKind
from equalterms.safety.receipts import Claimed
from equalterms.safety.serializers import GONE, NEEDS_PROOF

NOT_BOOKED = OpenApiResponse(
    ProblemSerializer, "`already-asked`, `id-taken`, `bookings-closed` or `day-is-over`."
)
NOT_HERE = OpenApiResponse(
    ProblemSerializer,
    "`session-full`, `booking-over`, `day-is-over`, or `bookings-closed` where it was cancelled.",
)
NOT_CANCELLED = OpenApiResponse(ProblemSerializer, "`booking-over`.")


def told(booking: Booking, status: int = 200) -> Response:
    body = {"id": booking.pk, "state": outward(booking.state), "ticket": booking.ticket}
    return Response(BookedSerializer(body).data, status=status)


class BookingView(ApiView):
    """One booking, of which only its receipt knows."""

    doors = {"PUT": Door.ANONYMOUS, "DELETE": Door.RECEIPT}

    @extend_schema(
        operation_id="book_place",
        request=BookSerializer,
        responses={
            201: BookedSerializer, 200: BookedSerializer, 403: NEEDS_PROOF, 409: NOT_BOOKED, 410: GONE,
        },
    )  # fmt: skip
    def put(self, request: Request, session: str, booking: UUID) -> Response:
        """Keeps a place, or one on the waiting list (`waiting`), which moves up by itself every half
        minute. The same again answers 200."""
        found = visible_session(session)
        data = valid(BookSerializer(data=request.data))
        claimed = Claimed(SubjectKind.BOOKING, client_made(booking), data["auth"], data["reply_key"])
        wanted = actions.Wanted(data["labels"], data["remote"])
        before = actions.booked_before(session=found, claimed=claimed, wanted=wanted)
        if before is not None:
            return told(before)
        with proofs.spending(data.get("proof"), "book", found, network=network_of(request)):
            return told(actions.book(session=found, claimed=claimed, wanted=wanted), 201)

    @extend_schema(operation_id="cancel_booking", responses={204: None, 409: NOT_CANCELLED, 410: GONE})
    def delete(self, request: Request, session: str, booking: UUID) -> Response:
        actions.cancel(session=visible_session(session), ident=booking, auth=receipt_of(request))
        return Response(status=204)


class HereView(ApiView):
    """Somebody who booked has come, and says so from their own phone."""

    doors = {"POST": Door.RECEIPT}

    @extend_schema(
        operation_id="come_to_booking",
        request=ComeSerializer,
        responses={200: BookedSerializer, 409: NOT_HERE, 410: GONE},
    )
    def post(self, request: Request, session: str, booking: UUID) -> Response:
        valid(ComeSerializer(data=request.data))
        found = visible_session(session)
        return told(actions.come(session=found, ident=booking, auth=receipt_of(request)))
