from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from tests.askers import Phone, solve
from tests.makers import a_role, a_session, an_event

from equalterms.lib.ids import b64u, unb64u
from equalterms.programme.models import Session
from equalterms.questions.models import Question
from equalterms.safety.actions import approve, turn_down
from equalterms.safety.models import Receipt, Review, State
from equalterms.safety.profile.sealing import unseal

pytestmark = pytest.mark.django_db


@pytest.fixture
def phone() -> Phone:
    return Phone()


def lookup(phone: Phone, auth: bytes) -> Any:
    return phone.send("POST", "receipts/lookup/", {"auth": b64u(auth)})


def a_returned_question(session: Session, phone: Phone, note: str) -> Any:
    secret = phone.secret(session)
    phone.ask(session, "Words", secret)
    review = Question.objects.get(pk=secret.id).review_id
    with transaction.atomic():
        turn_down(
            review=review, account=a_role(session.event), to=State.RETURNED, reason="off-topic", note=note
        )
    return secret


def test_a_challenge_is_made_for_each_act_and_is_never_kept(phone: Phone) -> None:
    session = a_session(an_event(proof=True))

    answers = [phone.send("GET", f"proofs/?act=ask&session={session.code}") for _ in range(2)]

    assert answers[0].json() != answers[1].json()
    assert answers[0]["Cache-Control"] == "no-store"
    assert solve(answers[0].json())["type"] == "pow"


def test_an_event_without_proofs_says_so(phone: Phone) -> None:
    session = a_session(an_event(proof=False))

    assert phone.send("GET", f"proofs/?act=vote&session={session.pk}").json() == {"type": "none"}


@pytest.mark.parametrize(
    ("query", "status"),
    [("", 400), ("act=dance&session={}", 400), ("act=ask", 404), ("act=ask&session=nowhere", 404),
     ("act=ask&session=%00", 404), ("act=vote&session={}&tag=x", 400),
     ("act=vote&session={}&tag=" + "A" * 22, 200)],
)  # fmt: skip
def test_a_challenge_for_nothing_we_know_is_refused(phone: Phone, query: str, status: int) -> None:
    session = a_session(an_event(proof=True))

    assert phone.send("GET", "proofs/?" + query.format(session.pk)).status_code == status


def test_everybody_reads_the_same_notes_and_the_right_phone_opens_its_own(phone: Phone) -> None:
    session = a_session(an_event(proof=True))
    secret = a_returned_question(session, phone, "Please try the next table.")

    mine, bystanders = (one.send("GET", f"sessions/{session.pk}/notes/") for one in (phone, Phone()))

    assert mine.content == bystanders.content
    note = next(note for note in mine.json()["notes"] if note["box"] == secret.box)
    opened = unseal(secret.private, note["box"], unb64u(note["sealed"], 560))
    assert (opened["state"], opened["note"]) == ("returned", "Please try the next table.")
    session.topic.refresh_from_db()
    assert mine.json()["version"] == session.topic.version


def test_typed_words_open_the_state_on_a_second_phone(phone: Phone) -> None:
    session = a_session(an_event(proof=True))
    secret = phone.secret(session)
    phone.ask(session, "Words", secret)
    held = lookup(Phone(), secret.auth).json()
    with transaction.atomic():
        approve(review=Review.objects.get().pk, account=a_role(session.event))

    assert (held["state"], held["id"], held["session"]) == ("held", str(secret.id), str(session.pk))
    assert lookup(Phone(), secret.auth).json()["state"] == "shown"


def test_what_is_approved_but_has_not_left_is_still_waiting(phone: Phone) -> None:
    session = a_session(an_event(proof=True, mixing="safe"))
    secret = phone.secret(session)
    phone.ask(session, "Words", secret)
    with transaction.atomic():
        approve(review=Review.objects.get().pk, account=a_role(session.event))

    assert Review.objects.get().state == State.APPROVED
    assert lookup(phone, secret.auth).json()["state"] == "held"


def test_a_lookup_tells_the_reason_but_never_the_note(phone: Phone) -> None:
    session = a_session(an_event(proof=True))
    secret = a_returned_question(session, phone, "A private sentence.")

    answer = lookup(Phone(), secret.auth)

    assert (answer.json()["state"], answer.json()["reason"]) == ("returned", "off-topic")
    assert b"private" not in answer.content


def test_a_wrong_receipt_gets_one_answer_and_locks_nobody_out(phone: Phone) -> None:
    session = a_session(an_event(proof=True))
    secret = phone.secret(session)
    phone.ask(session, "Words", secret)

    wrong = [lookup(phone, uuid4().bytes * 2) for _ in range(50)]

    assert {(answer.status_code, answer.content) for answer in wrong} == {(404, wrong[0].content)}
    assert lookup(phone, secret.auth).status_code == 200


def test_a_lookup_must_be_anonymous(phone: Phone) -> None:
    answer = phone.send("POST", "receipts/lookup/", {"auth": b64u(bytes(32))}, Authorization="Bearer x")

    assert (answer.status_code, answer.json()["code"]) == (400, "not-anonymous")


def test_no_answer_shows_a_reply_key_or_a_verifier(phone: Phone) -> None:
    session = a_session(an_event(proof=True, review="after"))
    secret = phone.secret(session)
    phone.ask(session, "Words", secret)
    receipt = Receipt.objects.get()
    planted = [b64u(bytes(receipt.verifier)), b64u(secret.reply_key), b64u(secret.auth), secret.box]

    answers = [
        phone.send("GET", path).content.decode()
        for path in (
            f"sessions/{session.pk}/questions/",
            f"sessions/{session.pk}/questions/{secret.id}/",
            f"sessions/{session.pk}/live/",
            f"sessions/{session.pk}/notes/",
            f"events/{session.event.slug}/",
        )
    ]

    assert all(str(secret.id) in answers[place] for place in (0, 1, 2))
    assert [value for value in planted if any(value in answer for answer in answers)] == []
