import json
from typing import Any

import pytest
from tests.api.questions.showing import a_shown_question, problem, show
from tests.askers import Phone
from tests.makers import a_role

from equalterms.programme.models import Session
from equalterms.questions import actions

pytestmark = pytest.mark.django_db


def test_reads_are_the_same_for_everybody_whatever_they_bring(session: Session, phone: Phone) -> None:
    a_shown_question(session)
    path = f"sessions/{session.pk}/questions/"

    plain = phone.send("GET", path)
    told = phone.send("GET", path, Authorization="Bearer nonsense", Cookie="a=b")

    assert plain.content == told.content
    assert "Set-Cookie" not in plain
    assert not plain.cookies


def test_questions_for_surgeons_only_are_never_public(session: Session, phone: Phone) -> None:
    secret = phone.secret(session)
    phone.ask(session, "For surgeons", secret, audience="surgeons")
    session.topic.refresh_from_db()
    before = session.topic.version
    show(session, secret)

    session.topic.refresh_from_db()
    assert session.topic.version == before
    assert phone.send("GET", f"sessions/{session.pk}/questions/").json()["results"] == []
    assert phone.send("GET", f"sessions/{session.pk}/questions/{secret.id}/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_the_same_queries_for_one_and_for_three(
    session: Session, rows: int, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        question = a_shown_question(session)
        actions.answer(question=question.pk, account=a_role(session.event, "surgeon"), text="Like this.")

    with django_assert_num_queries(3):
        answer = Phone().send("GET", f"sessions/{session.pk}/questions/")

    assert len(answer.json()["results"]) == rows


def test_pages_follow_each_other_and_miss_nothing(session: Session) -> None:
    made = {str(a_shown_question(session, f"Number {number}").pk) for number in range(5)}
    phone, seen, pages = Phone(), [], []
    path = f"sessions/{session.pk}/questions/?sort=newest&page_size=2"
    while path:
        answer = phone.send("GET", path).json()
        pages.append(answer)
        seen += [question["id"] for question in answer["results"]]
        path = (answer["next"] or "").partition("/api/v1/")[2]

    assert [len(page["results"]) for page in pages] == [2, 2, 1]
    assert set(seen) == made
    back = phone.send("GET", pages[2]["previous"].partition("/api/v1/")[2]).json()
    assert [q["id"] for q in back["results"]] == [q["id"] for q in pages[1]["results"]]
    link = phone.send("GET", f"sessions/{session.pk}/questions/?sort=newest&page_size=2")["Link"]
    assert link == f'<{pages[0]["next"]}>; rel="next"'


@pytest.mark.parametrize(
    "query",
    ["sort=best", "page_size=0", "page_size=201", "page_size=abc", "page_size=", "cursor=zz", "cursor=5b.aa"],
)
def test_bad_queries_are_refused(session: Session, query: str) -> None:
    answer = Phone().send("GET", f"sessions/{session.pk}/questions/?{query}")

    assert problem(answer) == (400, "invalid")


def test_a_cursor_of_another_order_is_refused(session: Session) -> None:
    for number in range(2):
        a_shown_question(session, f"Number {number}")
    by_votes = Phone().send("GET", f"sessions/{session.pk}/questions/?page_size=1").json()["next"]
    cursor = by_votes.partition("cursor=")[2]

    answer = Phone().send("GET", f"sessions/{session.pk}/questions/?sort=newest&cursor={cursor}")

    assert problem(answer) == (400, "invalid")


def test_unanswered_lists_leave_answered_ones_out(session: Session) -> None:
    one, two = a_shown_question(session, "One"), a_shown_question(session, "Two")
    actions.answer(question=one.pk, account=a_role(session.event, "surgeon"), text="Like this.")

    listed = Phone().send("GET", f"sessions/{session.pk}/questions/?sort=unanswered").json()["results"]

    assert [question["id"] for question in listed] == [str(two.pk)]


def test_a_public_question_holds_these_fields_and_no_others(session: Session) -> None:
    question = a_shown_question(session)
    actions.answer(question=question.pk, account=a_role(session.event, "organiser"), text="Like this.")

    body = Phone().send("GET", f"sessions/{session.pk}/questions/{question.pk}/").json()

    assert sorted(body) == sorted(
        [
            "id",
            "session",
            "text",
            "warning",
            "state",
            "audience",
            "votes",
            "slot",
            "shown",
            "answers",
            "folded",
            "reported",
        ]
    )
    assert sorted(body["answers"][0]) == sorted(["id", "text", "spoken", "edited", "slot", "by"])
    assert body["answers"][0]["by"] == {"id": None, "name": "the organisers"}
    assert body["slot"].endswith(("00:00Z", "15:00Z", "30:00Z", "45:00Z"))
    assert json.dumps(body).count("recap") == 0
