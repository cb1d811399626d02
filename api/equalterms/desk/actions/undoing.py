"""Taking a decision back while its ten minutes run. Whatever has moved on since stays as it is."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.db import transaction

from equalterms.desk.actions.merging import OPEN, hold_all, question_of
from equalterms.desk.actions.showing import conceal, reveal
from equalterms.lib.refusal import Refusal
from equalterms.people.actions import settle_acts
from equalterms.people.models import Account, Act
from equalterms.programme.models import Session
from equalterms.questions import actions as questions
from equalterms.questions.models import Question
from equalterms.safety.actions import (
    audit,
    give,
    leave_note,
    leave_to_lead,
    mark_care,
    move,
    return_note,
    session_of,
    superseded,
    unkeep,
)
from equalterms.safety.models import Review, State
from equalterms.safety.rules import outward


def too_late() -> Refusal:
    return Refusal("too-late-to-undo", "This can no longer be undone. You can decide on it again.")


@transaction.atomic
def undo(*, act: Act, account: Account) -> Review:
    """Puts back what a decision did, and says so in the audit list. Refuses `too-late-to-undo` after ten
    minutes, and `review-superseded` where it was decided on, edited or withdrawn since."""
    if not act.in_time:
        raise too_late()
    _check(act)
    kept: dict[str, Any] = act.undo or {}
    held = _held(kept)
    _check(Act.objects.get(pk=act.pk))  # somebody may have been first while we waited
    review = held[UUID(kept["review"])]
    session = session_of(review)
    questions.take_turns(session, [one.subject for one in held.values()])
    _UNDOINGS[act.act](review, session, kept)
    audit(account=account, event=session.event_id, act="undo", review=review, undo=None)
    settle_acts(subject=review.subject)
    return review


def _check(act: Act) -> None:
    if not act.undo or act.act not in _UNDOINGS:
        raise superseded()


def _held(kept: dict[str, Any]) -> dict[UUID, Review]:
    """The review in the state the decision left it in, and all that undoing touches, held."""
    ident = UUID(kept["review"])
    others = [*kept.get("apart", ()), *kept.get("coming", ()), *([kept["into"]] if "into" in kept else [])]
    known = set(Review.objects.filter(pk__in=[ident, *others]).values_list("pk", flat=True))
    if ident not in known:
        raise superseded()
    held = hold_all(*known)
    state = held[ident].state
    if state != kept["to"] and (kept["to"], state) != (State.APPROVED, State.SHOWN):
        raise superseded()
    return held


def _undecide(review: Review, session: Session, kept: dict[str, Any]) -> None:
    """Back to where it was; what came apart is merged again, as far as it stayed where it went."""
    was = outward(review.state)
    if review.state == State.SHOWN:
        conceal(session, review)
    _restore(review, kept)
    if review.state == State.SHOWN:
        reveal(session=session, reviews=[review])
    _join_again(review, kept.get("apart", ()))
    _tell(review, session, kept, was)


def _restore(review: Review, kept: dict[str, Any]) -> None:
    move(review=review, to=kept["state"], reason=kept["reason"], due=kept["due"])
    mark_care(review=review, care=kept["care"] or review.care)  # somebody may have been worried since
    if review.state != State.SHOWN:
        leave_to_lead(review)


def _tell(review: Review, session: Session, kept: dict[str, Any], was: str) -> None:
    """The asker reads the note they had, or how it stands now."""
    if kept["note"] is not None:
        return_note(session=session, subject=review.subject, sealed=kept["note"])
    elif outward(review.state) != was:
        leave_note(session=session, subject=review.subject, state=outward(review.state), reason=review.reason)


def _join_again(review: Review, apart: Iterable[str]) -> None:
    rows = Question.objects.filter(
        review__in=list(apart), review__state__in=OPEN, answers=None, merged_into=None
    )
    back = list(rows.select_related("review"))
    if not back or question_of(review).answers.filter(sealed=True).exists():
        return
    for question in back:
        move(review=question.review, to=State.MERGED, before=question.review.state)
        give(review=question.review, to=None)
    questions.join(into=question_of(review), questions=back)


def _unmerge(review: Review, session: Session, kept: dict[str, Any]) -> None:
    """Out of the one it was merged into, with what came along, exactly as it was."""
    asked = question_of(review)
    target = asked.merged_into
    if target is None or str(target.review_id) != kept["into"]:
        raise superseded()
    along = list(Question.objects.filter(review__in=kept["coming"], merged_into=target))
    if along:
        questions.join(into=asked, questions=along)
    _restore(review, kept)
    asked.review = review
    questions.set_apart(into=target, questions=[asked])
    leave_note(session=session, subject=review.subject, state=outward(review.state))


def _merge_again(review: Review, session: Session, kept: dict[str, Any]) -> None:
    """Into the same question, if that is still open to it."""
    into = Review.objects.filter(pk=kept["into"], state__in=OPEN).first()
    if into is None:
        raise superseded()
    asked, target = question_of(review), question_of(into)
    questions.check_mergeable(question=asked, into=target)
    move(review=review, to=State.MERGED, before=kept["before"])
    give(review=review, to=None)
    questions.join(into=target, questions=[asked])


def _unkeep(review: Review, session: Session, kept: dict[str, Any]) -> None:
    unkeep(review=review, folded=kept["folded"])


_UNDOINGS: dict[str, Callable[[Review, Session, dict[str, Any]], None]] = {
    "show": _undecide,
    "return": _undecide,
    "hide": _undecide,
    "merge": _unmerge,
    "unmerge": _merge_again,
    "keep": _unkeep,
}
