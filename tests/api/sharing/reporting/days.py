"""A day with something to report, for these tests."""

from typing import Any
from uuid import uuid4

from tests.makers import a_role, a_session, a_shown_comment, a_shown_question, a_surgeon, an_event

from equalterms.bookings.models import Booking, HeadCount
from equalterms.programme.models import Event, Session
from equalterms.questions import actions as questions
from equalterms.questions.models import Question


def places(session: Session, **states: int) -> None:
    """So many places at a session that stand so."""
    for state, number in states.items():
        for _ in range(number):
            over = state in {"served", "left"}
            taken = Booking.objects.filter(event=session.event).count()
            ticket = None if over else 100 + taken
            Booking.objects.create(event=session.event, session=session, state=state, ticket=ticket)


def heads(session: Session, *counted: int) -> None:
    """What each door counted."""
    for number in counted:
        HeadCount.objects.create(counter=uuid4(), session=session, heads=number)


def an_answered_question(session: Session, text: str = "How?", answer: str = "So.", **more: Any) -> Question:
    question = a_shown_question(session, **({"text": text, "recap": True} | more))
    questions.answer(question=question.pk, account=a_role(session.event), text=answer)
    return question


def a_day(**fields: Any) -> Event:
    """A day with a surgery, a talk, and something of everything."""
    event = an_event(title="Open day", slug="open-day", **fields)
    surgery = a_session(event, title="Surgery", kind="surgery", track="Safety")
    talk = a_session(event, title="Talk", kind="talk", track="Safety")
    places(surgery, served=3, here=2, taken=1, left=1, held=1, listed=1)
    places(talk, here=4)
    heads(surgery, 5, 6)
    an_answered_question(surgery, "How do I block someone?", "In the settings.")
    a_shown_question(talk)
    a_shown_comment(talk)
    a_surgeon(event, labels=["Passwords", "Privacy"])
    a_surgeon(event, labels=["passwords"])
    return event
