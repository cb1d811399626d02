"""The question a room is at: chosen by somebody at the desk, gone as soon as it is not shown any more."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from equalterms.journal.actions import Change, record
from equalterms.lib.api.conditions import insist
from equalterms.lib.api.fields import refuse_field
from equalterms.programme.models import Session
from equalterms.programme.rules import refuse_if_over
from equalterms.questions.models import Question, Spotlight
from equalterms.questions.rules import current_of, current_version
from equalterms.safety.actions import hold_reviews
from equalterms.safety.actions.queueing import hold_session


@transaction.atomic
def point_at(*, session: Session, question: UUID, seen: str | None = None) -> None:
    """The room is at this question now. Again it changes nothing. `seen` is the If-Match of whoever chooses,
    where they say one. Refuses `changed-meanwhile` then, as `invalid` what is not shown in this session,
    and `day-is-over`."""
    rows = Question.objects.for_session(session).filter(pk=question)
    hold_reviews(rows.values_list("review", flat=True))  # nobody hides or withdraws it meanwhile
    hold_session(session)
    if not rows.filter(pk__in=Question.objects.shown()).exists():
        raise refuse_field("question", "This question is not shown in this session.")
    before = _read(session, seen)
    if before == question:
        return
    Spotlight.objects.update_or_create(session=session, defaults={"question_id": question})
    refuse_if_over(pk=session.event_id)
    record(_told(session.pk, session.topic_id))


@transaction.atomic
def point_nowhere(*, session: Session, seen: str | None = None) -> None:
    """The room is at no question. Harmless if it was at none. Refuses `changed-meanwhile` as `point_at`."""
    hold_session(session)
    _read(session, seen)
    if Spotlight.objects.filter(session=session).delete()[0]:
        record(_told(session.pk, session.topic_id))


def _read(session: Session, seen: str | None) -> UUID | None:
    """The question the room is at, while the session is held; refuses whoever saw another one there."""
    before = current_of(session)
    if seen is not None:
        insist(seen, current_version(before))
    return before


def look_away(questions: Collection[UUID]) -> list[Change]:
    """No room is at these questions any more, in the caller's transaction, which holds their reviews; gives
    what is to be recorded of it."""
    lit = Spotlight.objects.filter(question__in=questions)
    told = [_told(*row) for row in lit.order_by("pk").values_list("session", "session__topic")]
    if told:
        lit.delete()
    return told


def _told(session: UUID, topic: UUID) -> Change:
    return Change(topic, "current", session)
