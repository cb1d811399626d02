"""What may be told to everybody of what was decided."""

from functools import lru_cache
from uuid import UUID

from django.db.models import Count, Q

from equalterms.journal.models import Topic
from equalterms.journal.reading import one_reading
from equalterms.programme.models import Session
from equalterms.questions.models import Question, is_answered
from equalterms.safety.models import Review, State
from equalterms.threads.models import Comment

# Decisions are told in steps of so many, so that no single one of them shows.
STEP = 5
# Of so many sessions the last count is kept.
KEPT = 1000


def roughly(count: int) -> dict[str, int]:
    """The step that `count` lies in."""
    least = count - count % STEP
    return {"least": least, "most": least + STEP - 1}


@one_reading()
def tally_of(session: Session) -> dict[str, int | dict[str, int]]:
    """What a session has to read, and roughly what was decided in it; nothing about what waits."""
    version = Topic.objects.values_list("version", flat=True).get(pk=session.topic_id)
    decided = (State.RETURNED, State.HIDDEN, State.MERGED)
    counts = {str(state): Count("pk", filter=Q(state=state)) for state in decided}
    decisions = Review.objects.filter(topic=session.topic_id, state__in=decided).aggregate(**counts)
    return _to_read(session.pk, version) | {name: roughly(count) for name, count in decisions.items()}


@lru_cache(KEPT)
def _to_read(session: UUID, version: int) -> dict[str, int]:
    """Counted once a version, however many read: nothing that is shown changes without a new one. Call it
    within the reading that found the version."""
    shown = Question.objects.shown().filter(session=session)
    answered = Count("pk", filter=Q(is_answered()))
    questions = shown.aggregate(shown=Count("pk"), answered=answered)
    return questions | {"comments": Comment.objects.shown().filter(session=session).count()}
