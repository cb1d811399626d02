"""What askers and surgeons do with questions. Only here do question rows change."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F

from equalterms.journal.actions import Change, record
from equalterms.journal.tallies import Tallies
from equalterms.lib import clock
from equalterms.lib.refusal import Refusal, not_found
from equalterms.people.models import Account
from equalterms.programme.models import Session
from equalterms.questions.models import Answer, Audience, Question, Vote
from equalterms.safety import receipts
from equalterms.safety.actions import drop_note, forget, hold, keep_receipt, leave_note, open_review
from equalterms.safety.models import Receipt, Review, State, SubjectKind, shuffle
from equalterms.safety.profile.sealing import fits
from equalterms.safety.rules import outward

KIND = SubjectKind.QUESTION


@dataclass(frozen=True)
class Asked:
    """What an asker sends beside the id and the secret."""

    text: str
    warning: str = ""
    audience: str = Audience.EVERYONE
    recap: bool = False


class _Raced(Exception):
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


def ask(*, session: Session, claimed: receipts.Claimed, asked: Asked) -> str:
    """Keeps a question and gives its state. Call `asked_before` first and claim the proof between.

    Refuses `questions-closed`, and whatever `asked_before` refuses if a twin request was first.
    """
    try:
        with transaction.atomic():
            if not keep_receipt(session=session, claimed=claimed):
                raise _Raced
            if Review.objects.filter(subject=claimed.subject).exists():
                raise _Raced
            review = open_review(session=session, kind=KIND, subject=claimed.subject, words=asked.text)
            question = Question.objects.create(
                pk=claimed.subject,
                session=session,
                review=review,
                text=asked.text,
                warning=asked.warning,
                audience=asked.audience,
                recap=asked.recap,
                slot=clock.slot(),
            )
            if review.state == State.SHOWN:
                reveal(session=session, questions=[question])
            return outward(review.state)
    except _Raced:
        state = asked_before(session=session, claimed=claimed, asked=asked)
        if state is None:
            raise receipts.id_taken() from None
        return state


def reveal(*, session: Session, questions: list[Question]) -> None:
    """Puts questions whose review now shows them before the public, in the order given, within the
    caller's transaction: the slot and place of their arrival are overwritten by those of showing."""
    public = [question for question in questions if question.audience == Audience.EVERYONE]
    changes = [Change(session.topic_id, "question", question.pk) for question in public]
    if public:
        changes.append(Change(session.event.now_id, "counts", session.pk))
    versions = iter(record(*changes))
    now = clock.slot()
    for question in questions:
        question.slot, question.shuffle = now, shuffle()
        question.shown = next(versions) if question.audience == Audience.EVERYONE else None
        question.save(update_fields=["slot", "shuffle", "shown"])
        Review.objects.filter(pk=question.review_id).update(slot=now, shuffle=shuffle(), due=None)


def conceal(*, question: Question) -> None:
    """Takes a question off the public list, in the caller's transaction."""
    if question.shown is None:
        return
    question.shown = None
    question.save(update_fields=["shown"])
    _tell(question, counts=True)


def _tell(question: Question, *, counts: bool = False) -> None:
    """Records a change of a question that the public sees."""
    if question.audience != Audience.EVERYONE:
        return
    session = question.session
    changes = [Change(session.topic_id, "question", question.pk)]
    if counts:
        changes.append(Change(session.event.now_id, "counts", session.pk))
    record(*changes)


def _own(session: Session, ident: UUID, auth: bytes) -> tuple[Question, Receipt]:
    receipt = receipts.opened(session, KIND, ident, auth)
    question = (
        Question.objects.filter(pk=ident, session=session).select_related("review", "session__event").first()
    )
    if question is None:
        raise receipts.no_such_receipt()
    return question, receipt


def check_editable(*, session: Session, ident: UUID, auth: bytes) -> None:
    """Refuses an edit early, before a proof is spent: `answered-already`, `too-many-edits`, and wrong
    or withdrawn receipts."""
    question, receipt = _own(session, ident, auth)
    if question.answers.exists():
        raise Refusal("answered-already", "This has been answered, so it can no longer be changed.")
    if receipt.edits >= receipts.MOST_EDITS:
        raise Refusal("too-many-edits", "This was changed five times. Please ask a new question.")


@transaction.atomic
def edit(*, session: Session, ident: UUID, auth: bytes, text: str) -> str:
    """Replaces the words and sends them back to review under a new review id; a shown question leaves
    the list at once and loses its votes. No old text is kept."""
    hold(ident)
    check_editable(session=session, ident=ident, auth=auth)
    question, receipt = _own(session, ident, auth)
    was_shown = question.shown is not None
    old = question.review
    Review.objects.filter(pk=old.pk)._raw_delete(Review.objects.db)
    question.review = open_review(session=session, kind=KIND, subject=ident, words=text)
    question.text, question.shown, question.votes = text, None, 0
    question.save(update_fields=["review", "text", "shown", "votes"])
    question.votes_cast.all().delete()
    Receipt.objects.filter(pk=receipt.pk).update(edits=F("edits") + 1)
    if question.review.state == State.SHOWN:
        reveal(session=session, questions=[question])
    elif was_shown:
        _tell(question, counts=True)
    drop_note(session=session, receipt=receipt)
    return outward(question.review.state)


@transaction.atomic
def withdraw(*, session: Session, ident: UUID, auth: bytes) -> None:
    """Deletes the question with its votes and answers and leaves a tombstone. Refuses 404 and 410."""
    hold(ident)
    question, receipt = _own(session, ident, auth)
    was_shown = question.shown is not None
    review = question.review
    forget(session=session, receipt=receipt)
    question.delete()
    review.delete()
    if was_shown:
        record(
            Change(session.topic_id, "question", ident), Change(session.event.now_id, "counts", session.pk)
        )
    drop_note(session=session, receipt=receipt)


def find_shown(session: Session, ident: UUID) -> Question:
    """The question if everybody may see it; else not found, whatever the reason."""
    question = Question.objects.shown().for_session(session).filter(pk=ident).first()
    if question is None:
        raise not_found()
    return question


def has_voted(*, question: Question, tag: UUID) -> bool:
    return Vote.objects.filter(question=question, tag=tag).exists()


def vote(*, question: Question, tag: UUID) -> None:
    """Counts one "me too" for good once this returns. The tally is published within seconds."""
    with transaction.atomic():
        Vote.objects.bulk_create([Vote(question=question, tag=tag)], ignore_conflicts=True)
    tallies.touch(question.pk)


def unvote(*, question: Question, tag: UUID) -> None:
    """Takes a "me too" back; harmless if there was none."""
    with transaction.atomic():
        Vote.objects.filter(question=question, tag=tag).delete()
    tallies.touch(question.pk)


tallies = Tallies()


def publish_tallies(only: Iterable[UUID] | None = None) -> int:
    """Publishes every tally that differs from its count, of the given questions or of all; gives how
    many. One version of a session's topic for each."""
    rows = Question.objects.shown()
    if only is not None:
        rows = rows.filter(pk__in=list(only))
    stale = rows.annotate(counted=Count("votes_cast")).exclude(counted=F("votes"))
    found = list(stale.select_related("session").values_list("pk", "session__topic", "counted"))
    if not found:
        return 0
    with transaction.atomic():
        for ident, _, counted in found:
            Question.objects.filter(pk=ident).update(votes=counted)
        record(*(Change(topic, "question", ident) for ident, topic, _ in found))
    return len(found)


def _answerable(ident: UUID) -> Question:
    question = Question.objects.for_desk().filter(pk=ident).select_related("session__event", "review").first()
    if question is None:
        raise not_found()
    return question


@transaction.atomic
def answer(*, question: UUID, account: Account, text: str, spoken: bool = False) -> Answer:
    """Answers a shown question in writing, or notes in a line what was said aloud.

    A question for surgeons only is answered by a sealed note alone: its words are not kept here.
    Refuses `no-reply-key` where that asker left no way to reply, `reply-too-long` over 400 bytes.
    """
    found = _answerable(question)
    sealed = found.audience == Audience.SURGEONS
    if sealed:
        _reply_privately(found, text)
    made = Answer.objects.create(
        question=found,
        account=account,
        surgeon=getattr(account, "surgeon", None),
        text="" if sealed else text,
        sealed=sealed,
        spoken=spoken,
        slot=clock.slot(),
    )
    _tell(found, counts=True)
    return made


def _reply_privately(question: Question, text: str) -> None:
    if not fits({"state": "reply", "reason": "", "note": text, "at": clock.slot_iso(0)}):
        raise Refusal(
            "reply-too-long", "A sealed reply holds about 400 letters. Please shorten it.", status=400
        )
    if not leave_note(session=question.session, subject=question.pk, state="reply", words=text):
        raise Refusal("no-reply-key", "This asker left no way to reply in private.")


@transaction.atomic
def change_answer(*, answer: Answer, text: str) -> Answer:
    """Replaces the words and marks the answer as edited."""
    if answer.sealed:
        _reply_privately(answer.question, text)
    else:
        answer.text = text
    answer.edited = True
    answer.save(update_fields=["text", "edited"])
    _tell(answer.question)
    return answer


@transaction.atomic
def remove_answer(*, answer: Answer) -> None:
    question = answer.question
    answer.delete()
    _tell(question, counts=True)
