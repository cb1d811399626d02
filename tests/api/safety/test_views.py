from typing import Any

import pytest
from django.db import transaction
from tests.askers import Phone, solve
from tests.makers import PASSWORD, a_role, a_session, an_account, an_event
from tests.staff import problem

from equalterms.lib.ids import b64u, unb64u
from equalterms.lib.throttles import Slowdown
from equalterms.people import actions as people
from equalterms.programme.models import Session
from equalterms.questions.models import Question
from equalterms.safety.actions import turn_down
from equalterms.safety.models import Receipt, State
from equalterms.safety.profile.sealing import unseal

pytestmark = pytest.mark.django_db


@pytest.fixture
def phone() -> Phone:
    return Phone()


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


@pytest.fixture
def guessed(monkeypatch: pytest.MonkeyPatch, phone: Phone) -> str:
    """The e-mail of an account that somebody on the same network keeps guessing at."""
    monkeypatch.setattr(people, "wrong_passwords", Slowdown(seconds=lambda: 0.0))
    email = str(an_account().email)
    for _ in range(6):
        sign_in(phone, email, "wrong")
    return email


def sign_in(phone: Phone, email: str, password: str = PASSWORD, **more: Any) -> Any:
    return phone.send("POST", "token/", {"email": email, "password": password, **more})


def test_a_proof_signs_in_at_once_while_somebody_on_the_same_network_guesses(
    phone: Phone, guessed: str
) -> None:
    without = sign_in(phone, guessed)
    challenge = phone.send("GET", "token/challenge/")

    answer = sign_in(phone, guessed, proof=solve(challenge.json()))

    assert (problem(without), without["Retry-After"]) == ((429, "slow-down"), "1")
    assert challenge["Cache-Control"] == "no-store"
    assert (answer.status_code, set(answer.json())) == (200, {"access", "refresh"})


def test_each_guess_during_a_pause_costs_a_proof_of_its_own(phone: Phone, guessed: str) -> None:
    proof = solve(phone.send("GET", "token/challenge/").json())

    tries = [problem(sign_in(phone, guessed, word, proof=proof)) for word in ("wrong", PASSWORD)]

    assert tries == [(401, "wrong-sign-in"), (403, "proof-needed")]


def test_a_proof_of_something_else_does_not_sign_in(phone: Phone, guessed: str) -> None:
    session = a_session(an_event(proof=True))
    proof = solve(phone.send("GET", f"proofs/?act=ask&session={session.pk}").json())

    assert problem(sign_in(phone, guessed, proof=proof)) == (403, "proof-needed")
    assert problem(sign_in(phone, guessed, proof={"type": "none"})) == (403, "proof-needed")
