import base64
import json
import time
from typing import Any
from uuid import uuid4

import altcha
import pytest
import time_machine
from tests.askers import Phone, solve
from tests.makers import a_session, a_shown_question, an_event
from tests.staff import problem

from equalterms.lib.refusal import Refusal
from equalterms.programme.models import Session
from equalterms.questions.models import Question, Vote
from equalterms.safety import proofs
from equalterms.safety.proofs import challenge, claim, unclaim
from equalterms.safety.proofs.making import COUNTERS, key_of

SESSION = uuid4()
TAG = "A" * 22


def a_payload(act: str = "ask", tag: str | None = None, weight: int = 1) -> str:
    return str(solve(challenge(act, SESSION, tag, weight))["payload"])


def refused(payload: str, *args: Any) -> bool:
    with pytest.raises(Refusal) as refusal:
        claim(payload, *args)
    return (refusal.value.code, refusal.value.status) == ("proof-needed", 403)


def changed(payload: str, part: str, name: str, value: object) -> str:
    raw = json.loads(base64.b64decode(payload))
    place = raw["challenge"]["parameters"] if part == "parameters" else raw[part]
    place[name] = value
    return base64.b64encode(json.dumps(raw).encode()).decode()


def signed(session: object = SESSION, **unlike: Any) -> str:
    """A solved challenge that our own key signed, unlike those we issue."""
    ends = int(time.time()) + proofs.LIFETIME
    key = key_of((ends - proofs.LIFETIME) // proofs.LIFETIME)
    given: dict[str, Any] = {
        "algorithm": "PBKDF2/SHA-256", "cost": 1000, "counter": 150, "key_length": 32, "expires_at": ends,
        "data": {"v": 1, "act": "ask", "session": str(session)},
    }  # fmt: skip
    made = altcha.create_challenge(**given | unlike, hmac_secret=key, hmac_key_secret=key)
    counter = (given | unlike)["counter"]
    derive = altcha.v2._select_derive_key(made.parameters.algorithm)
    password = bytes.fromhex(made.parameters.nonce) + counter.to_bytes(4, "big")
    found = derive(made.parameters, bytes.fromhex(made.parameters.salt), password)
    solved = {"challenge": made.to_dict(), "solution": {"counter": counter, "derivedKey": found.hex()}}
    return base64.b64encode(json.dumps(solved).encode()).decode()


def test_a_proof_given_back_can_be_spent_again() -> None:
    payload = a_payload()

    unclaim(claim(payload, "ask", SESSION))

    assert claim(payload, "ask", SESSION)


def test_anon_23_a_proof_is_spent_once() -> None:
    payload = a_payload()

    claim(payload, "ask", SESSION)

    assert refused(payload, "ask", SESSION)
    assert refused(changed(payload, "challenge", "more", 1), "ask", SESSION)
    assert refused(changed(payload, "parameters", "more", 1), "ask", SESSION)


def test_anon_23_a_proof_is_good_for_its_act_session_and_tag_only() -> None:
    assert refused(a_payload(), "vote", SESSION)
    assert refused(a_payload(), "ask", uuid4())
    assert refused(a_payload("vote", TAG), "vote", SESSION, "B" * 22)
    assert refused(a_payload("vote", TAG), "report", SESSION, TAG)
    assert refused(a_payload("ask", TAG), "ask", SESSION)
    assert claim(a_payload("vote", TAG), "vote", SESSION, TAG)
    assert claim(a_payload("vote"), "vote", SESSION, TAG)


def test_anon_23_an_expired_proof_is_refused() -> None:
    with time_machine.travel(time.time() - proofs.LIFETIME - 60):
        payload = a_payload()

    assert refused(payload, "ask", SESSION)


def test_a_proof_from_before_the_key_moved_on_is_still_good() -> None:
    boundary = (int(time.time()) // proofs.LIFETIME + 1) * proofs.LIFETIME
    with time_machine.travel(boundary - 30, tick=False):
        payload = a_payload()

    with time_machine.travel(boundary + 30, tick=False):
        assert claim(payload, "ask", SESSION)


def test_a_proof_of_the_heaviest_challenge_passes() -> None:
    assert claim(a_payload(weight=8), "ask", SESSION)


@pytest.mark.parametrize(
    ("part", "name", "value"),
    [
        ("parameters", "cost", 1),
        ("parameters", "cost", 1000.0),
        ("parameters", "algorithm", "SHA-256"),
        ("parameters", "algorithm", "none"),
        ("parameters", "expiresAt", 4_000_000_000),
        ("parameters", "expiresAt", "soon"),
        ("parameters", "data", {"v": 1, "act": "ask", "session": str(SESSION), "more": 1}),
        ("parameters", "data", "ask"),
        ("parameters", "keyPrefix", "00"),
        ("parameters", "keyLength", 16),
        ("parameters", "keySignature", None),
        ("parameters", "nonce", "00"),
        ("challenge", "signature", "00" * 32),
        ("challenge", "signature", None),
        ("solution", "derivedKey", "00" * 32),
        ("solution", "derivedKey", 7),
        ("solution", "counter", "1"),
        ("solution", "counter", 99),
        ("solution", "counter", 301 * 8),
        ("solution", "counter", True),
        ("solution", "counter", -1),
    ],
)
def test_anon_23_a_tampered_proof_is_refused(part: str, name: str, value: object) -> None:
    assert refused(changed(a_payload(), part, name, value), "ask", SESSION)


def test_anon_23_half_of_the_key_is_told_and_passes_for_the_whole_with_no_counter() -> None:
    payload = a_payload()
    raw = json.loads(base64.b64decode(payload))
    told, found = raw["challenge"]["parameters"]["keyPrefix"], raw["solution"]["derivedKey"]
    assert (len(told), len(found), found.startswith(told)) == (32, 64, True)

    for guess in (told, told + "00" * 16, found[:-2] + f"{int(found[-2:], 16) ^ 1:02x}"):
        for counter in (COUNTERS.start, raw["solution"]["counter"], COUNTERS[-1]):
            guessed = changed(
                changed(payload, "solution", "derivedKey", guess), "solution", "counter", counter
            )
            assert refused(guessed, "ask", SESSION)
    assert claim(payload, "ask", SESSION)


def test_anon_23_a_proof_passes_without_deriving_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    payload, derived = a_payload(), []
    monkeypatch.setattr("hashlib.pbkdf2_hmac", lambda *args: derived.append(args))

    assert claim(payload, "ask", SESSION)
    assert derived == []


UNLIKE: dict[str, dict[str, Any]] = {
    "cheaper by one": {"cost": 999},
    "costs nothing": {"cost": 1},
    "another function": {"algorithm": "SHA-256"},
    "another hash": {"algorithm": "PBKDF2/SHA-512"},
    "unknown function": {"algorithm": "unheard-of"},
    "no work": {"counter": 0},
    "too little work": {"counter": 99},
    "more work than we ask": {"counter": 2408},
    "a short key": {"key_length": 16},
    "another version": {"data": {"v": 2, "act": "ask", "session": str(SESSION)}},
    "for nothing": {"data": {}},
    "good for an hour": {"expires_at": int(time.time()) + 3 * proofs.LIFETIME},
}


@pytest.mark.parametrize("how", UNLIKE)
def test_anon_23_what_we_would_not_issue_is_refused_even_if_our_key_signed_it(how: str) -> None:
    assert claim(signed(), "ask", SESSION)
    assert refused(signed(**UNLIKE[how]), "ask", SESSION)


@pytest.mark.parametrize("payload", ["", "!", "e30=", "bnVsbA==", "W10=", "x" * 5000, "[" * 2000, "é"])
def test_what_is_no_proof_is_refused(payload: str) -> None:
    assert refused(payload, "ask", SESSION)


@pytest.mark.django_db
def test_anon_23_every_abuse_is_a_403_over_http_and_stores_nothing() -> None:
    session = a_session(an_event(proof=True))
    other, phone = a_session(session.event), Phone()
    used = phone.proof("ask", session)
    assert phone.ask(session, "The first.", proof=used).status_code == 201

    abuses: list[Any] = [
        used,
        {"type": "none"},
        phone.proof("ask", other),
        phone.proof("say", session),
        phone.proof("ask", session, TAG),
        pow_of(changed(phone.proof("ask", session)["payload"], "parameters", "cost", 1)),
        pow_of(signed(session.pk, cost=1)),
        pow_of(signed(session.pk, algorithm="SHA-256")),
        old_proof(phone, session),
    ]

    answers = [phone.ask(session, "More.", proof=abuse) for abuse in abuses]

    assert [problem(answer) for answer in answers] == [(403, "proof-needed")] * 9
    assert Question.objects.count() == 1


def pow_of(payload: str) -> dict[str, str]:
    return {"type": "pow", "payload": payload}


def old_proof(phone: Phone, session: Session) -> dict[str, Any]:
    with time_machine.travel(time.time() - proofs.LIFETIME - 60):
        return phone.proof("ask", session)


@pytest.mark.django_db
def test_anon_23_a_votes_proof_buys_no_vote_under_another_tag() -> None:
    session = a_session(an_event(proof=True))
    phone, one, other = Phone(), a_shown_question(session), a_shown_question(session)
    bought = phone.proof("vote", session, phone.tag("vote", one.pk))
    path = f"sessions/{session.pk}/questions/{other.pk}/votes/{phone.tag('vote', other.pk)}/"

    answer = phone.send("PUT", path, {"proof": bought})

    assert problem(answer) == (403, "proof-needed")
    assert not Vote.objects.exists()
