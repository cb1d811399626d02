"""Questions asked through the actions."""

from uuid import uuid4

from django.db import transaction
from tests.makers import a_role

from equalterms.programme.models import Session
from equalterms.questions import actions
from equalterms.questions.actions import Asked
from equalterms.questions.models import Question
from equalterms.safety.actions import approve
from equalterms.safety.models import SubjectKind
from equalterms.safety.profile.receipt import Secret
from equalterms.safety.receipts import Claimed


def a_secret(session: Session) -> Secret:
    return Secret(uuid4().bytes[:10], session.event_id, "question")


def claimed_by(secret: Secret, *, reply: bool = True) -> Claimed:
    return Claimed(SubjectKind.QUESTION, secret.id, secret.auth, secret.reply_key if reply else None)


def a_question(
    session: Session, *, shown: bool = True, reply: bool = True, **content: object
) -> tuple[Question, Secret]:
    secret = a_secret(session)
    asked = Asked(**({"text": "How do I block someone?"} | content))  # type: ignore[arg-type]
    actions.ask(session=session, claimed=claimed_by(secret, reply=reply), asked=asked)
    question = Question.objects.select_related("review").get(pk=secret.id)
    if shown:
        with transaction.atomic():
            approve(review=question.review_id, account=a_role(session.event, "moderator"))
            actions.reveal(session=session, questions=[question])
    return question, secret
