"""The desk of a day over HTTP: staff only."""

from typing import Any, cast
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from equalterms.desk import rules
from equalterms.desk.actions import Decision, decide, decide_many
from equalterms.desk.serializers import (
    ActSerializer,
    BulkDoneSerializer,
    BulkSerializer,
    DeskQuestionSerializer,
    DeskSerializer,
    HideSerializer,
    ReturnSerializer,
    ReviewSerializer,
    ShowSerializer,
)
from equalterms.lib import pages
from equalterms.lib.api.access import ApiView, Door
from equalterms.lib.api.fields import refuse_field, valid
from equalterms.lib.api.schema import ProblemSerializer
from equalterms.people.models import Account, Act
from equalterms.programme.models import Event, Role, Session
from equalterms.programme.rules import ANSWERERS, REVIEWERS, event_for, session_for
from equalterms.questions import actions as questions
from equalterms.questions.models import Question
from equalterms.questions.serializers import AnswerEditSerializer, AnswerSerializer, AnswerWriteSerializer
from equalterms.safety.models import State
from equalterms.threads import actions as threads
from equalterms.threads.serializers import CommentSerializer, RespeakSerializer, SpeakSerializer

# Care first, then by the quarter hour; within it in random order.
QUEUE = ["-care", "slot", "shuffle", "id"]
NOT_YOURS = OpenApiResponse(ProblemSerializer, "Not yours to do at this event.")
SUPERSEDED = OpenApiResponse(ProblemSerializer, "It was edited, or somebody decided before.")
SESSION = OpenApiParameter("session", OpenApiTypes.STR, description="Only of this session: UUID or code.")


def staff(request: Request) -> Account:
    """Who is signed in; the door let nobody else through."""
    return cast(Account, request.user)


def chosen(request: Request, name: str, words: list[str], default: str) -> str:
    """A query parameter that is one of a few words; refuses any other."""
    word = request.query_params.get(name, default)
    if word not in words:
        raise refuse_field(name, "Please choose one of: " + ", ".join(words) + ".")
    return word


def sessions_wanted(request: Request, event: Event) -> QuerySet[Session]:
    """The event's sessions, or the one asked for; none of another event."""
    rows = Session.objects.filter(event=event)
    ref = request.query_params.get("session")
    return rows.called(ref) if ref is not None else rows


class DeskView(ApiView):
    """How a day stands."""

    doors = {"GET": Door.STAFF}

    @extend_schema(operation_id="get_desk", responses={200: DeskSerializer, 403: NOT_YOURS})
    def get(self, request: Request, event: str) -> Response:
        found = event_for(staff(request), event)
        desk = {
            "event": found,
            "roles": sorted(Role.objects.held(staff(request), found.pk)),
            "counts": rules.counts_of(found),
            "sessions": rules.sessions_with_counts(found),
        }
        return Response(DeskSerializer(desk).data)


class ReviewsView(ApiView):
    """What is under review: nothing of an asker but the words."""

    doors = {"GET": Door.STAFF}

    @extend_schema(
        operation_id="list_reviews",
        parameters=[OpenApiParameter("state", enum=State.values, default="held"), SESSION, *pages.PARAMETERS],
        responses={200: pages.schema_of(ReviewSerializer), 403: NOT_YOURS},
    )
    def get(self, request: Request, event: str) -> Response:
        found = event_for(staff(request), event, *REVIEWERS)
        state = chosen(request, "state", State.values, State.HELD)
        rows = rules.reviews_with_words().filter(
            topic__session__in=sessions_wanted(request, found), state=state
        )
        return pages.page(request, rows, QUEUE, ReviewSerializer)


class DecisionView(ApiView):
    """One decision on one review."""

    doors = {"POST": Door.STAFF}
    responses: Any = {200: ReviewSerializer, 403: NOT_YOURS, 409: SUPERSEDED}

    def decide(self, request: Request, review: UUID, act: str, sent: dict[str, Any]) -> Response:
        rules.review_for(staff(request), review)
        decide(review=review, account=staff(request), decision=Decision(act, **sent))
        return Response(ReviewSerializer(rules.reviews_with_words().get(pk=review)).data)


class ShowView(DecisionView):
    @extend_schema(operation_id="show_review", request=ShowSerializer, responses=DecisionView.responses)
    def post(self, request: Request, review: UUID) -> Response:
        return self.decide(request, review, "show", valid(ShowSerializer(data=request.data)))


class ReturnView(DecisionView):
    @extend_schema(operation_id="return_review", request=ReturnSerializer, responses=DecisionView.responses)
    def post(self, request: Request, review: UUID) -> Response:
        return self.decide(request, review, "return", valid(ReturnSerializer(data=request.data)))


class HideView(DecisionView):
    @extend_schema(operation_id="hide_review", request=HideSerializer, responses=DecisionView.responses)
    def post(self, request: Request, review: UUID) -> Response:
        return self.decide(request, review, "hide", valid(HideSerializer(data=request.data)))


class BulkView(ApiView):
    """One decision on many reviews, each for itself."""

    doors = {"POST": Door.STAFF}

    @extend_schema(
        operation_id="decide_reviews",
        request=BulkSerializer,
        responses={200: BulkDoneSerializer, 403: NOT_YOURS},
    )
    def post(self, request: Request, event: str) -> Response:
        found = event_for(staff(request), event, *REVIEWERS)
        sent = valid(BulkSerializer(data=request.data))
        reviews = sent.pop("reviews")
        done, refused = decide_many(
            event=found.pk, account=staff(request), reviews=reviews, decision=Decision(**sent)
        )
        body = {"done": done, "refused": [{"id": ident, "code": code} for ident, code in refused]}
        return Response(BulkDoneSerializer(body).data)


class QueueView(ApiView):
    """The questions that surgeons may answer, those for surgeons only among them."""

    doors = {"GET": Door.STAFF}
    STATES = ["unanswered", "answered"]

    @extend_schema(
        operation_id="list_desk_questions",
        parameters=[
            OpenApiParameter("state", enum=STATES, default="unanswered"), SESSION, *pages.PARAMETERS,
        ],
        responses={200: pages.schema_of(DeskQuestionSerializer), 403: NOT_YOURS},
    )  # fmt: skip
    def get(self, request: Request, event: str) -> Response:
        found = event_for(staff(request), event, *ANSWERERS)
        state = chosen(request, "state", self.STATES, "unanswered")
        rows = Question.objects.for_desk().filter(session__in=sessions_wanted(request, found))
        rows = rows.answered() if state == "answered" else rows.unanswered()
        rows = rows.select_related("session").with_answers()
        return pages.page(request, rows, ["slot", "shuffle", "id"], DeskQuestionSerializer)


class AnswersView(ApiView):
    """Answering. A question for surgeons only gets its answer in a sealed note, and nowhere else."""

    doors = {"POST": Door.STAFF}

    @extend_schema(
        operation_id="answer_question",
        request=AnswerWriteSerializer,
        responses={
            201: AnswerSerializer,
            403: NOT_YOURS,
            409: OpenApiResponse(ProblemSerializer, "This asker left no way to reply in private."),
        },
    )
    def post(self, request: Request, question: UUID) -> Response:
        rules.question_for(staff(request), question)
        sent = valid(AnswerWriteSerializer(data=request.data))
        made = questions.answer(question=question, account=staff(request), **sent)
        return Response(AnswerSerializer(made).data, status=201)


class AnswerView(ApiView):
    """Changing or removing an answer: whoever gave it, and organisers."""

    doors = {"PATCH": Door.STAFF, "DELETE": Door.STAFF}

    @extend_schema(
        operation_id="edit_answer",
        request=AnswerEditSerializer,
        responses={
            200: AnswerSerializer,
            403: NOT_YOURS,
            409: OpenApiResponse(ProblemSerializer, "This asker left no way to reply in private."),
        },
    )
    def patch(self, request: Request, answer: UUID) -> Response:
        found = rules.answer_for(staff(request), answer)
        sent = valid(AnswerEditSerializer(data=request.data))
        return Response(AnswerSerializer(questions.change_answer(answer=found, text=sent["text"])).data)

    @extend_schema(operation_id="remove_answer", request=None, responses={204: None, 403: NOT_YOURS})
    def delete(self, request: Request, answer: UUID) -> Response:
        questions.remove_answer(answer=rules.answer_for(staff(request), answer))
        return Response(status=204)


class SpeakView(ApiView):
    """Staff take part in a thread under their own name, or as the organisers."""

    doors = {"POST": Door.STAFF}

    @extend_schema(
        operation_id="speak_in_thread",
        request=SpeakSerializer,
        responses={
            201: CommentSerializer,
            403: NOT_YOURS,
            409: OpenApiResponse(ProblemSerializer, "No such parent, or too deep."),
        },
    )
    def post(self, request: Request, session: str) -> Response:
        found = session_for(staff(request), session, *ANSWERERS)
        sent = valid(SpeakSerializer(data=request.data))
        roles = Role.objects.held(staff(request), found.event_id)
        made = threads.speak(session=found, account=staff(request), roles=roles, **sent)
        return Response(CommentSerializer(made).data, status=201)


class SpokenView(ApiView):
    """Changing or removing what one said oneself, or what "the organisers" said for one of them."""

    doors = {"PATCH": Door.STAFF, "DELETE": Door.STAFF}

    @extend_schema(
        operation_id="edit_staff_comment",
        request=RespeakSerializer,
        responses={200: CommentSerializer, 403: NOT_YOURS},
    )
    def patch(self, request: Request, comment: UUID) -> Response:
        found, roles = rules.comment_for(staff(request), comment)
        sent = valid(RespeakSerializer(data=request.data))
        changed = threads.change_words(comment=found, account=staff(request), roles=roles, **sent)
        return Response(CommentSerializer(changed).data)

    @extend_schema(operation_id="remove_staff_comment", request=None, responses={204: None, 403: NOT_YOURS})
    def delete(self, request: Request, comment: UUID) -> Response:
        found, roles = rules.comment_for(staff(request), comment)
        threads.take_back(comment=found, account=staff(request), roles=roles)
        return Response(status=204)


class ActsView(ApiView):
    """The audit list: who of the staff did what. The newest quarter hour first."""

    doors = {"GET": Door.STAFF}

    @extend_schema(
        operation_id="list_acts",
        parameters=pages.PARAMETERS,
        responses={200: pages.schema_of(ActSerializer), 403: NOT_YOURS},
    )
    def get(self, request: Request, event: str) -> Response:
        found = event_for(staff(request), event, *REVIEWERS)
        rows = Act.objects.filter(event=found.pk).select_related("account")
        return pages.page(request, rows, ["-slot", "id"], ActSerializer)
