"""Who may do what at the desk, for things that are addressed by their own id."""

from uuid import UUID

from django.db.models import Count, Q, QuerySet

from equalterms.lib.refusal import not_found
from equalterms.people.models import Account
from equalterms.programme.models import Event, Role, Session
from equalterms.programme.rules import ANSWERERS, REVIEWERS, not_yours
from equalterms.questions.models import Answer, Question
from equalterms.questions.rules import may_change_answer
from equalterms.safety.actions import find_review
from equalterms.safety.models import Review, State
from equalterms.threads.models import Comment


def admit(account: Account, event: UUID, roles: frozenset[str]) -> set[str]:
    """The roles `account` has at the event, if one of `roles` is among them. Refuses others' staff as if
    there were nothing, and the event's own staff with `not-yours`."""
    held = Role.objects.held(account, event)
    if not held:
        raise not_found()
    if not held & roles:
        raise not_yours()
    return held


def reviews_with_words() -> QuerySet[Review]:
    """What desks may see, with the words and the session of each, in one query."""
    return Review.objects.taken_in().select_related("question", "comment", "topic__session")


def counts_of(event: Event) -> dict[str, int]:
    """How much waits for a decision, as far as desks may see, and how much waits to leave."""
    held, approved = Q(state=State.HELD, taken_in=True), Q(state=State.APPROVED)
    reviews = Review.objects.filter(topic__session__event=event)
    return reviews.aggregate(held=Count("pk", filter=held), approved=Count("pk", filter=approved))


def sessions_with_counts(event: Event) -> QuerySet[Session]:
    """The event's sessions, each with the numbers `held` and `shown`."""
    held = Q(topic__reviews__state=State.HELD, topic__reviews__taken_in=True)
    shown = Q(topic__reviews__state=State.SHOWN)
    return (
        Session.objects.filter(event=event)
        .select_related("event")
        .annotate(held=Count("topic__reviews", filter=held), shown=Count("topic__reviews", filter=shown))
        .order_by("starts", "title", "id")
    )


def review_for(account: Account, ident: UUID) -> Review:
    """The review, if `account` decides on it. One that an edit replaced is `review-superseded`."""
    review = find_review(ident)
    admit(account, Session.objects.values_list("event", flat=True).get(topic=review.topic_id), REVIEWERS)
    return review


def question_for(account: Account, ident: UUID) -> Question:
    """The question, if `account` may answer it: shown, or passed for surgeons only."""
    question = Question.objects.for_desk().filter(pk=ident).select_related("session__event").first()
    if question is None:
        raise not_found()
    admit(account, question.session.event_id, ANSWERERS)
    return question


def answer_for(account: Account, ident: UUID) -> Answer:
    """The answer, if `account` may change it: whoever gave it, and organisers."""
    rows = Answer.objects.select_related("surgeon", "question__session__event")
    answer = rows.filter(pk=ident).first()
    if answer is None:
        raise not_found()
    event = answer.question.session.event_id
    admit(account, event, ANSWERERS)
    if not may_change_answer(account, answer.account_id, event):
        raise not_yours()
    return answer


def comment_for(account: Account, ident: UUID) -> tuple[Comment, set[str]]:
    """What staff said under this id, and the roles of `account` there."""
    rows = Comment.objects.filter(staff=True).select_related("session__event").with_names()
    comment = rows.filter(pk=ident).first()
    if comment is None:
        raise not_found()
    return comment, admit(account, comment.session.event_id, ANSWERERS)
