from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from tests.api.desk.waiting import asked
from tests.askers import Phone
from tests.makers import a_role, a_session, a_shown_question, an_account
from tests.merging import shown
from tests.sent import note_to
from tests.staff import Caller, fields, problem, walk

from equalterms.people.models import Account, Surgeon
from equalterms.programme.models import Appearance, Event, Session
from equalterms.questions.models import Answer, Question
from equalterms.safety.models import Claim, Note, Review
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


def a_claim(question: Question, account: Account | None) -> None:
    Claim.objects.create(topic=question.session.topic, subject=question.pk, account=account)


def test_ones_own_are_those_of_ones_sessions_and_those_one_has_taken(
    session: Session, surgeon: Caller
) -> None:
    me, mine = Surgeon.objects.get(name="Ama"), a_session(session.event)
    Appearance.objects.create(session=mine, surgeon=me)
    at_mine, taken, theirs = a_shown_question(mine), a_shown_question(session), a_shown_question(session)
    a_shown_question(session)
    a_claim(taken, me.account)
    a_claim(theirs, an_account(name="Bea"))
    path = f"desk/events/{session.event_id}/questions/"

    listed = {row["id"]: row["taken_by"] for row in surgeon.get(path + "?mine=true").json()["results"]}
    everybodys = {row["id"]: row["taken_by"] for row in surgeon.get(path).json()["results"]}

    assert me.account is not None
    assert listed == {str(at_mine.pk): None, str(taken.pk): me.account.name}
    assert len(everybodys) == 4
    assert everybodys[str(theirs.pk)] == "Bea"
    assert surgeon.get(path + "?mine=false").json()["results"] == surgeon.get(path).json()["results"]
    assert fields(surgeon.get(path + "?mine=yes")) == {"mine"}
    Account.objects.filter(name="Bea").update(is_active=False)
    assert {row["taken_by"] for row in surgeon.get(path).json()["results"]} == {None, me.account.name}


def test_the_pages_of_ones_own_stay_ones_own(session: Session, surgeon: Caller) -> None:
    me = Surgeon.objects.get(name="Ama")
    for _ in range(3):
        a_claim(a_shown_question(session), me.account)
        a_shown_question(session)

    pages = walk(surgeon, f"desk/events/{session.event_id}/questions/?mine=true&page_size=1")

    assert [len(page) for page in pages] == [1, 1, 1]
    assert {row["taken_by"] for page in pages for row in page} == {me.account.name}  # type: ignore[union-attr]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_queue_takes_the_same_queries_for_one_and_for_three(
    session: Session, surgeon: Caller, rows: int, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        a_claim(a_shown_question(session), a_role(session.event, "surgeon"))

    with django_assert_num_queries(7):
        answer = surgeon.get(f"desk/events/{session.event.slug}/questions/?mine=false")
    assert len(answer.json()["results"]) == rows


def test_answers_still_reach_their_askers_after_the_day(session: Session, surgeon: Caller) -> None:
    private, public = shown(session, audience="surgeons"), shown(session, recap=True)  # type: ignore[arg-type]
    me = Surgeon.objects.get(name="Ama")
    a_claim(Question.objects.get(pk=private.id), me.account)
    over = session.event.starts - timedelta(days=2)
    Event.objects.update(starts=over, ends=over + timedelta(hours=8))
    Session.objects.update(starts=over, ends=over + timedelta(hours=1))
    path = f"desk/events/{session.event_id}/questions/"

    todo = surgeon.get(path + "?mine=true").json()["results"]
    answers = [
        surgeon.post(f"desk/questions/{secret.id}/answers/", {"text": "Like this."})
        for secret in (private, public)
    ]

    assert [row["id"] for row in todo] == [str(private.id)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert note_to(private) == {"state": "reply", "reason": "", "note": "Like this."}
    assert surgeon.get(path).json()["results"] == []
    read = Phone().send("GET", f"sessions/{session.pk}/questions/{public.id}/").json()["answers"]
    assert [answer["text"] for answer in read] == ["Like this."]


def test_of_two_who_change_an_answer_the_later_reads_it_again(session: Session, surgeon: Caller) -> None:
    question = a_shown_question(session)
    given = surgeon.post(f"desk/questions/{question.pk}/answers/", {"text": "Mute first."})
    path = f"desk/answers/{given.json()['id']}/"
    organiser = Caller(a_role(session.event))

    first = organiser.patch(path, {"text": "Mute them first."}, If_Match=surgeon.get(path)["ETag"])
    late = surgeon.patch(path, {"text": "Block first."}, If_Match=given["ETag"])

    assert (first.status_code, problem(late)) == (200, (412, "changed-meanwhile"))
    assert (surgeon.get(path).json(), surgeon.get(path)["ETag"]) == (first.json(), first["ETag"])


def test_of_two_who_change_a_sealed_answer_the_later_is_told(session: Session, surgeon: Caller) -> None:
    phone = Phone()
    secret = phone.secret(session)
    phone.ask(session, "Only for you", secret, audience="surgeons")
    Review.objects.filter(subject=secret.id).update(state="shown", taken_in=True)
    given = surgeon.post(f"desk/questions/{secret.id}/answers/", {"text": "Like this."})
    path = f"desk/answers/{given.json()['id']}/"
    once = surgeon.patch(path, {"text": "Like that."}, If_Match=given["ETag"])

    twice = surgeon.patch(path, {"text": "Or like this."}, If_Match=once["ETag"])
    late = surgeon.patch(path, {"text": "No."}, If_Match=once["ETag"])

    assert (once.status_code, twice.status_code) == (200, 200)
    assert problem(late) == (412, "changed-meanwhile")


def test_an_answer_is_read_by_those_who_may_change_it(session: Session, surgeon: Caller) -> None:
    question = a_shown_question(session)
    given = surgeon.post(f"desk/questions/{question.pk}/answers/", {"text": "Mute first."})
    path = f"desk/answers/{given.json()['id']}/"

    assert surgeon.get(path).json() == given.json()
    assert problem(Caller(a_role(session.event, "surgeon")).get(path)) == (403, "not-yours")
    assert problem(Caller(an_account()).get(path)) == (404, "not-found")
