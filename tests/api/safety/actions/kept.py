"""Rows of review and receipt, by themselves."""

from uuid import uuid4

from equalterms.lib import clock
from equalterms.programme.models import Session
from equalterms.safety import actions
from equalterms.safety.models import Review
from equalterms.safety.profile.receipt import Secret
from equalterms.safety.receipts import Claimed


def a_review(session: Session, **fields: object) -> Review:
    given = {"kind": "question", "subject": uuid4(), "topic": session.topic, "slot": clock.slot()} | fields
    return Review.objects.create(**given)


def a_kept_secret(session: Session, *, reply: bool = True) -> Secret:
    secret = Secret(uuid4().bytes[:10], session.event_id, "question")
    claimed = Claimed("question", secret.id, secret.auth, secret.reply_key if reply else None)  # type: ignore[arg-type]
    assert actions.keep_receipt(session=session, claimed=claimed)
    return secret
