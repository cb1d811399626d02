from uuid import uuid4

import pytest
from tests.api.desk.waiting import asked
from tests.askers import Phone
from tests.makers import a_shown_question
from tests.staff import Caller, fields, problem

from equalterms.programme.models import Session
from equalterms.questions.models import Answer, Question
from equalterms.safety.models import Note, Review
from equalterms.safety.profile.sealing import unseal

pytestmark = pytest.mark.django_db


def test_surgeons_find_what_waits_for_an_answer(session: Session, surgeon: Caller) -> None:
    open_one, done = a_shown_question(session), a_shown_question(session)
    private = a_shown_question(session, audience="surgeons", text="Only for you")
    asked(session, "Not yet looked at")
    surgeon.post(f"desk/questions/{done.pk}/answers/", {"text": "Like this."})
    path = f"desk/events/{session.event_id}/questions/"

    waiting = surgeon.get(path).json()["results"]
    answered = surgeon.get(path + "?state=answered").json()["results"]

    assert {row["id"] for row in waiting} == {str(open_one.pk), str(private.pk)}
    assert [row["id"] for row in answered] == [str(done.pk)]
    assert [answer["text"] for answer in answered[0]["answers"]] == ["Like this."]
    assert {row["audience"] for row in waiting} == {"everyone", "surgeons"}


def test_an_answer_is_given_changed_and_taken_back(session: Session, surgeon: Caller) -> None:
    question = a_shown_question(session)

    given = surgeon.post(f"desk/questions/{question.pk}/answers/", {"text": "Mute first.", "spoken": True})
    path = f"desk/answers/{given.json()['id']}/"
    changed = surgeon.patch(path, {"text": "Block first."})

    assert given.status_code == 201
    assert (given.json()["text"], given.json()["spoken"], given.json()["by"]["name"]) == (
        "Mute first.",
        True,
        "Ama",
    )
    assert (changed.json()["text"], changed.json()["edited"]) == ("Block first.", True)
    public = Phone().send("GET", f"sessions/{session.pk}/questions/{question.pk}/").json()["answers"]
    assert public == [changed.json()]
    assert surgeon.send("DELETE", path).status_code == 204
    assert problem(surgeon.send("DELETE", path)) == (404, "not-found")


def test_a_question_for_surgeons_only_is_answered_sealed_and_nowhere_else(
    session: Session, surgeon: Caller, moderator: Caller
) -> None:
    phone = Phone()
    secret = phone.secret(session)
    phone.ask(session, "Only for surgeons", secret, audience="surgeons")
    moderator.post(f"desk/reviews/{Review.objects.get().pk}/show/")

    answer = surgeon.post(f"desk/questions/{secret.id}/answers/", {"text": "In private."})

    assert (answer.status_code, answer.json()["text"]) == (201, "")
    opened = unseal(secret.private, secret.box, bytes(Note.objects.get(box=secret.box).sealed))
    assert (opened["state"], opened["note"]) == ("reply", "In private.")
    assert Answer.objects.get().text == ""
    assert phone.send("GET", f"sessions/{session.pk}/questions/").json()["results"] == []


def test_an_asker_who_left_no_key_cannot_be_answered_in_private(session: Session, surgeon: Caller) -> None:
    question = a_shown_question(session, audience="surgeons")
    path = f"desk/questions/{question.pk}/answers/"

    assert problem(surgeon.post(path, {"text": "In private."})) == (409, "no-reply-key")
    assert problem(surgeon.post(path, {"text": "x" * 600})) == (400, "reply-too-long")
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "text"),
        ({"text": ""}, "text"),
        ({"text": "x" * 4001}, "text"),
        ({"text": 1}, "text"),
        ({"text": "a", "spoken": "yes"}, "spoken"),
        ({"text": "a", "by": "x"}, "body"),
    ],
)
def test_bad_answers_are_refused_by_name(session: Session, surgeon: Caller, body: object, field: str) -> None:
    question = a_shown_question(session)

    assert fields(surgeon.post(f"desk/questions/{question.pk}/answers/", body)) == {field}
    assert not Answer.objects.exists()


def test_only_what_is_shown_can_be_answered(session: Session, surgeon: Caller) -> None:
    held = asked(session)

    for question in (held.subject, uuid4()):
        answer = surgeon.post(f"desk/questions/{question}/answers/", {"text": "Like this."})
        assert problem(answer) == (404, "not-found")
    assert Question.objects.count() == 1
