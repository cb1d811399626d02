"""What surgeons do: answer, change an answer, take it back."""

from uuid import UUID

from django.db import transaction

from equalterms.journal.actions import Change
from equalterms.lib import clock
from equalterms.lib.api.conditions import insist
from equalterms.lib.refusal import Refusal, not_found
from equalterms.people.actions import settle_acts
from equalterms.people.models import Account, Surgeon
from equalterms.questions.actions.merging import merged_into
from equalterms.questions.actions.showing import tell
from equalterms.questions.models import Answer, Question
from equalterms.questions.rules import answer_version
from equalterms.safety.actions import drop_note, hold_open, hold_reviews, leave_note, settle
from equalterms.safety.models import Receipt, State
from equalterms.safety.profile.sealing import fits


def _answerable(ident: UUID) -> Question:
    question = Question.objects.for_desk().filter(pk=ident).select_related("session__event", "review").first()
    if question is None:
        raise not_found()
    return question


@transaction.atomic
def answer(*, question: UUID, account: Account, text: str, spoken: bool = False) -> Answer:
    """Answers a shown question in writing, or notes in a line what was said aloud.

    Whoever answers has seen to it, so it asks for care no more. A question that is not public
    (for surgeons only, or for the day alone and the day is closed) is answered by a sealed note alone: its
    words are not kept here.
    Refuses `review-superseded` where it changed meanwhile, `no-reply-key` where that asker left no way to
    reply, `reply-too-long` over 400 bytes.
    """
    settle(review=hold_open(_answerable(question).review_id))
    found = _answerable(question)
    settle_acts(subject=question)
    sealed = found.shown is None
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
    tell(found, counts=True)
    return made


def _reply_privately(question: Question, text: str) -> None:
    """Seals the words to whoever asked this, each to their own key: whose question was merged into it too."""
    if not fits({"state": "reply", "reason": "", "note": text, "at": clock.slot_iso(0)}):
        raise Refusal(
            "reply-too-long", "A sealed reply holds about 400 letters. Please shorten it.", status=400
        )
    askers = [question.pk, *(merged.pk for merged in merged_into(question))]
    reached = [
        leave_note(session=question.session, subject=asker, state="reply", words=text) for asker in askers
    ]
    if not any(reached):
        raise Refusal("no-reply-key", "This asker left no way to reply in private.")


def _hold(answer: Answer) -> Question:
    """The question of an answer, held until the transaction ends: nothing is merged into it meanwhile."""
    hold_reviews([answer.question.review_id])
    return answer.question


@transaction.atomic
def change_answer(*, answer: Answer, text: str, seen: str | None = None) -> Answer:
    """Replaces the words and marks the answer as edited. `seen` is the If-Match of whoever changes it, where
    they say one: refuses `changed-meanwhile` then."""
    question = _hold(answer)
    present = Answer.objects.select_related("surgeon").filter(pk=answer.pk).first()
    if present is None:
        raise not_found()
    answer = present
    if seen is not None:
        insist(seen, answer_version(answer))
    if answer.sealed:
        _reply_privately(question, text)
    else:
        answer.text = text
    answer.edited = True
    answer.save(update_fields=["text", "edited"])
    tell(question)
    return answer


@transaction.atomic
def remove_answer(*, answer: Answer) -> None:
    """Takes an answer back. One that went out sealed is taken out of the boxes it lies in, as far as no
    later word to its asker lies there already."""
    question = _hold(answer)
    answer.delete()
    tell(question, counts=True)
    if answer.sealed and question.review.state == State.SHOWN:
        _take_reply_back(question)


def _take_reply_back(question: Question) -> None:
    for receipt in Receipt.objects.filter(pk=question.pk):
        drop_note(session=question.session, receipt=receipt)
    for merged in merged_into(question):
        leave_note(session=question.session, subject=merged.pk, state=State.MERGED, into=question.pk)


def answered_by(*, surgeon: Surgeon) -> list[Change]:
    """What is to be told where the name changes that a surgeon's answers are printed under."""
    shown = Question.objects.shown().filter(answers__surgeon=surgeon).distinct()
    told = shown.order_by("pk").values_list("session__topic", "pk")
    return [Change(topic, "question", question) for topic, question in told]
