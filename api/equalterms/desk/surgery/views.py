"""The surgeon's table over HTTP."""

from uuid import UUID

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from equalterms.bookings.actions import tables
from equalterms.bookings.models import Booking
from equalterms.desk.rules import question_for
from equalterms.desk.serializers.answers import DeskQuestionSerializer
from equalterms.desk.serializers.reviews import EmptySerializer
from equalterms.desk.surgery import actions, rules
from equalterms.desk.surgery.serializers import (
    HandSerializer,
    PersonSerializer,
    SayWhereSerializer,
    TableColleagueSerializer,
    TableSerializer,
    TakenSerializer,
    TakeSerializer,
    WhereSerializer,
    WordSerializer,
)
from equalterms.desk.views.asked import NOT_YOURS
from equalterms.lib.api.access import ApiView, Door
from equalterms.lib.api.fields import valid
from equalterms.lib.api.schema import ProblemSerializer
from equalterms.lib.refusal import Refusal, not_found
from equalterms.people.rules import signed_in
from equalterms.questions.models import Question

OVER = OpenApiResponse(ProblemSerializer, "`day-is-over`: nobody is at a table any more.")
NOTHING = OpenApiResponse(ProblemSerializer, "`nothing-waits`, or there is no such event.")
NOT_HERE = OpenApiResponse(ProblemSerializer, "`not-here`: say where you are first; or `day-is-over`.")
MOVED_ON = OpenApiResponse(ProblemSerializer, "`already-taken`, with who has it, or it has moved on.")
NO_PHONE = OpenApiResponse(ProblemSerializer, "`no-reply-key`, `already-taken`, or it has moved on.")


def nothing_waits() -> Refusal:
    return Refusal("nothing-waits", "Nothing waits for you just now.", status=404)


def person(booking: Booking) -> Response:
    return Response(PersonSerializer(booking).data)


def card_of(question: UUID) -> Response:
    return Response(DeskQuestionSerializer(one_question(question)).data)


def one_question(ident: UUID) -> Question:
    """The question as the desk's queue prints it; its asker may have withdrawn it this very moment."""
    rows = Question.objects.for_desk().filter(pk=ident).select_related("session").with_answers()
    if (found := rows.first()) is None:
        raise not_found()
    return found


class TableView(ApiView):
    """A surgeon's own table."""

    doors = {"GET": Door.STAFF}

    @extend_schema(operation_id="get_table", responses={200: TableSerializer, 403: NOT_YOURS})
    def get(self, request: Request, event: str) -> Response:
        return Response(TableSerializer(rules.table_of(rules.seat_for(signed_in(request), event))).data)


class TableColleaguesView(ApiView):
    """To whom a surgeon can hand over what they have taken: who is here first."""

    doors = {"GET": Door.STAFF}

    @extend_schema(
        operation_id="list_table_colleagues",
        responses={200: TableColleagueSerializer(many=True), 403: NOT_YOURS},
    )
    def get(self, request: Request, event: str) -> Response:
        found = rules.who_can_take_over(rules.seat_for(signed_in(request), event))
        return Response(TableColleagueSerializer(found, many=True).data)


class PresenceView(ApiView):
    """Where a surgeon is. Whoever says "away" lets go of all they have taken."""

    doors = {"PUT": Door.STAFF}

    @extend_schema(
        operation_id="say_where",
        request=SayWhereSerializer,
        responses={200: WhereSerializer, 403: NOT_YOURS, 409: OVER},
    )
    def put(self, request: Request, event: str) -> Response:
        seat = rules.seat_for(signed_in(request), event)
        sent = valid(SayWhereSerializer(data=request.data))
        if sent["state"] == rules.AWAY["state"]:
            tables.go_away(event=seat.event, surgeon=seat.surgeon)
            return Response(WhereSerializer(rules.AWAY).data)
        said = tables.say_where(event=seat.event, surgeon=seat.surgeon, **sent)
        return Response(WhereSerializer(said).data)


class TakeView(ApiView):
    """Whoever, or whatever, is next: never the same for two."""

    doors = {"POST": Door.STAFF}

    @extend_schema(
        operation_id="take_next",
        request=TakeSerializer,
        responses={200: TakenSerializer, 403: NOT_YOURS, 404: NOTHING, 409: NOT_HERE},
    )
    def post(self, request: Request, event: str) -> Response:
        seat = rules.seat_for(signed_in(request), event)
        sent = valid(TakeSerializer(data=request.data))
        taken = _person(seat, sent["any"]) if sent["what"] == "person" else _question(seat, sent["any"])
        return Response(TakenSerializer({"person": None, "question": None} | taken).data)


def _person(seat: rules.Seat, anybody: bool) -> dict[str, Booking]:
    called = tables.call_next(event=seat.event, surgeon=seat.surgeon, account=seat.account, anybody=anybody)
    if called is None:
        raise nothing_waits()
    return {"person": called}


def _question(seat: rules.Seat, anything: bool) -> dict[str, Question]:
    taken = actions.take_question(seat=seat, anything=anything)
    if taken is None:
        raise nothing_waits()
    return {"question": one_question(taken)}


class ServedView(ApiView):
    """They were helped."""

    doors = {"POST": Door.STAFF}

    @extend_schema(
        operation_id="person_served",
        request=EmptySerializer,
        responses={200: PersonSerializer, 403: NOT_YOURS, 409: MOVED_ON},
    )
    def post(self, request: Request, booking: UUID) -> Response:
        freely = rules.admit_to(signed_in(request), booking, rules.HELPERS, rules.RUNNERS)
        valid(EmptySerializer(data=request.data))
        return person(tables.serve(booking=booking, account=signed_in(request), freely=freely))


class BackView(ApiView):
    """Back into the line, where they were. The door may send anybody back."""

    doors = {"POST": Door.STAFF}

    @extend_schema(
        operation_id="person_back",
        request=EmptySerializer,
        responses={200: PersonSerializer, 403: NOT_YOURS, 409: MOVED_ON},
    )
    def post(self, request: Request, booking: UUID) -> Response:
        freely = rules.admit_to(signed_in(request), booking, rules.HELPERS | rules.DOOR, rules.DOOR)
        valid(EmptySerializer(data=request.data))
        return person(tables.put_back(booking=booking, account=signed_in(request), freely=freely))


class LeftView(ApiView):
    """They went away, or did not come. The door says so of anybody, called or not."""

    doors = {"POST": Door.STAFF}

    @extend_schema(
        operation_id="person_left",
        request=EmptySerializer,
        responses={200: PersonSerializer, 403: NOT_YOURS, 409: MOVED_ON},
    )
    def post(self, request: Request, booking: UUID) -> Response:
        freely = rules.admit_to(signed_in(request), booking, rules.HELPERS | rules.DOOR, rules.DOOR)
        valid(EmptySerializer(data=request.data))
        return person(tables.let_leave(booking=booking, account=signed_in(request), freely=freely))


class WordView(ApiView):
    """A word to the phone of whoever was called, sealed."""

    doors = {"POST": Door.STAFF}

    @extend_schema(
        operation_id="send_word",
        request=WordSerializer,
        responses={200: PersonSerializer, 403: NOT_YOURS, 409: NO_PHONE},
    )
    def post(self, request: Request, booking: UUID) -> Response:
        freely = rules.admit_to(signed_in(request), booking, rules.HELPERS, rules.RUNNERS)
        text = valid(WordSerializer(data=request.data))["text"]
        account = signed_in(request)
        return person(tables.send_word(booking=booking, account=account, text=text, freely=freely))


class HandPersonView(ApiView):
    """To a colleague who is here."""

    doors = {"POST": Door.STAFF}

    @extend_schema(
        operation_id="hand_person",
        request=HandSerializer,
        responses={200: PersonSerializer, 403: NOT_YOURS, 409: MOVED_ON},
    )
    def post(self, request: Request, booking: UUID) -> Response:
        freely = rules.admit_to(signed_in(request), booking, rules.HELPERS, rules.RUNNERS)
        to = rules.colleague_for(valid(HandSerializer(data=request.data))["to"], booking)
        account = signed_in(request)
        return person(tables.hand_person(booking=booking, account=account, to=to, freely=freely))


class LetGoView(ApiView):
    """A question that was taken waits for anybody again."""

    doors = {"POST": Door.STAFF}

    @extend_schema(
        operation_id="let_go_question",
        request=EmptySerializer,
        responses={200: DeskQuestionSerializer, 403: NOT_YOURS, 409: MOVED_ON},
    )
    def post(self, request: Request, question: UUID) -> Response:
        found = question_for(signed_in(request), question)
        valid(EmptySerializer(data=request.data))
        actions.let_go_question(question=found, account=signed_in(request))
        return card_of(question)


class HandQuestionView(ApiView):
    """A question to a colleague who answers."""

    doors = {"POST": Door.STAFF}

    @extend_schema(
        operation_id="hand_question",
        request=HandSerializer,
        responses={200: DeskQuestionSerializer, 403: NOT_YOURS, 409: MOVED_ON},
    )
    def post(self, request: Request, question: UUID) -> Response:
        found = question_for(signed_in(request), question)
        sent = valid(HandSerializer(data=request.data))
        actions.hand_question(question=found, account=signed_in(request), **sent)
        return card_of(question)
