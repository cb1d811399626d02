"""Questions that ask the same: merged into one, taken apart again. Their reviews are moved by the caller."""

from collections.abc import Collection
from uuid import UUID

from equalterms.journal.actions import Change, record
from equalterms.journal.models import Topic
from equalterms.lib.refusal import Refusal
from equalterms.programme.models import Session
from equalterms.questions.actions.pointing import look_away
from equalterms.questions.actions.showing import reveal
from equalterms.questions.models import Audience, Question, votes_counted
from equalterms.safety.actions import hold, leave_note, put_back
from equalterms.safety.actions.queueing import hold_session
from equalterms.safety.models import State
from equalterms.safety.rules import outward


def cannot_merge(why: str) -> Refusal:
    return Refusal("cannot-merge", f"These two cannot be merged: {why}.")


def check_mergeable(*, question: Question, into: Question) -> None:
    """Refuses `cannot-merge` where an asker would lose by it: another session or audience, the question
    itself, one that has an answer already; and one for surgeons only whose answer went out sealed, as
    nobody could send it once more."""
    if question.pk == into.pk:
        raise cannot_merge("they are one and the same")
    if (question.session_id, question.audience) != (into.session_id, into.audience):
        raise cannot_merge("they are for different people")
    if question.answers.exists():
        raise cannot_merge("the first has an answer already")
    if into.audience == Audience.SURGEONS and into.answers.exists():
        raise cannot_merge("the second was answered in private already")


def hold_family(question: UUID) -> None:
    """As `hold`, with whatever is merged into the question: nobody joins or leaves it meanwhile."""
    held: set[UUID] = set()
    while not (family := _merged_into(question) | {question}) <= held:
        held |= family
        hold(question, *held)


def _merged_into(question: UUID) -> set[UUID]:
    return set(Question.objects.filter(merged_into=question).values_list("pk", flat=True))


def take_turns(session: Session, questions: Collection[UUID]) -> None:
    """Waits until nobody else counts votes of these questions or tells of this session: the session, the
    questions, then the topics, in the order in which everybody takes them."""
    hold_session(session)
    list(Question.objects.select_for_update(no_key=True).filter(pk__in=questions).order_by("pk"))
    topics = Topic.objects.select_for_update(no_key=True)
    list(topics.filter(pk__in=[session.topic_id, session.event.now_id]).order_by("pk"))


def join(*, into: Question, questions: Collection[Question]) -> None:
    """Merges `questions` into another, in the caller's transaction, which holds their reviews and has moved
    them: they leave the list, what was merged into them comes along, and the votes of all add up at once.
    Each asker is told by a sealed note."""
    session = into.session
    idents = {question.pk for question in questions}
    coming = idents | set(Question.objects.filter(merged_into__in=idents).values_list("pk", flat=True))
    take_turns(session, coming | {into.pk})
    gone = [question.pk for question in questions if question.shown is not None]
    Question.objects.filter(pk__in=coming).update(merged_into=into, shown=None)
    for question in questions:
        question.shown = None
        _recount(question)
    counts = [Change(session.event.now_id, "counts", session.pk)] if gone else []
    counts += look_away(gone)
    record(*(Change(session.topic_id, "question", ident) for ident in gone), *counts, *_recount(into))
    for ident in sorted(coming):
        leave_note(session=session, subject=ident, state=State.MERGED, into=into.pk)


def part(*, into: Question, questions: Collection[Question]) -> None:
    """Takes `questions` out of the one they were merged into, in the caller's transaction, which holds their
    reviews: each goes back to where it was, as `put_back` says, and its asker hears of it. Where the one
    question was answered sealed, that answer stays in their boxes."""
    if not questions:
        return
    for question in questions:
        put_back(review=question.review, session=into.session)
    set_apart(into=into, questions=questions)
    if not into.answers.filter(sealed=True).exists():
        for question in questions:
            leave_note(session=into.session, subject=question.pk, state=outward(question.review.state))


def set_apart(*, into: Question, questions: Collection[Question]) -> None:
    """Takes `questions`, whose reviews were moved, out of `into`, in the caller's transaction: those that
    are shown again go before the public, and the votes of all are counted anew."""
    session = into.session
    take_turns(session, {question.pk for question in questions} | {into.pk})
    for question in questions:
        question.merged_into = None
        question.save(update_fields=["merged_into"])
        _recount(question)
    reveal(session=session, questions=[q for q in questions if q.review.state == State.SHOWN])
    record(*_recount(into))


def merged_into(question: Question) -> list[Question]:
    """What is merged into the question, with the review of each."""
    return list(question.merged.select_related("review").order_by("pk"))


def _recount(question: Question) -> list[Change]:
    """Publishes the tally of the question as it is now; gives the change to record, if the public sees it.
    Once the day is closed its votes are gone and the tallies stay as they were."""
    if question.session.event.closed:
        return []
    rows = Question.objects.annotate(counted=votes_counted())
    counted = rows.values_list("counted", flat=True).get(pk=question.pk)
    if counted == question.votes:
        return []
    question.votes = counted
    question.save(update_fields=["votes"])
    return [Change(question.session.topic_id, "question", question.pk)] if question.shown is not None else []
