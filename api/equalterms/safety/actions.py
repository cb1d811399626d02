"""What happens to a review: opened, approved, released at ticks, turned down. Private changes are sealed."""

import secrets
from datetime import datetime
from uuid import UUID

from django.db import transaction

from equalterms.journal.actions import Change, record
from equalterms.lib import clock
from equalterms.lib.ids import b64u
from equalterms.lib.refusal import Refusal
from equalterms.people.models import Account, Act
from equalterms.programme.models import Mixing, ReviewMode, Session
from equalterms.safety.care.phrases import calls_for_care
from equalterms.safety.models import MOVES, Note, Receipt, Review, State, Tombstone
from equalterms.safety.profile.pepper import gone_mark, verifier
from equalterms.safety.profile.receipt import mailbox
from equalterms.safety.profile.sealing import fits, seal
from equalterms.safety.receipts import Claimed, is_withdrawn
from equalterms.safety.rules import mixing_for

TICK = 30
TOGETHER = 3
LONGEST_WAIT = 10 * 60 // TICK


def superseded() -> Refusal:
    return Refusal("review-superseded", "This changed while you were reading. Please look again.")


def keep_receipt(*, session: Session, claimed: Claimed) -> bool:
    """Keeps the receipt inside the caller's transaction; False if another request was first, be it to
    send the same or to withdraw it."""
    if is_withdrawn(session.event_id, claimed.kind, claimed.subject):
        return False
    receipt = Receipt(
        subject=claimed.subject,
        kind=claimed.kind,
        topic_id=session.topic_id,
        verifier=verifier(session.event_id, claimed.kind, claimed.auth),
        reply_key=claimed.reply_key,
    )
    Receipt.objects.bulk_create([receipt], ignore_conflicts=True)
    stored = Receipt.objects.filter(pk=claimed.subject).values_list("verifier", "topic").first()
    return stored is not None and (bytes(stored[0]), stored[1]) == (receipt.verifier, session.topic_id)


def open_review(*, session: Session, kind: str, subject: UUID, words: str) -> Review:
    """Opens the review of `words` sent to `session`, in the caller's transaction; they are not kept here.

    Held until looked at; shown at once where the session is reviewed after; refused `questions-closed`
    where it takes none, and where the day or session is cancelled.
    """
    mode = session.review_mode
    cancelled = session.state == "cancelled" or session.event.state == "cancelled"
    if mode == ReviewMode.CLOSED or cancelled:
        raise Refusal("questions-closed", "This session is not taking questions or comments now.")
    return Review.objects.create(
        topic_id=session.topic_id,
        kind=kind,
        subject=subject,
        state=State.SHOWN if mode == ReviewMode.AFTER else State.HELD,
        care=calls_for_care(words),
        taken_in=session.event.mixing != Mixing.SAFE,
        slot=clock.slot(),
    )


def hold(subject: UUID) -> None:
    """Waits, in the caller's transaction, until nobody else is changing this one thing: its receipt
    first, then its review, in the same order for everybody. What is read afterwards stays true."""
    Receipt.objects.select_for_update().filter(pk=subject).first()
    Review.objects.select_for_update().filter(subject=subject).first()


def find_review(ident: UUID) -> Review:
    """The review with this id; one that an edit replaced is `review-superseded`."""
    review = Review.objects.filter(pk=ident).first()
    if review is None:
        raise superseded()
    return review


def move(*, review: Review, to: str, reason: str = "", due: int | None = None) -> None:
    """Moves `review` on, if nobody moved or replaced it meanwhile. Refuses `wrong-state` and
    `review-superseded`."""
    if to not in MOVES[review.state]:
        raise Refusal("wrong-state", "This cannot be done to it any more. Please look again.")
    moved = Review.objects.filter(pk=review.pk, state=review.state).update(state=to, reason=reason, due=due)
    if not moved:
        raise superseded()
    review.state, review.reason, review.due = to, reason, due


def audit(*, account: Account, event: UUID, act: str, review: Review) -> None:
    """Writes the audit list: who did what to which thing, to the quarter hour, and none of its words."""
    Act.objects.create(
        account=account,
        event=event,
        act=act,
        kind=review.kind,
        subject=review.subject,
        reason=review.reason,
        slot=clock.slot(),
    )


def session_of(review: Review) -> Session:
    return Session.objects.select_related("event").get(topic=review.topic_id)


def approve(*, review: UUID, account: Account) -> Review:
    """Approves, in the caller's transaction: shown at once where mixing is off, else it waits to leave
    with others. The caller reveals what is shown."""
    found = find_review(review)
    session = session_of(found)
    mixing = mixing_for(session.event, found.kind)
    if mixing == Mixing.OFF:
        move(review=found, to=State.SHOWN)
    else:
        wait = LONGEST_WAIT if mixing == Mixing.SAFE else 1
        move(review=found, to=State.APPROVED, due=clock.tick(TICK) + wait)
    audit(account=account, event=session.event_id, act="show", review=found)
    return found


def turn_down(*, review: UUID, account: Account, to: str, reason: str, note: str = "") -> Review:
    """Returns or hides, in the caller's transaction, and seals the reason and note to the asker."""
    found = find_review(review)
    session = session_of(found)
    move(review=found, to=to, reason=reason)
    audit(
        account=account,
        event=session.event_id,
        act="return" if to == State.RETURNED else "hide",
        review=found,
    )
    leave_note(session=session, subject=found.subject, state=to, reason=reason, words=note)
    return found


def leave_note(*, session: Session, subject: UUID, state: str, reason: str = "", words: str = "") -> bool:
    """Seals a private change into the session's notes, replacing the earlier one; False where the asker
    left no key. Refuses `note-too-long` beyond what one note holds."""
    receipt = Receipt.objects.filter(pk=subject).first()
    note = {"state": state, "reason": reason, "note": words, "at": clock.slot_iso(clock.slot())}
    if not fits(note):
        raise Refusal("note-too-long", "This note is too long to seal. Please use fewer words.", status=400)
    if receipt is None or receipt.reply_key is None:
        return False
    key = bytes(receipt.reply_key)
    Note.objects.update_or_create(
        box=mailbox(key), defaults={"topic_id": session.topic_id, "sealed": seal(key, note)}
    )
    record(Change(session.topic_id, "notes", session.pk))
    return True


def forget(*, session: Session, receipt: Receipt) -> None:
    """Leaves a tombstone and deletes the receipt, in the caller's transaction; `drop_note` follows."""
    Tombstone.objects.get_or_create(pk=b64u(gone_mark(session.event_id, receipt.kind, receipt.subject)))
    receipt.delete()


def drop_note(*, session: Session, receipt: Receipt) -> None:
    """Takes back a note that an edit or a withdrawal has made untrue. Called last, as `leave_note` is:
    by then the caller holds every topic it records on."""
    if receipt.reply_key is None:
        return
    if Note.objects.filter(box=mailbox(bytes(receipt.reply_key))).delete()[0]:
        record(Change(session.topic_id, "notes", session.pk))


def sessions_waiting() -> list[Session]:
    """Sessions in which something approved waits to leave."""
    topics = Review.objects.filter(state=State.APPROVED).values("topic")
    return list(Session.objects.filter(topic__in=topics).select_related("event"))


def release(*, session: Session, now: datetime | None = None) -> list[Review]:
    """Moves to shown, in the caller's transaction, what leaves `session` together at this tick, in
    random order: three or more, or what has waited longest; comments and gently mixed questions when
    they are due. The caller reveals them in that order."""
    approved = Review.objects.filter(topic=session.topic_id, state=State.APPROVED)
    waiting = list(approved.select_for_update().order_by("pk"))
    tick = clock.tick(TICK, now)
    due = {review.pk for review in waiting if review.due is not None and review.due <= tick}
    mixed = [review for review in waiting if mixing_for(session.event, review.kind) == Mixing.SAFE]
    together = len(mixed) >= TOGETHER or any(review.pk in due for review in mixed)
    leaving = [review for review in waiting if (together if review in mixed else review.pk in due)]
    secrets.SystemRandom().shuffle(leaving)
    for review in leaving:
        move(review=review, to=State.SHOWN)
    return leaving


@transaction.atomic
def take_in() -> int:
    """At an intake tick: everything sent since the last one becomes visible to desks, together."""
    return Review.objects.filter(taken_in=False).update(taken_in=True)
