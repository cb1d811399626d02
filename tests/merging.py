"""Questions that were shown, voted on and merged, through the actions."""

from typing import Any
from uuid import uuid4

from tests.makers import a_role
from tests.sent import SHOW, an_asked_question, review_of

from equalterms.desk.actions import decide, merge
from equalterms.programme.models import Session
from equalterms.questions import actions as questions
from equalterms.questions.models import Question
from equalterms.safety.models import Review
from equalterms.safety.profile.receipt import Secret


def shown(session: Session, text: str = "How do I block someone?", **more: Any) -> Secret:
    secret = an_asked_question(session, text, **more)
    decide(review=review_of(secret), account=a_role(session.event, "moderator"), decision=SHOW)
    return secret


def joined(session: Session, child: Secret, target: Secret) -> Review:
    """Merges `child` into `target`, as a moderator does."""
    return merge(review=review_of(child), into=review_of(target), account=a_role(session.event, "moderator"))


def states(*asked: Secret) -> list[str]:
    return [Review.objects.get(subject=secret.id).state for secret in asked]


def votes(secret: Secret) -> int:
    return Question.objects.get(pk=secret.id).votes


def vote(secret: Secret, times: int) -> None:
    for _ in range(times):
        questions.vote(question=Question.objects.get(pk=secret.id), tag=uuid4())
