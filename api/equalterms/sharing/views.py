"""What everybody may know of how a session is moderated, and what somebody may of their own things."""

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from equalterms.lib.api.access import ApiView, Door, receipt_of
from equalterms.lib.api.fields import valid
from equalterms.lib.api.schema import ProblemSerializer
from equalterms.programme.rules import visible_session
from equalterms.sharing.receipts import found_receipt, show_to_lead
from equalterms.sharing.rules import tally_of
from equalterms.sharing.serializers import (
    FoundReceiptSerializer,
    LookupSerializer,
    OpeningSerializer,
    TallySerializer,
)

NOT_THIS_NOTE = OpenApiResponse(ProblemSerializer, "`cannot-open-note`: another note, or none with words.")


class TallyView(ApiView):
    """How much was shown, and roughly how much was returned, hidden and merged."""

    doors = {"GET": Door.PUBLIC}

    @extend_schema(operation_id="get_tally", responses=TallySerializer)
    def get(self, request: Request, session: str) -> Response:
        return Response(TallySerializer(tally_of(visible_session(session))).data)


class LookupView(ApiView):
    """For words typed on a second phone. Wrong and unknown receipts get one and the same answer."""

    doors = {"POST": Door.ANONYMOUS}

    @extend_schema(
        operation_id="look_up_receipt",
        request=LookupSerializer,
        responses={200: FoundReceiptSerializer, 404: ProblemSerializer},
    )
    def post(self, request: Request) -> Response:
        auth = valid(LookupSerializer(data=request.data))["auth"]
        return Response(FoundReceiptSerializer(found_receipt(auth)).data)


class ShowNoteView(ApiView):
    """Showing the safety lead what staff wrote in private: the one note in the receipt's box, opened by its
    holder. What is read is the note as it was sealed, so nothing can be made up. Needs no proof of work."""

    doors = {"POST": Door.RECEIPT}

    @extend_schema(
        operation_id="show_note_to_safety_lead",
        request=OpeningSerializer,
        responses={204: None, 404: ProblemSerializer, 409: NOT_THIS_NOTE},
    )
    def post(self, request: Request) -> Response:
        opening = valid(OpeningSerializer(data=request.data))["opening"]
        show_to_lead(auth=receipt_of(request), opening=opening)
        return Response(status=204)
