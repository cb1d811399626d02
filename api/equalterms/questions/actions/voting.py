"""Me too: votes, and the tallies that are published of them."""

from collections.abc import Iterable
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from equalterms.journal.actions import Change, record
from equalterms.journal.tallies import Tallies
from equalterms.lib.refusal import not_found
from equalterms.programme.models import Session
from equalterms.programme.rules import refuse_if_over
from equalterms.questions.models import Audience, Question, Vote, votes_counted
from equalterms.safety.models import State


def find_shown(session: Session, ident: UUID) -> Question:
    """The question if everybody may see it; else not found, whatever the reason."""
    question = Question.objects.shown().for_session(session).filter(pk=ident).first()
    if question is None:
        raise not_found()
    return question


def find_voted(session: Session, ident: UUID) -> Question:
    """As `find_shown`, and also what was shown and is merged into another now: a vote that counts there can
    still be taken back."""
    merged = Q(review__state=State.MERGED, review__before=State.SHOWN, audience=Audience.EVERYONE)
    found = Question.objects.for_session(session).filter(merged | Q(pk__in=Question.objects.shown()))
    question = found.filter(pk=ident).first()
    if question is None:
        raise not_found()
    return question


def has_voted(*, question: Question, tag: UUID) -> bool:
    return Vote.objects.filter(question=question, tag=tag).exists()


def vote(*, question: Question, tag: UUID) -> None:
    """Counts one "me too" for good once this returns. The tally is published within seconds. Refuses
    `not-found` for what was withdrawn meanwhile."""
    try:
        with transaction.atomic():
            Vote.objects.bulk_create([Vote(question=question, tag=tag)], ignore_conflicts=True)
            refuse_if_over(sessions=question.session_id)
    except IntegrityError as withdrawn:
        raise not_found() from withdrawn
    tallies.touch(question.pk)


def unvote(*, question: Question, tag: UUID) -> None:
    """Takes a "me too" back; harmless if there was none."""
    with transaction.atomic():
        Vote.objects.filter(question=question, tag=tag).delete()
        refuse_if_over(sessions=question.session_id)
    touch(question)


def touch(question: Question) -> None:
    """The tally that its votes count for is off, and follows within seconds."""
    tallies.touch(question.merged_into_id or question.pk)


tallies = Tallies()


def publish_tallies(only: Iterable[UUID] | None = None, *, event: UUID | None = None) -> int:
    """Publishes every tally that differs from the count of its votes and of those of what is merged into
    it, of the given questions, of an event or of all; gives how many. One version of a session's topic for
    each."""
    rows = Question.objects.shown().filter(session__event__closed_on=None)
    if event is not None:
        rows = rows.filter(session__event=event)
    if only is not None:
        rows = rows.filter(pk__in=list(only))
    stale = (
        rows.annotate(counted=votes_counted())
        .exclude(counted=F("votes"))
        .select_related("session")
        .order_by("pk")
    )
    found = list(stale.values_list("pk", "session__topic", "counted"))
    if not found:
        return 0
    with transaction.atomic():
        for ident, _, counted in found:
            Question.objects.filter(pk=ident).update(votes=counted)
        record(*(Change(topic, "question", ident) for ident, topic, _ in found))
    return len(found)
