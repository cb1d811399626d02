"""What moderators decide, and what the clock lets go: review below, questions and threads beside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from equalterms.desk.rules import review_for
from equalterms.lib.refusal import Refusal
from equalterms.people.models import Account
from equalterms.programme.models import Session
from equalterms.questions import actions as questions
from equalterms.questions.models import Question
from equalterms.safety.actions import (
    approve,
    leave_note,
    release,
    session_of,
    sessions_waiting,
    superseded,
    turn_down,
)
from equalterms.safety.models import MOVES, Review, State, SubjectKind
from equalterms.safety.rules import outward
from equalterms.threads import actions as threads
from equalterms.threads.models import Comment

DECISIONS = {"show": State.SHOWN, "return": State.RETURNED, "hide": State.HIDDEN}


@dataclass(frozen=True)
class Decision:
    """`act` is show, return or hide; the last two have a reason. `seen` is the state it was read in."""

    act: str
    reason: str = ""
    note: str = ""
    seen: str = ""


@transaction.atomic
def decide(*, review: UUID, account: Account, decision: Decision) -> Review:
    """Shows, returns or hides what is under review, and tells its asker what only they may know.

    Refuses `review-superseded` where an edit replaced the review or somebody decided before: what is
    shown is always what this moderator read. Refuses `note-too-long`.
    """
    before = _still_open(review, decision)
    if decision.act == "show":
        return _show(before, account)
    session = session_of(before)
    _conceal(session, before)
    return turn_down(
        review=review,
        account=account,
        to=DECISIONS[decision.act],
        reason=decision.reason,
        note=decision.note,
    )


def _still_open(ident: UUID, decision: Decision) -> Review:
    """The review, held against edits and other moderators until the transaction ends."""
    review = Review.objects.select_for_update().filter(pk=ident).first()
    if review is None or (decision.seen and decision.seen != review.state):
        raise superseded()
    if DECISIONS[decision.act] not in MOVES[review.state] or (
        decision.act == "show" and review.state == State.APPROVED
    ):
        raise superseded()
    return review


def _show(before: Review, account: Account) -> Review:
    review = approve(review=before.pk, account=account)
    session = session_of(review)
    if review.state == State.SHOWN:
        reveal(session=session, reviews=[review])
    if before.state in {State.RETURNED, State.HIDDEN}:
        leave_note(session=session, subject=review.subject, state=outward(review.state))
    return review


def reveal(*, session: Session, reviews: Sequence[Review]) -> None:
    """Puts what these reviews show before the public, in their order, in the caller's transaction."""
    place = {review.subject: number for number, review in enumerate(reviews)}
    comments = list(Comment.objects.filter(pk__in=place).select_related("voice"))
    asked = list(Question.objects.filter(pk__in=place))
    comments.sort(key=lambda comment: place[comment.pk])
    asked.sort(key=lambda question: place[question.pk])
    threads.reveal(session=session, comments=comments)
    questions.reveal(session=session, questions=asked)


def _conceal(session: Session, review: Review) -> None:
    """Takes what the review showed off the page. It comes first, so that topics are locked in order."""
    if review.kind == SubjectKind.QUESTION:
        for question in Question.objects.filter(review=review).select_related("session__event"):
            questions.conceal(question=question)
    else:
        for comment in Comment.objects.filter(review=review).select_related("session__event"):
            threads.conceal(comment=comment)


def decide_many(
    *, event: UUID, account: Account, reviews: Sequence[UUID], decision: Decision
) -> tuple[list[UUID], list[tuple[UUID, str]]]:
    """Decides on each by itself: gives the ids that were done, and the others with their refusals' codes."""
    done: list[UUID] = []
    refused: list[tuple[UUID, str]] = []
    for ident in dict.fromkeys(reviews):
        try:
            if session_of(review_for(account, ident)).event_id != event:
                refused.append((ident, "not-found"))
                continue
            decide(review=ident, account=account, decision=decision)
        except Refusal as refusal:
            refused.append((ident, refusal.code))
        else:
            done.append(ident)
    return done, refused


def release_due(now: datetime | None = None) -> int:
    """Lets go what leaves at this tick, session by session; gives how many left."""
    left = 0
    for session in sessions_waiting():
        with transaction.atomic():
            reviews = release(session=session, now=now)
            reveal(session=session, reviews=reviews)
            left += len(reviews)
    return left
