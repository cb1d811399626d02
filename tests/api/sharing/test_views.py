from typing import Any

import pytest
from tests.askers import Phone
from tests.makers import a_role, a_session, a_shown_comment, a_shown_question, an_event
from tests.sent import a_said_comment, an_asked_question
from tests.staff import Caller, problem

from equalterms.programme.models import Session
from equalterms.questions import actions as questions
from equalterms.safety.models import Review

pytestmark = pytest.mark.django_db
FEW, SOME = {"least": 0, "most": 4}, {"least": 5, "most": 9}
QUIET = {"shown": 0, "answered": 0, "comments": 0, "returned": FEW, "hidden": FEW, "merged": FEW}


def tally(session: Session) -> dict[str, Any]:
    body: dict[str, Any] = Phone().send("GET", f"sessions/{session.code}/tally/").json()
    return body


def test_a_session_tells_what_there_is_to_read(django_assert_num_queries: Any) -> None:
    session = a_session()
    one, *_ = [a_shown_question(session) for _ in range(3)]
    a_shown_comment(session)
    for _ in range(2):
        questions.answer(question=one.pk, account=a_role(session.event), text="Like this.")
    a_shown_question(session, audience="surgeons")
    a_shown_question(a_session(session.event))

    with django_assert_num_queries(5):
        told = tally(session)

    assert told == QUIET | {"shown": 3, "answered": 1, "comments": 1}


def test_what_there_is_to_read_is_counted_once_a_version(django_assert_num_queries: Any) -> None:
    session = a_session()
    one, other = (a_shown_question(session) for _ in range(2))
    tally(session)

    with django_assert_num_queries(3):
        assert tally(session) == QUIET | {"shown": 2}

    said = a_shown_comment(session)
    questions.answer(question=one.pk, account=a_role(session.event), text="Like this.")
    assert tally(session) == QUIET | {"shown": 2, "answered": 1, "comments": 1}
    moderator = Caller(a_role(session.event, "moderator"))
    for gone in (other, said):
        assert moderator.post(f"desk/reviews/{gone.review_id}/hide/", {"reason": "other"}).status_code == 200
    assert tally(session) == QUIET | {"shown": 1, "answered": 1}


def test_nothing_is_told_of_what_waits() -> None:
    session = a_session()
    for _ in range(6):
        an_asked_question(session)
        a_said_comment(session)

    assert tally(session) == QUIET
    Review.objects.update(state="approved")
    assert tally(session) == QUIET


@pytest.mark.parametrize("make", [an_asked_question, a_said_comment])
@pytest.mark.parametrize("act", ["return", "hide"])
def test_a_single_decision_in_a_quiet_session_does_not_show(make: Any, act: str) -> None:
    session = a_session()
    make(session)
    moderator = Caller(a_role(session.event, "moderator"))
    path = f"desk/reviews/{Review.objects.get().pk}/{act}/"

    before = Phone().send("GET", f"sessions/{session.pk}/tally/").content
    assert moderator.post(path, {"reason": "other"}).status_code == 200
    after = Phone().send("GET", f"sessions/{session.pk}/tally/").content

    assert before == after


@pytest.mark.parametrize("state", ["returned", "hidden", "merged"])
def test_many_decisions_show_in_steps_of_five(state: str) -> None:
    session = a_session()
    seen = []
    for _ in range(6):
        secret = an_asked_question(session)
        Review.objects.filter(subject=secret.id).update(state=state)
        seen.append(tally(session)[state])

    assert seen == [FEW] * 4 + [SOME] * 2
    assert tally(session) == QUIET | {state: SOME}


def test_everybody_reads_the_same_and_drafts_are_not_there() -> None:
    session, draft = a_session(), a_session(an_event(state="draft"))

    plain = Phone().send("GET", f"sessions/{session.pk}/tally/")
    told = Phone().send("GET", f"sessions/{session.pk}/tally/", Authorization="Bearer x", Cookie="a=b")

    assert plain.content == told.content
    assert not plain.cookies
    assert problem(Phone().send("GET", f"sessions/{draft.pk}/tally/")) == (404, "not-found")
