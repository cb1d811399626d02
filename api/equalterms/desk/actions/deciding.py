"""What moderators decide on what was sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from equalterms.desk.actions.merging import hold_all, take_off
from equalterms.desk.actions.showing import reveal
from equalterms.desk.rules import review_for
from equalterms.lib.refusal import Refusal
from equalterms.people.models import Account
from equalterms.safety.actions import (
    approve,
    give,
    leave_note,
    session_of,
    superseded,
    turn_down,
)
from equalterms.safety.models import MOVES, Review, State
from equalterms.safety.rules import outward

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
    """Shows, returns or hides what is under review, and tells its asker what only they may know. Whatever
    was merged into what is turned down goes back to where it was.

    Refuses `review-superseded` where an edit replaced the review or somebody decided before: what is
    shown is always what this moderator read. Refuses `note-too-long`.
    """
    before = _still_open(review, decision)
    if decision.act == "show":
        return _show(before, account)
    apart = take_off(before)
    found = turn_down(
        review=review,
        account=account,
        to=DECISIONS[decision.act],
        reason=decision.reason,
        note=decision.note,
        apart=apart,
    )
    give(review=found, to=None)
    return found


def _still_open(ident: UUID, decision: Decision) -> Review:
    """The review, held against edits and other moderators until the transaction ends. What is merged has to
    come out first."""
    review = hold_all(ident)[ident]
    if decision.seen and decision.seen != review.state:
        raise superseded()
    if DECISIONS[decision.act] not in MOVES[review.state] or (
        decision.act == "show" and review.state in {State.APPROVED, State.MERGED}
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
