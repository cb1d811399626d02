"""Putting questions before the public, and taking them away again."""

from equalterms.journal.actions import Change, record
from equalterms.lib import clock
from equalterms.programme.models import Session
from equalterms.questions.actions.pointing import look_away
from equalterms.questions.models import Audience, Question
from equalterms.safety.models import Review, shuffle


def reveal(*, session: Session, questions: list[Question]) -> None:
    """Puts questions whose review now shows them before the public, in the order given, within the
    caller's transaction: the slot and place of their arrival are overwritten by those of showing."""
    public = [question for question in questions if is_public(session, question)]
    changes = [Change(session.topic_id, "question", question.pk) for question in public]
    if public:
        changes.append(Change(session.event.now_id, "counts", session.pk))
    versions = iter(record(*changes))
    now = clock.slot()
    for question in questions:
        question.slot, question.shuffle = now, shuffle()
        question.shown = next(versions) if question in public else None
        question.save(update_fields=["slot", "shuffle", "shown"])
        Review.objects.filter(pk=question.review_id).update(slot=now, shuffle=shuffle(), due=None)


def is_public(session: Session, question: Question) -> bool:
    """Whether it is for everybody, or for everybody who was there while the day went on."""
    return question.audience == Audience.EVERYONE and (question.recap or not session.event.closed)


def conceal(*, question: Question) -> None:
    """Takes a question off the public list, in the caller's transaction; no room is at it any more."""
    if question.shown is None:
        return
    told = look_away([question.pk])
    question.shown = None
    question.save(update_fields=["shown"])
    tell(question, counts=True)
    record(*told)


def tell(question: Question, *, counts: bool = False) -> None:
    """Records a change of a question that the public sees."""
    if question.audience != Audience.EVERYONE:
        return
    session = question.session
    changes = [Change(session.topic_id, "question", question.pk)]
    if counts:
        changes.append(Change(session.event.now_id, "counts", session.pk))
    record(*changes)
