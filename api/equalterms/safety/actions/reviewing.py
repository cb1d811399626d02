"""What happens to a review: opened, held, approved, turned down. Private changes are sealed."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from equalterms.lib import clock
from equalterms.lib.refusal import Refusal
from equalterms.people.actions import note_act
from equalterms.people.models import Account, Act
from equalterms.programme.models import ReviewMode, Session
from equalterms.programme.rules import refuse_if_over
from equalterms.safety.actions.keeping import leave_note, sealed_note
from equalterms.safety.actions.queueing import Desk, hold_session
from equalterms.safety.care.phrases import calls_for_care
from equalterms.safety.models import MOVES, Claim, Receipt, Review, State
from equalterms.safety.rules import TICK, deciders_of, wait_before_leaving


def superseded() -> Refusal:
    return Refusal("review-superseded", "This changed while you were reading. Please look again.")


class Words(NamedTuple):
    """What somebody sent to a session, under the id that they chose. `coded`: it came with the code of the
    day."""

    subject: UUID
    text: str
    coded: bool = False


def open_review(*, session: Session, kind: str, subject: UUID, words: str, coded: bool = False) -> Review:
    """As `open_reviews`, for one."""
    return open_reviews(session=session, kind=kind, sent=[Words(subject, words, coded)])[0]


def open_reviews(*, session: Session, kind: str, sent: Iterable[Words]) -> list[Review]:
    """Opens the reviews of what was sent to `session`, in the caller's transaction; the words are not kept
    here.

    Held until looked at, or on its way out where the session is reviewed after: see `Desk`. Refuses
    `questions-closed` where the session takes nothing, and where it or the day is cancelled,
    `questions-paused`, and `day-is-over` once the day is closed.
    """
    now = hold_session(session)
    _refuse_unless_taking(now)
    desk = Desk(now, kind)
    reviews = [
        Review(
            topic_id=now.topic_id,
            kind=kind,
            subject=words.subject,
            care=calls_for_care(words.text),
            slot=clock.slot(),
            **desk.first_standing(coded=words.coded),
        )
        for words in sent
    ]
    Review.objects.bulk_create(reviews)
    refuse_if_over(pk=now.event_id)
    return reviews


def _refuse_unless_taking(session: Session) -> None:
    cancelled = session.state == "cancelled" or session.event.state == "cancelled"
    if session.review_mode == ReviewMode.CLOSED or cancelled:
        raise Refusal("questions-closed", "This session is not taking questions or comments now.")
    if session.paused:
        said = "Questions and comments are paused here for a moment. Yours is kept and sent later."
        raise Refusal("questions-paused", said, retry_after=60)


def hold(subject: UUID, *beside: UUID) -> None:
    """Waits, in the caller's transaction, until nobody else is changing this one thing, nor those `beside`
    it: its receipt first, then the reviews, in the same order for everybody. What is read afterwards stays
    true."""
    Receipt.objects.select_for_update().filter(pk=subject).first()
    list(Review.objects.select_for_update().filter(subject__in=[subject, *beside]).order_by("pk"))


def hold_reviews(idents: Iterable[UUID]) -> dict[UUID, Review]:
    """Those of the reviews that still are, held as `hold` holds them."""
    rows = Review.objects.select_for_update().filter(pk__in=list(idents)).order_by("pk")
    return {review.pk: review for review in rows}


def find_review(ident: UUID) -> Review:
    """The review with this id; one that an edit replaced is `review-superseded`."""
    review = Review.objects.filter(pk=ident).first()
    if review is None:
        raise superseded()
    return review


def move(*, review: Review, to: str, reason: str = "", due: int | None = None, before: str = "") -> None:
    """Moves `review` on, if nobody moved or replaced it meanwhile. Refuses `wrong-state` and
    `review-superseded`."""
    if to not in MOVES[review.state]:
        raise Refusal("wrong-state", "This cannot be done to it any more. Please look again.")
    now = {"state": to, "reason": reason, "due": due, "before": before}
    if not Review.objects.filter(pk=review.pk, state=review.state).update(**now):
        raise superseded()
    review.state, review.reason, review.due, review.before = to, reason, due, before


def mark_care(*, review: Review, care: bool) -> None:
    """Asks for a quick, kind answer, or says that it was seen to. What calls for care belongs to those who
    decide: where a surgeon had taken it who does not, it is the safety lead's from now on."""
    if review.care == care:
        return
    Review.objects.filter(pk=review.pk).update(care=care)
    review.care = care
    if care:
        leave_to_lead(review)


def leave_to_lead(review: Review) -> None:
    """Takes it from whoever may not decide on it, in the caller's transaction, which holds it."""
    Claim.objects.filter(subject=review.subject).exclude(account__in=deciders_of(review)).delete()


def standing(review: Review) -> dict[str, Any]:
    """How `review` stands now, for `audit` to keep while it can be undone. No words are in it: a note is
    kept as it was sealed."""
    kept = sealed_note(subject=review.subject) if review.state in {State.RETURNED, State.HIDDEN} else None
    return {
        "review": str(review.pk),
        "state": review.state,
        "reason": review.reason,
        "due": review.due,
        "care": review.care,
        "folded": review.folded,
        "note": kept,
    }


def audit(
    *, account: Account, event: UUID, act: str, review: Review, undo: dict[str, Any] | None = None
) -> Act:
    """Writes the audit list: who did what to which thing, to the quarter hour, and none of its words.

    Give as `undo` what `standing` said before the act, and it can be undone for ten minutes."""
    line = note_act(
        account=account,
        event=event,
        act=act,
        kind=review.kind,
        subject=review.subject,
        reason=review.reason,
        undo=undo and undo | {"to": review.state},
    )
    review.act = line.pk
    return line


def session_of(review: Review) -> Session:
    return Session.objects.select_related("event").get(topic=review.topic_id)


def approve(*, review: UUID, account: Account) -> Review:
    """Approves, in the caller's transaction: shown at once where mixing is off, else it waits to leave
    with others. The caller reveals what is shown."""
    found = find_review(review)
    session, undo = session_of(found), standing(found)
    pass_on(review=found, session=session)
    audit(account=account, event=session.event_id, act="show", review=found, undo=undo)
    return found


def pass_on(*, review: Review, session: Session) -> None:
    """Moves what passed review to shown where nothing is mixed, else to approved, from where it leaves
    with others."""
    wait = wait_before_leaving(session, review.kind)
    if wait is None:
        move(review=review, to=State.SHOWN)
    else:
        move(review=review, to=State.APPROVED, due=clock.tick(TICK) + wait)


def put_back(*, review: Review, session: Session) -> None:
    """Takes what was merged back to where it was: to the queue, or to the public in the way of `pass_on`."""
    if review.before == State.HELD:
        move(review=review, to=State.HELD)
    else:
        pass_on(review=review, session=session)


def turn_down(
    *,
    review: UUID,
    account: Account,
    to: str,
    reason: str,
    note: str = "",
    apart: Sequence[UUID] = (),
) -> Review:
    """Returns or hides, in the caller's transaction, and seals the reason and note to the asker. Whoever
    decided has seen to it, so it calls for care no more. `apart`: the reviews that were merged into it."""
    found = find_review(review)
    session, undo = session_of(found), standing(found) | {"apart": [str(ident) for ident in apart]}
    move(review=found, to=to, reason=reason)
    mark_care(review=found, care=False)
    act = "return" if to == State.RETURNED else "hide"
    audit(account=account, event=session.event_id, act=act, review=found, undo=undo)
    leave_note(session=session, subject=found.subject, state=to, reason=reason, words=note)
    return found
