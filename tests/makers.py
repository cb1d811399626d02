"""Plain makers of rows for tests: no surprises, everything can be overridden."""

from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from equalterms.journal.models import Topic
from equalterms.lib import clock
from equalterms.people.models import Account, Surgeon
from equalterms.programme.models import (
    Appearance,
    Event,
    EventState,
    Listing,
    Mixing,
    Role,
    RoleKind,
    Room,
    Session,
)
from equalterms.questions import actions as questions
from equalterms.questions.models import Question
from equalterms.safety.models import Review, State, SubjectKind
from equalterms.threads import actions as threads
from equalterms.threads.models import Comment, Voice

PASSWORD = "a-quiet-place-42"
_numbers = count(1)


def an_event(**fields: Any) -> Event:
    """A published day, mixing off and without proofs unless asked for otherwise."""
    number = next(_numbers)
    start = clock.now().replace(hour=9, minute=0, second=0, microsecond=0)
    given = {
        "slug": f"day-{number}",
        "title": f"Day {number}",
        "timezone": "Europe/London",
        "starts": start,
        "ends": start + timedelta(hours=8),
        "state": EventState.PUBLISHED,
        "mixing": Mixing.OFF,
        "proof": False,
    } | fields
    return Event.objects.create(day=Topic.objects.create(), now=Topic.objects.create(), **given)


def a_room(event: Event, **fields: Any) -> Room:
    return Room.objects.create(event=event, **({"name": f"Room {next(_numbers)}"} | fields))


def a_session(event: Event | None = None, **fields: Any) -> Session:
    event = event or an_event()
    given = {
        "title": f"Session {next(_numbers)}",
        "starts": event.starts + timedelta(hours=1),
        "ends": event.starts + timedelta(hours=2),
        "day": event.starts.date(),
    } | fields
    return Session.objects.create(event=event, topic=Topic.objects.create(), **given)


def a_day_going_on(**fields: Any) -> Event:
    """A day that began two hours ago, whatever time it is."""
    now = clock.now().replace(microsecond=0)
    return an_event(**({"starts": now - timedelta(hours=2), "ends": now + timedelta(hours=6)} | fields))


def a_session_going_on(event: Event | None = None, **fields: Any) -> Session:
    """A session that began an hour ago and goes on for another, at a day that does."""
    now, hour = clock.now().replace(microsecond=0), timedelta(hours=1)
    return a_session(event or a_day_going_on(), **({"starts": now - hour, "ends": now + hour} | fields))


def an_account(**fields: Any) -> Account:
    number = next(_numbers)
    password = fields.pop("password", PASSWORD)
    account = Account(**({"email": f"person{number}@example.org", "name": f"Person {number}"} | fields))
    account.set_password(password)
    account.save()
    return account


def a_role(event: Event, role: str = RoleKind.ORGANISER, account: Account | None = None) -> Account:
    """An account with `role` at `event`."""
    account = account or an_account()
    Role.objects.create(account=account, event=event, role=role)
    return account


def a_surgeon(event: Event | None = None, session: Session | None = None, **fields: Any) -> Surgeon:
    """A published profile with every field public, listed at `event` and appearing in `session`."""
    given = {
        "name": f"Surgeon {next(_numbers)}",
        "published": True,
        "public": list(Surgeon.CHOOSABLE),
    } | fields
    surgeon = Surgeon.objects.create(**given)
    if event is not None:
        Listing.objects.create(event=event, surgeon=surgeon)
    if session is not None:
        Appearance.objects.create(session=session, surgeon=surgeon)
    return surgeon


def _passed(session: Session, kind: str, subject: UUID) -> Review:
    """As moderators leave one: it came before the desk, and was shown."""
    return Review.objects.create(
        topic=session.topic, kind=kind, subject=subject, state=State.SHOWN, taken_in=True, slot=0
    )


def a_shown_question(session: Session, **fields: Any) -> Question:
    """A question that has passed review and is public, told to followers as a real one is."""
    ident = uuid4()
    review = _passed(session, SubjectKind.QUESTION, ident)
    given = {"text": f"Question {next(_numbers)}?", "slot": 0} | fields
    question = Question.objects.create(pk=ident, session=session, review=review, **given)
    with transaction.atomic():
        questions.reveal(session=session, questions=[question])
    return question


def a_shown_comment(session: Session, **fields: Any) -> Comment:
    """A comment of somebody that is public, told to followers as a real one is."""
    ident = uuid4()
    review = _passed(session, SubjectKind.COMMENT, ident)
    voice = Voice.objects.create(session=session, mark=ident.bytes * 2)
    given = {"text": f"Comment {next(_numbers)}.", "slot": 0, "voice": voice} | fields
    comment = Comment.objects.create(pk=ident, session=session, review=review, **given)
    with transaction.atomic():
        threads.reveal(session=session, comments=[comment])
    return comment
