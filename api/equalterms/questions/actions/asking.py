"""What askers do: ask, change, withdraw."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import F

from equalterms.journal.actions import Change, record
from equalterms.lib import clock
from equalterms.lib.refusal import Refusal
from equalterms.programme.models import Session
from equalterms.programme.rules import refuse_if_over
from equalterms.questions.actions.merging import hold_family, merged_into, part
from equalterms.questions.actions.pointing import look_away
from equalterms.questions.actions.showing import reveal, tell
from equalterms.questions.actions.voting import touch
from equalterms.questions.models import Audience, Question
from equalterms.safety import receipts
from equalterms.safety.actions import (
    Words,
    forget,
    keep_receipts,
    let_go,
    open_review,
    open_reviews,
    outdate_note,
)
from equalterms.safety.models import Receipt, Review, State, SubjectKind
from equalterms.safety.rules import outward

KIND = SubjectKind.QUESTION


@dataclass(frozen=True)
class Asked:
    """What an asker sends beside the id and the secret."""

    text: str
    warning: str = ""
    audience: str = Audience.EVERYONE
    recap: bool = False


@dataclass(frozen=True)
class Asking:
    """One question on its way in."""

    claimed: receipts.Claimed
    asked: Asked
    coded: bool = False


class Raced(Exception):
    """Another request with the same id was first."""


def _same(question: Question, session: Session, asked: Asked) -> bool:
    kept = Asked(question.text, question.warning, question.audience, question.recap)
    return question.session_id == session.pk and kept == asked


def asked_before(*, session: Session, claimed: receipts.Claimed, asked: Asked) -> str | None:
    """The state of this very question if it is kept already, so that a retry is harmless; None if the
    id is free. Refuses `withdrawn`, `already-asked` (own id, other content) and `id-taken`."""
    standing = receipts.standing(session, claimed)
    if standing == "new":
        return None
    question = Question.objects.filter(pk=claimed.subject).select_related("review").first()
    if standing == "taken" or question is None:
        raise receipts.id_taken()
    if not _same(question, session, asked):
        raise receipts.already_asked()
    return outward(question.review.state)


def ask(*, session: Session, claimed: receipts.Claimed, asked: Asked, coded: bool = False) -> str:
    """Keeps a question and gives its state. Call `asked_before` first and claim the proof between.
    `coded`: it came with the code of the day, so a place before the desk is kept for it.

    Refuses `questions-closed`, `questions-paused`, and whatever `asked_before` refuses if a twin request
    was first.
    """
    try:
        return ask_together(session=session, asks=[Asking(claimed, asked, coded)])[claimed.subject]
    except Raced:
        state = asked_before(session=session, claimed=claimed, asked=asked)
        if state is None:
            raise receipts.id_taken() from None
        return state


@transaction.atomic
def ask_together(*, session: Session, asks: Sequence[Asking]) -> dict[UUID, str]:
    """Keeps new questions of one session, all or none, and gives their states by their ids. Raises Raced
    where another request was first with one of them; refuses what `ask` refuses."""
    wanted = {one.claimed.subject: one for one in asks}
    kept = keep_receipts(session=session, claims=[one.claimed for one in asks])
    if len(kept) < len(wanted) or Review.objects.filter(subject__in=kept).exists():
        raise Raced
    sent = [Words(subject, one.asked.text, one.coded) for subject, one in wanted.items()]
    reviews = open_reviews(session=session, kind=KIND, sent=sent)
    questions = [
        Question(
            pk=review.subject,
            session=session,
            review=review,
            text=asked.text,
            warning=asked.warning,
            audience=asked.audience,
            recap=asked.recap,
            slot=clock.slot(),
        )
        for review in reviews
        for asked in [wanted[review.subject].asked]
    ]
    Question.objects.bulk_create(questions)
    shown = [question for question in questions if question.review.state == State.SHOWN]
    if shown:
        reveal(session=session, questions=shown)
    return {review.subject: outward(review.state) for review in reviews}


def _own(session: Session, ident: UUID, auth: bytes) -> tuple[Question, Receipt]:
    receipt = receipts.opened(session, KIND, ident, auth)
    question = (
        Question.objects.filter(pk=ident, session=session).select_related("review", "session__event").first()
    )
    if question is None:
        raise receipts.no_such_receipt()
    return question, receipt


def check_editable(*, session: Session, ident: UUID, auth: bytes) -> None:
    """Refuses an edit early, before a proof is spent: `answered-already`, `too-many-edits`, `day-is-over`,
    and wrong or withdrawn receipts."""
    question, receipt = _own(session, ident, auth)
    refuse_if_over(pk=session.event_id)
    if question.answers.exists():
        raise Refusal("answered-already", "This has been answered, so it can no longer be changed.")
    if receipt.edits >= receipts.MOST_EDITS:
        raise Refusal("too-many-edits", "This was changed five times. Please ask a new question.")


def _leave(question: Question) -> None:
    """Takes apart what is merged into the question, and lets the tally it was merged into fall."""
    part(into=question, questions=merged_into(question))
    if question.merged_into_id is not None:
        touch(question)


@transaction.atomic
def edit(*, session: Session, ident: UUID, auth: bytes, text: str) -> str:
    """Replaces the words and sends them back to review under a new review id; a shown question leaves
    the list at once and loses its votes. What was merged comes apart. No old text is kept."""
    hold_family(ident)
    check_editable(session=session, ident=ident, auth=auth)
    question, receipt = _own(session, ident, auth)
    was_shown = question.shown is not None
    _leave(question)
    old = question.review
    let_go(review=old)
    Review.objects.filter(pk=old.pk)._raw_delete(Review.objects.db)
    # Whoever had a place before the desk keeps the right to one.
    coded = old.coded or old.taken_in
    question.review = open_review(session=session, kind=KIND, subject=ident, words=text, coded=coded)
    question.text, question.shown, question.votes, question.merged_into = text, None, 0, None
    question.save(update_fields=["review", "text", "shown", "votes", "merged_into"])
    question.votes_cast.all().delete()
    Receipt.objects.filter(pk=receipt.pk).update(edits=F("edits") + 1)
    told = look_away([ident])
    if question.review.state == State.SHOWN:
        reveal(session=session, questions=[question])
    elif was_shown:
        tell(question, counts=True)
    record(*told)
    outdate_note(session=session, receipt=receipt)
    return outward(question.review.state)


@transaction.atomic
def withdraw(*, session: Session, ident: UUID, auth: bytes) -> None:
    """Deletes the question with its votes and answers and leaves a tombstone. Refuses 404 and 410."""
    hold_family(ident)
    question, receipt = _own(session, ident, auth)
    was_shown = question.shown is not None
    _leave(question)
    review = question.review
    forget(session=session, receipt=receipt)
    told = look_away([ident])
    question.delete()
    let_go(review=review)
    review.delete()
    if was_shown:
        record(
            Change(session.topic_id, "question", ident),
            Change(session.event.now_id, "counts", session.pk),
            *told,
        )
    outdate_note(session=session, receipt=receipt)
