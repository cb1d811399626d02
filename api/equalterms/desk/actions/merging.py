"""Merging questions that ask the same, and taking them apart."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from equalterms.desk.actions.showing import conceal
from equalterms.desk.rules import reviews_merged_into
from equalterms.people.models import Account
from equalterms.questions import actions as questions
from equalterms.questions.actions.merging import cannot_merge
from equalterms.questions.models import Question
from equalterms.safety.actions import (
    audit,
    give,
    hold_reviews,
    mark_care,
    move,
    session_of,
    standing,
    superseded,
)
from equalterms.safety.models import Review, State, SubjectKind

OPEN = frozenset({State.HELD, State.APPROVED, State.SHOWN})


@transaction.atomic
def merge(*, review: UUID, into: UUID, account: Account, seen: str = "") -> Review:
    """Merges a question into another of the same session and audience: it leaves the list, votes add up,
    and its asker is told alone. What was merged into it comes along, and so does a call for care.

    Refuses `review-superseded` where either has moved on, and `cannot-merge`.
    """
    held = hold_all(review, into)
    source, target = held[review], held[into]
    if not {source.state, target.state} <= OPEN or (seen and seen != source.state):
        raise superseded()
    if {source.kind, target.kind} != {SubjectKind.QUESTION}:
        raise cannot_merge("they are not both questions")
    asked, wanted = question_of(source), question_of(target)
    questions.check_mergeable(question=asked, into=wanted)
    coming = [str(ident) for ident in reviews_merged_into(review)]
    undo = standing(source) | {"into": str(target.pk), "coming": coming}
    move(review=source, to=State.MERGED, before=source.state)
    give(review=source, to=None)
    mark_care(review=target, care=source.care or target.care)
    questions.join(into=wanted, questions=[asked])
    audit(account=account, event=asked.session.event_id, act="merge", review=source, undo=undo)
    return source


@transaction.atomic
def unmerge(*, review: UUID, account: Account) -> Review:
    """Takes a question out of the one it was merged into: it goes back to where it was, those shown in the
    way of all that is shown. Refuses `review-superseded` where it is not merged (any more)."""
    into = Review.objects.filter(question__merged__review=review).values_list("pk", flat=True).first()
    held = hold_all(review, *([into] if into else []))
    source = held[review]
    asked = question_of(source)
    if source.state != State.MERGED or asked.merged_into is None or asked.merged_into.review_id != into:
        raise superseded()
    undo = standing(source) | {"into": str(into), "before": source.before}
    asked.review = source
    questions.part(into=asked.merged_into, questions=[asked])
    audit(account=account, event=asked.session.event_id, act="unmerge", review=source, undo=undo)
    return source


def hold_all(*idents: UUID) -> dict[UUID, Review]:
    """These reviews and those of what is merged into them, held until the transaction ends. Refuses
    `review-superseded` where one is gone, or where the family grew meanwhile."""
    wanted = family(idents)
    held = hold_reviews(wanted)
    if set(idents) - set(held) or family(idents) - wanted:
        raise superseded()
    return held


def family(idents: Iterable[UUID]) -> set[UUID]:
    return {ident for one in idents for ident in (one, *reviews_merged_into(one))}


def question_of(review: Review) -> Question:
    """The question under review, with all that telling of it takes."""
    rows = Question.objects.select_related("review", "session__event", "merged_into__session__event")
    found = rows.filter(review=review).first()
    if found is None:
        raise superseded()
    return found


def take_off(review: Review) -> list[UUID]:
    """Takes what the review shows off the page, in the caller's transaction; whatever was merged into it goes
    back to where it was. Gives the reviews of that."""
    session = session_of(review)
    if review.kind != SubjectKind.QUESTION:
        conceal(session, review)
        return []
    children = questions.merged_into(question_of(review))
    if children:
        questions.take_turns(session, [review.subject, *(child.pk for child in children)])
    conceal(session, review)
    questions.part(into=question_of(review), questions=children)
    return [child.review_id for child in children]
