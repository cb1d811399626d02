"""What waits at a desk, sent by phones."""

from tests.askers import Phone

from equalterms.programme.models import Session
from equalterms.safety.models import Review


def queue_of(session: Session) -> str:
    return f"desk/events/{session.event_id}/reviews/"


def asked(session: Session, text: str = "How do I block someone?", **more: object) -> Review:
    secret = Phone().secret(session)
    assert Phone().ask(session, text, secret, **more).status_code == 201
    return Review.objects.get(subject=secret.id)
