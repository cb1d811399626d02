"""What reviews show and stop showing, and what the clock lets go."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from equalterms.programme.models import Session
from equalterms.questions import actions as questions
from equalterms.questions.models import Question
from equalterms.safety.actions import (
    release,
    sessions_waiting,
)
from equalterms.safety.models import Review, SubjectKind
from equalterms.threads import actions as threads
from equalterms.threads.models import Comment


def reveal(*, session: Session, reviews: Sequence[Review]) -> None:
    """Puts what these reviews show before the public, in their order, in the caller's transaction."""
    place = {review.subject: number for number, review in enumerate(reviews)}
    comments = list(Comment.objects.filter(pk__in=place).select_related("voice"))
    asked = list(Question.objects.filter(pk__in=place))
    comments.sort(key=lambda comment: place[comment.pk])
    asked.sort(key=lambda question: place[question.pk])
    threads.reveal(session=session, comments=comments)
    questions.reveal(session=session, questions=asked)


def conceal(session: Session, review: Review) -> None:
    """Takes what the review showed off the page. It comes first, so that topics are locked in order."""
    if review.kind == SubjectKind.QUESTION:
        for question in Question.objects.filter(review=review).select_related("session__event"):
            questions.conceal(question=question)
    else:
        for comment in Comment.objects.filter(review=review).select_related("session__event"):
            threads.conceal(comment=comment)


def release_due(now: datetime | None = None) -> int:
    """Lets go what leaves at this tick, session by session; gives how many left."""
    left = 0
    for session in sessions_waiting():
        with transaction.atomic():
            reviews = release(session=session, now=now)
            reveal(session=session, reviews=reviews)
            left += len(reviews)
    return left
