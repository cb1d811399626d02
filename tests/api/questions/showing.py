"""Questions that a moderator has shown, and problems as they must look."""

from typing import Any

from django.db import transaction
from tests.askers import Phone
from tests.makers import a_role

from equalterms.programme.models import Session
from equalterms.questions import actions
from equalterms.questions.models import Question
from equalterms.safety.actions import approve
from equalterms.safety.profile.receipt import Secret


def a_shown_question(session: Session, text: str = "How do I block someone?") -> Question:
    """Asked by a phone and shown by a moderator, through the actions."""
    phone = Phone()
    secret = phone.secret(session)
    assert phone.ask(session, text, secret).status_code == 201
    show(session, secret)
    return Question.objects.get(pk=secret.id)


def show(session: Session, secret: Secret) -> None:
    question = Question.objects.select_related("review").get(pk=secret.id)
    with transaction.atomic():
        approve(review=question.review_id, account=a_role(session.event, "moderator"))
        actions.reveal(session=session, questions=[question])


def problem(answer: Any) -> tuple[int, str]:
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Cache-Control"] == "no-store"
    return answer.status_code, answer.json()["code"]
