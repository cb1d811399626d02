"""Choosing the question a room is at, over HTTP."""

from datetime import timedelta
from uuid import uuid4

import pytest
from tests.makers import a_role, a_session, a_shown_question, an_account, an_event
from tests.staff import Caller, fields, problem

from equalterms.lib import clock
from equalterms.programme.models import Role, Session

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ["organiser", "moderator", "surgeon"])
def test_whoever_may_answer_chooses_and_the_room_sees_it(role: str) -> None:
    session = a_session()
    question = a_shown_question(session)
    desk, path = Caller(a_role(session.event, role)), f"desk/sessions/{session.code}/current/"

    chosen = desk.send("PUT", path, {"question": str(question.pk)})
    seen = Caller().get(f"sessions/{session.pk}/live/").json()["current"]
    cleared = desk.send("PUT", path, {"question": None})

    assert (chosen.status_code, chosen.json()) == (200, {"question": str(question.pk)})
    assert seen == str(question.pk)
    assert (cleared.status_code, cleared.json()) == (200, {"question": None})
    assert Caller().get(f"sessions/{session.pk}/live/").json()["current"] is None


def test_a_co_moderator_chooses_in_their_own_session_alone() -> None:
    event = an_event()
    own, other = a_session(event), a_session(event)
    helper = an_account(email=None)
    until = clock.now() + timedelta(hours=1)
    role = Role.objects.create(account=helper, event=event, role="moderator", session=own, until=until)

    def choose(session: Session) -> int:
        body = {"question": str(a_shown_question(session).pk)}
        status: int = Caller(helper).send("PUT", f"desk/sessions/{session.pk}/current/", body).status_code
        return status

    while_it_lasts = [choose(own), choose(other)]
    Role.objects.filter(pk=role.pk).update(until=clock.now() - timedelta(minutes=1))

    assert (while_it_lasts, choose(own)) == ([200, 403], 403)


def test_the_door_and_strangers_choose_nothing() -> None:
    session = a_session()
    body = {"question": str(a_shown_question(session).pk)}
    path = f"desk/sessions/{session.pk}/current/"

    door = Caller(a_role(session.event, "door")).send("PUT", path, body)
    stranger = Caller(a_role(a_session().event)).send("PUT", path, body)
    nobody = Caller().send("PUT", path, body)

    assert [problem(answer) for answer in (door, stranger, nobody)] == [
        (403, "not-yours"), (403, "not-yours"), (401, "not-signed-in"),
    ]  # fmt: skip


def test_what_is_not_shown_there_is_refused_as_a_field() -> None:
    session = a_session()
    desk, path = Caller(a_role(session.event)), f"desk/sessions/{session.pk}/current/"

    unknown = desk.send("PUT", path, {"question": str(uuid4())})
    missing = desk.send("PUT", path, {})
    wrong = desk.send("PUT", path, {"question": 7})

    assert [fields(answer) for answer in (unknown, missing, wrong)] == [{"question"}] * 3


def test_of_two_who_choose_the_later_looks_at_the_wall_again() -> None:
    session = a_session()
    one, other = (str(a_shown_question(session).pk) for _ in range(2))
    desk, path = Caller(a_role(session.event)), f"desk/sessions/{session.code}/current/"
    seen = desk.get(path)

    first = desk.send("PUT", path, {"question": one}, If_Match=seen["ETag"])
    late = [desk.send("PUT", path, {"question": to}, If_Match=seen["ETag"]) for to in (other, None)]

    assert (seen.json(), first.status_code) == ({"question": None}, 200)
    assert [problem(answer) for answer in late] == [(412, "changed-meanwhile")] * 2
    assert (desk.get(path).json(), desk.get(path)["ETag"]) == ({"question": one}, first["ETag"])
    assert desk.send("PUT", path, {"question": other}, If_Match=first["ETag"]).status_code == 200
