"""What may be told to everybody of what was decided."""

from django.db.models import Count, Q

from equalterms.programme.models import Session
from equalterms.questions.models import Question, is_answered
from equalterms.safety.models import Review, State
from equalterms.threads.models import Comment

# Decisions are told in steps of so many, so that no single one of them shows.
STEP = 5


def roughly(count: int) -> dict[str, int]:
    """The step that `count` lies in."""
    least = count - count % STEP
    return {"least": least, "most": least + STEP - 1}


def tally_of(session: Session) -> dict[str, int | dict[str, int]]:
    """What a session has to read, and roughly what was decided in it; nothing about what waits."""
    shown = Question.objects.shown().for_session(session)
    answered = Count("pk", filter=Q(is_answered()))
    questions = shown.aggregate(shown=Count("pk"), answered=answered)
    comments = Comment.objects.shown().for_session(session).count()
    decided = (State.RETURNED, State.HIDDEN, State.MERGED)
    counts = {str(state): Count("pk", filter=Q(state=state)) for state in decided}
    decisions = Review.objects.filter(topic=session.topic_id, state__in=decided).aggregate(**counts)
    return questions | {"comments": comments} | {name: roughly(count) for name, count in decisions.items()}
