"""Clash warnings over the wire."""

import pytest
from tests.makers import a_role, a_room, a_session, an_event
from tests.staff import Caller, problem

pytestmark = pytest.mark.django_db


def test_an_organiser_reads_what_clashes_in_a_draft() -> None:
    event = an_event(state="draft")
    hall = a_room(event, name="Hall")
    one, two = sorted((a_session(event, room=hall) for _ in range(2)), key=lambda session: session.pk)

    answer = Caller(a_role(event)).get(f"desk/events/{event.pk}/clashes/")

    assert answer["Cache-Control"] == "no-store"
    (clash,) = answer.json()["clashes"]
    assert (clash["kind"], clash["what"]) == ("room", "Hall")
    assert [(session["id"], session["code"], session["title"]) for session in clash["sessions"]] == [
        (str(session.pk), session.code, session.title) for session in (one, two)
    ]
    assert set(clash["sessions"][0]) == {"id", "code", "title", "starts", "ends"}


def test_a_day_without_clashes_says_so() -> None:
    event = a_session().event

    assert Caller(a_role(event)).get(f"desk/events/{event.pk}/clashes/").json() == {"clashes": []}


def test_it_is_for_organisers() -> None:
    event = an_event()

    answer = Caller(a_role(event, "moderator")).get(f"desk/events/{event.pk}/clashes/")

    assert problem(answer) == (403, "not-yours")
