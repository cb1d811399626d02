from typing import Any
from uuid import uuid4

import pytest
from tests.api.questions.showing import a_shown_question, problem, show
from tests.askers import Phone
from tests.makers import a_role, a_session, an_event

from equalterms.lib.ids import b64u
from equalterms.programme.models import Event, Session
from equalterms.questions import actions
from equalterms.questions.models import Question, Vote
from equalterms.safety.models import Receipt, Review, State, Tombstone
from equalterms.safety.profile.pepper import verifier

pytestmark = pytest.mark.django_db


def test_a_question_is_held_until_it_is_shown(session: Session, phone: Phone) -> None:
    secret = phone.secret(session)

    answer = phone.ask(session, "How do I block someone?", secret)

    assert (answer.status_code, answer.json()) == (201, {"id": str(secret.id), "state": "held"})
    listed = phone.send("GET", f"sessions/{session.pk}/questions/")
    assert listed.json() == {"next": None, "previous": None, "results": []}
    assert phone.send("GET", f"sessions/{session.pk}/questions/{secret.id}/").status_code == 404

    show(session, secret)
    shown = phone.send("GET", f"sessions/{session.pk}/questions/").json()["results"]
    assert [question["text"] for question in shown] == ["How do I block someone?"]
    assert shown[0]["state"] == "shown"


def test_asking_again_changes_nothing_and_needs_no_proof(session: Session, phone: Phone) -> None:
    secret = phone.secret(session)
    body = phone.body(session, secret, "How do I block someone?")
    path = f"sessions/{session.pk}/questions/{secret.id}/"

    statuses = [phone.send("PUT", path, body).status_code for _ in range(5)]
    without = phone.send("PUT", path, {name: value for name, value in body.items() if name != "proof"})

    assert statuses == [201, 200, 200, 200, 200]
    assert without.status_code == 200
    assert Question.objects.count() == Review.objects.count() == Receipt.objects.count() == 1


def test_text_that_differs_only_in_its_spelling_is_the_same_question(session: Session, phone: Phone) -> None:
    secret = phone.secret(session)

    first = phone.ask(session, "Caf\u00e9 \u202ehere\u200b?\r\nYes ", secret)
    again = phone.ask(session, "Cafe\u0301 here?\nYes", secret)

    assert (first.status_code, again.status_code) == (201, 200)
    assert Question.objects.get().text == "Café here?\nYes"


def test_the_same_id_with_other_content_is_refused(session: Session, phone: Phone) -> None:
    secret, other_session = phone.secret(session), a_session(session.event)
    phone.ask(session, "One", secret)

    assert problem(phone.ask(session, "Two", secret)) == (409, "already-asked")
    assert problem(phone.ask(session, "One", secret, recap=False)) == (409, "already-asked")
    assert problem(phone.ask(other_session, "One", secret)) == (409, "already-asked")
    assert problem(phone.ask(session, "One", secret, auth=b64u(bytes(32)))) == (409, "id-taken")
    assert Question.objects.get().text == "One"


def test_a_proof_is_needed_and_is_given_back_when_the_ask_fails(session: Session, phone: Phone) -> None:
    secret = phone.secret(session)
    body = phone.body(session, secret, "Hello")
    path = f"sessions/{session.pk}/questions/{secret.id}/"

    assert problem(phone.send("PUT", path, body | {"proof": {"type": "none"}})) == (403, "proof-needed")
    Session.objects.filter(pk=session.pk).update(review="closed")
    assert problem(phone.send("PUT", path, body)) == (409, "questions-closed")
    Session.objects.filter(pk=session.pk).update(review="")
    assert phone.send("PUT", path, body).status_code == 201


def test_a_spent_proof_does_not_buy_another_question(session: Session, phone: Phone) -> None:
    proof = phone.proof("ask", session)
    one, two = phone.secret(session), phone.secret(session)

    assert phone.ask(session, "One", one, proof=proof).status_code == 201
    assert problem(phone.ask(session, "Two", two, proof=proof)) == (403, "proof-needed")


@pytest.mark.parametrize(
    ("change", "attr"),
    [
        ({"text": ""}, "text"),
        ({"text": "   \u200b "}, "text"),
        ({"text": "x" * 1001}, "text"),
        ({"text": 5}, "text"),
        ({"text": None}, "text"),
        ({"text": "a\u0000b"}, "text"),
        ({"text": "a\u0007b"}, "text"),
        ({"text": "\ud800"}, "text"),
        ({"auth": "short"}, "auth"),
        ({"auth": "A" * 42 + "B"}, "auth"),
        ({"auth": 7}, "auth"),
        ({"reply_key": b64u(bytes(32))}, "reply_key"),
        ({"reply_key": "no"}, "reply_key"),
        ({"audience": "friends"}, "audience"),
        ({"audience": ["everyone"]}, "audience"),
        ({"recap": "yes"}, "recap"),
        ({"recap": 1}, "recap"),
        ({"warning": "x" * 61}, "warning"),
        ({"proof": "pow"}, "proof.body"),
        ({"proof": {"type": "gift"}}, "proof.type"),
        ({"proof": {"type": "pow", "payload": "", "more": 1}}, "proof.body"),
        ({"device_id": "x"}, "body"),
        ({"code": "x" * 21}, "code"),
    ],
)
def test_bad_fields_are_refused_by_name_and_nothing_is_stored(
    session: Session, phone: Phone, change: dict[str, object], attr: str
) -> None:
    secret = phone.secret(session)

    answer = phone.ask(session, "Hello", secret, **change)

    assert answer.status_code == 400, answer.content
    assert [error["attr"] for error in answer.json()["errors"]] == [attr]
    assert not Question.objects.exists()
    assert not Receipt.objects.exists()
    value = next(iter(change.values()))
    if isinstance(value, str) and len(value.strip()) > 4:
        assert value not in answer.content.decode()


@pytest.mark.parametrize(
    ("body", "content_type", "status", "code"),
    [
        (b"{", "application/json", 400, "not-json"),
        (b"\xff\xfe", "application/json", 400, "not-json"),
        (b"[]", "application/json", 400, "invalid"),
        (b"null", "application/json", 400, "invalid"),
        (b'"text"', "application/json", 400, "invalid"),
        (b"", "application/json", 400, "invalid"),
        (b"NaN", "application/json", 400, "not-json"),
        (b"text=hello", "application/x-www-form-urlencoded", 415, "wrong-media-type"),
        (b"hello", "text/plain", 415, "wrong-media-type"),
    ],
)
def test_bodies_that_are_no_json_object_are_refused(
    session: Session, phone: Phone, body: bytes, content_type: str, status: int, code: str
) -> None:
    path = f"/api/v1/sessions/{session.pk}/questions/{phone.secret(session).id}/"

    answer = phone.client.generic("PUT", path, body, content_type=content_type)

    assert problem(answer) == (status, code)


def test_ids_must_be_made_by_the_phone(session: Session, phone: Phone) -> None:
    body = phone.body(session, phone.secret(session), "Hello")

    answer = phone.send("PUT", f"sessions/{session.pk}/questions/{uuid4()}/", body)

    assert (answer.status_code, answer.json()["errors"][0]["attr"]) == (400, "id")


def test_an_anonymous_call_that_says_who_it_is_is_refused(session: Session, phone: Phone) -> None:
    secret = phone.secret(session)
    body, path = phone.body(session, secret, "Hello"), f"sessions/{session.pk}/questions/{secret.id}/"

    for headers in ({"Authorization": "Bearer nonsense"}, {"Authorization": "Receipt x"}, {"Cookie": "a=b"}):
        assert problem(phone.send("PUT", path, body, **headers)) == (400, "not-anonymous")
    assert not Question.objects.exists()


def test_unknown_and_unpublished_sessions_are_not_there(phone: Phone) -> None:
    draft = a_session(an_event(state="draft"))

    for ref in (str(uuid4()), "not-a-thing", str(draft.pk), draft.code):
        assert problem(phone.send("GET", f"sessions/{ref}/questions/")) == (404, "not-found")


def test_the_asker_edits_and_the_words_go_back_to_review(session: Session, phone: Phone) -> None:
    secret = phone.secret(session)
    phone.ask(session, "Old words", secret)
    show(session, secret)
    phone.vote(session, secret.id)
    before = Question.objects.get().review_id
    path = f"sessions/{session.pk}/questions/{secret.id}/"

    answer = phone.send(
        "PATCH", path, {"text": "New words", "proof": phone.proof("ask", session)}, **phone.receipt(secret)
    )

    assert (answer.status_code, answer.json()["state"]) == (200, "held")
    question = Question.objects.get()
    assert (question.text, question.shown, question.votes) == ("New words", None, 0)
    assert question.review_id != before
    assert not Review.objects.filter(pk=before).exists()
    assert not Vote.objects.exists()
    assert phone.send("GET", path).status_code == 404


def test_five_edits_are_allowed_and_none_after_an_answer(session: Session, phone: Phone) -> None:
    secret = phone.secret(session)
    phone.ask(session, "Words", secret)
    path = f"sessions/{session.pk}/questions/{secret.id}/"

    def change(text: str) -> Any:
        proof = phone.proof("ask", session)
        return phone.send("PATCH", path, {"text": text, "proof": proof}, **phone.receipt(secret))

    assert [change(f"Words {number}").status_code for number in range(5)] == [200] * 5
    assert problem(change("Once more")) == (409, "too-many-edits")

    answered = a_shown_question(session)
    holder = Phone()
    kept = Receipt.objects.get(pk=answered.pk)
    secret = holder.secret(session)
    kept.verifier = verifier(session.event_id, "question", secret.auth)
    kept.save()
    actions.answer(question=answered.pk, account=a_role(session.event, "surgeon"), text="Mute first.")
    path = f"sessions/{session.pk}/questions/{answered.pk}/"
    assert problem(change("Too late")) == (409, "answered-already")


def test_wrong_and_unknown_receipts_get_one_answer(session: Session, phone: Phone) -> None:
    question, stranger = a_shown_question(session), phone.secret(session)
    unknown = f"sessions/{session.pk}/questions/{stranger.id}/"
    known = f"sessions/{session.pk}/questions/{question.pk}/"

    answers = [phone.send("DELETE", path, **phone.receipt(stranger)) for path in (known, unknown)]

    assert [problem(answer) for answer in answers] == [(404, "no-such-receipt")] * 2
    assert answers[0].content == answers[1].content
    assert problem(phone.send("DELETE", known)) == (401, "not-signed-in")
    assert problem(phone.send("DELETE", known, Authorization="Receipt short")) == (
        401,
        "not-signed-in",
    )
    assert problem(phone.send("DELETE", known, Authorization="Bearer x")) == (400, "not-anonymous")


def test_withdrawn_means_gone_and_a_late_replay_is_told_so(session: Session, phone: Phone) -> None:
    secret = phone.secret(session)
    body = phone.body(session, secret, "My words")
    path = f"sessions/{session.pk}/questions/{secret.id}/"
    phone.send("PUT", path, body)
    show(session, secret)
    phone.vote(session, secret.id)
    actions.answer(question=secret.id, account=a_role(session.event, "surgeon"), text="An answer")

    assert phone.send("DELETE", path, **phone.receipt(secret)).status_code == 204

    for model in (Question, Review, Receipt, Vote):
        assert not model.objects.exists()
    assert Tombstone.objects.count() == 1
    assert problem(phone.send("PUT", path, body)) == (410, "withdrawn")
    assert problem(phone.send("DELETE", path, **phone.receipt(secret))) == (410, "withdrawn")
    assert phone.send("GET", path).status_code == 404


def test_release_overwrites_when_and_in_what_place_it_came(session: Session) -> None:
    phone = Phone()
    secret = phone.secret(session)
    phone.ask(session, "Words", secret)
    Question.objects.update(slot=900)
    Review.objects.update(slot=900)
    place = Question.objects.get().shuffle

    show(session, secret)

    question = Question.objects.select_related("review").get()
    assert question.slot % 900 == 0
    assert question.slot > 900
    assert question.review.slot == question.slot
    assert (question.shuffle == place, question.review.state) == (False, State.SHOWN)


@pytest.mark.parametrize(("sent", "placed"), [({"code": "BLUE"}, True), ({}, False)])
def test_the_code_of_the_day_finds_a_place_before_the_desk_when_it_is_full(
    phone: Phone, sent: dict[str, str], placed: bool
) -> None:
    session = a_session(an_event(join_code="blue"))
    Review.objects.bulk_create(
        Review(topic=session.topic, kind="question", subject=uuid4(), slot=0, taken_in=True)
        for _ in range(100)
    )
    secret = phone.secret(session)

    answer = phone.ask(session, "How do I block someone?", secret, **sent)

    assert (answer.status_code, answer.json()["state"]) == (201, "held")
    review = Review.objects.get(subject=secret.id)
    assert (review.taken_in, review.coded) == (placed, False)


def test_a_wrong_code_is_refused_and_costs_the_proof(phone: Phone) -> None:
    session = a_session(an_event(join_code="blue", proof=True))
    secret, proof = phone.secret(session), phone.proof("ask", session)
    unproved = phone.ask(session, "Hello?", secret, code="red", proof={"type": "pow", "payload": "e30="})

    refused = phone.ask(session, "Hello?", secret, code="red", proof=proof)
    again = phone.ask(session, "Hello?", secret, code="blue", proof=proof)

    assert problem(unproved) == (403, "proof-needed")
    assert problem(refused) == (400, "wrong-join-code")
    assert [error["attr"] for error in refused.json()["errors"]] == ["code"]
    assert problem(again) == (403, "proof-needed")
    assert phone.ask(session, "Hello?", secret, code="blue").status_code == 201


def test_a_code_that_the_day_has_no_more_is_ignored(phone: Phone) -> None:
    session = a_session(an_event(join_code="blue", proof=True))
    Event.objects.update(join_code="")
    secret = phone.secret(session)

    assert phone.ask(session, "Hello?", secret, code="blue").status_code == 201
    assert Review.objects.get(subject=secret.id).coded is False


def test_a_paused_session_says_when_to_send_again_and_gives_the_proof_back(phone: Phone) -> None:
    session = a_session(an_event(proof=True), paused=True)
    secret, proof = phone.secret(session), phone.proof("ask", session)
    refused = phone.ask(session, "In a moment?", secret, proof=proof)
    Session.objects.filter(pk=session.pk).update(paused=False)

    again = phone.ask(session, "In a moment?", secret, proof=proof)

    assert problem(refused) == (409, "questions-paused")
    assert refused["Retry-After"] == "60"
    assert again.status_code == 201


def test_an_edit_keeps_its_right_to_a_place(phone: Phone) -> None:
    session = a_session(an_event(join_code="blue"))
    secret = phone.secret(session)
    phone.ask(session, "Words", secret)
    Review.objects.bulk_create(
        Review(topic=session.topic, kind="question", subject=uuid4(), slot=0, taken_in=True)
        for _ in range(150)
    )
    path = f"sessions/{session.pk}/questions/{secret.id}/"

    answer = phone.send("PATCH", path, {"text": "Better words"}, **phone.receipt(secret))

    assert answer.status_code == 200
    assert Review.objects.get(subject=secret.id).taken_in
