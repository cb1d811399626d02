"""Rehearsing from the desk."""

from datetime import timedelta

import pytest
from tests.makers import a_role, a_session, an_event
from tests.sent import an_asked_question
from tests.staff import Caller, fields, problem

from equalterms.lib import clock
from equalterms.programme.models import Event
from equalterms.questions.models import Question

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.alone]


def tomorrow() -> Event:
    starts = clock.now() + timedelta(days=1)
    return an_event(starts=starts, ends=starts + timedelta(hours=8))


def test_the_printed_day_says_that_it_is_a_rehearsal_while_it_lasts() -> None:
    event = tomorrow()
    organiser, path = Caller(a_role(event)), f"desk/events/{event.slug}/rehearsal/"
    said = []

    begun = organiser.post(path, {"on": True})
    said.append(Caller().get(f"events/{event.slug}/").json()["rehearsal"])
    an_asked_question(a_session(event))
    ended = organiser.post(path, {"on": False})
    said.append(Caller().get(f"events/{event.slug}/").json()["rehearsal"])

    assert (begun.json(), ended.json(), said) == ({"rehearsal": True}, {"rehearsal": False}, [True, False])
    assert not Question.objects.exists()


def test_a_day_with_real_questions_is_not_rehearsed() -> None:
    session = a_session(tomorrow())
    an_asked_question(session)

    answer = Caller(a_role(session.event)).post(f"desk/events/{session.event.slug}/rehearsal/", {"on": True})

    assert problem(answer) == (409, "wrong-state")


@pytest.mark.parametrize("role", ["moderator", "surgeon", "door"])
def test_only_organisers_rehearse(role: str) -> None:
    event = tomorrow()

    answer = Caller(a_role(event, role)).post(f"desk/events/{event.slug}/rehearsal/", {"on": True})

    assert problem(answer) == (403, "not-yours")
    assert not Event.objects.get().rehearsal


def test_it_is_on_or_off() -> None:
    event = tomorrow()

    assert fields(Caller(a_role(event)).post(f"desk/events/{event.slug}/rehearsal/", {})) == {"on"}
