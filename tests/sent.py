"""What askers have sent, through the actions; and what has become of it."""

import secrets
from uuid import UUID

from equalterms.bookings import actions as bookings
from equalterms.desk.actions import Decision
from equalterms.journal.models import Entry
from equalterms.programme.models import Session
from equalterms.questions import actions as questions
from equalterms.questions.models import Question
from equalterms.safety.models import Note, Review, SubjectKind
from equalterms.safety.profile.receipt import Secret
from equalterms.safety.profile.sealing import unseal
from equalterms.safety.receipts import Claimed
from equalterms.threads import actions as threads
from equalterms.threads.models import Comment

SHOW = Decision("show")


def an_asked_question(
    session: Session, text: str = "How do I block someone?", *, coded: bool = False, **more: str
) -> Secret:
    secret = Secret(secrets.token_bytes(10), session.event_id, "question")
    claimed = Claimed(SubjectKind.QUESTION, secret.id, secret.auth, secret.reply_key)
    questions.ask(session=session, claimed=claimed, asked=questions.Asked(text, **more), coded=coded)
    return secret


def a_said_comment(session: Session, text: str = "I was afraid too.") -> Secret:
    secret = Secret(secrets.token_bytes(10), session.event_id, "comment")
    claimed = Claimed(SubjectKind.COMMENT, secret.id, secret.auth, secret.reply_key)
    threads.say(session=session, claimed=claimed, said=threads.Said(text, None, secrets.token_bytes(16)))
    return secret


def claimed_by(secret: Secret) -> Claimed:
    return Claimed(SubjectKind(secret.kind), secret.id, secret.auth, secret.reply_key)


def a_booked_place(session: Session, *labels: str, remote: bool = False) -> Secret:
    """A place booked from home, or one on the waiting list where there is none."""
    secret = Secret(secrets.token_bytes(10), session.event_id, "booking")
    wanted = bookings.Wanted(list(labels), remote)
    bookings.book(session=session, claimed=claimed_by(secret), wanted=wanted)
    return secret


def review_of(secret: Secret) -> UUID:
    return Review.objects.get(subject=secret.id).pk


def opened_by(secret: Secret) -> dict[str, object]:
    note = Note.objects.get(box=secret.box)
    return unseal(secret.private, secret.box, bytes(note.sealed))


def note_to(secret: Secret) -> dict[str, object]:
    opened = opened_by(secret)
    return {name: opened[name] for name in ("state", "reason", "note")}


def merged_note(secret: Secret) -> tuple[object, object]:
    """The state its asker reads, and what it was merged into."""
    opened = opened_by(secret)
    return opened["state"], opened.get("into")


def is_shown(secret: Secret) -> bool:
    shown = Question.objects.shown() if secret.kind == "question" else Comment.objects.shown()
    return shown.filter(pk=secret.id).exists()


def kinds(session: Session) -> list[str]:
    rows = Entry.objects.filter(topic=session.topic_id).order_by("version")
    return list(rows.values_list("kind", flat=True))
