import base64
import json
import time
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from tests.askers import solve

from equalterms.lib.refusal import Refusal
from equalterms.safety import proofs
from equalterms.safety.proofs import Spent, challenge, claim, unclaim

SESSION = uuid4()


def a_payload(act: str = "ask", tag: str | None = None) -> str:
    return str(solve(challenge(act, SESSION, tag))["payload"])


def refused(payload: str, *args: Any) -> bool:
    with pytest.raises(Refusal) as refusal:
        claim(payload, *args)
    return (refusal.value.code, refusal.value.status) == ("proof-needed", 403)


def changed(payload: str, part: str, name: str, value: object) -> str:
    raw = json.loads(base64.b64decode(payload))
    place = raw["challenge"]["parameters"] if part == "parameters" else raw[part]
    place[name] = value
    return base64.b64encode(json.dumps(raw).encode()).decode()


def test_a_challenge_is_as_the_profile_says() -> None:
    parameters = challenge("ask", SESSION)["parameters"]

    assert (parameters["algorithm"], parameters["cost"], parameters["keyLength"]) == (
        "PBKDF2/SHA-256",
        1000,
        32,
    )
    assert parameters["data"] == {"v": 1, "act": "ask", "session": str(SESSION)}
    assert 0 < parameters["expiresAt"] - time.time() <= proofs.LIFETIME


def test_a_proof_is_spent_once() -> None:
    payload = a_payload()

    claim(payload, "ask", SESSION)

    assert refused(payload, "ask", SESSION)


def test_a_proof_given_back_can_be_spent_again() -> None:
    payload = a_payload()

    unclaim(claim(payload, "ask", SESSION))

    assert claim(payload, "ask", SESSION)


def test_a_proof_is_good_for_its_act_session_and_tag_only() -> None:
    assert refused(a_payload(), "vote", SESSION)
    assert refused(a_payload(), "ask", uuid4())
    assert refused(a_payload("vote", "A" * 22), "vote", SESSION, "B" * 22)
    assert claim(a_payload("vote", "A" * 22), "vote", SESSION, "A" * 22)
    assert claim(a_payload("vote"), "vote", SESSION, "A" * 22)


def test_an_expired_proof_is_refused() -> None:
    with time_machine.travel(time.time() - proofs.LIFETIME - 60):
        payload = a_payload()

    assert refused(payload, "ask", SESSION)


def test_a_proof_from_before_the_key_moved_on_is_still_good() -> None:
    boundary = (int(time.time()) // proofs.LIFETIME + 1) * proofs.LIFETIME
    with time_machine.travel(boundary - 30, tick=False):
        payload = a_payload()

    with time_machine.travel(boundary + 30, tick=False):
        assert claim(payload, "ask", SESSION)


@pytest.mark.parametrize(
    ("part", "name", "value"),
    [
        ("parameters", "cost", 1),
        ("parameters", "algorithm", "SHA-256"),
        ("parameters", "algorithm", "none"),
        ("parameters", "expiresAt", 4_000_000_000),
        ("parameters", "expiresAt", "soon"),
        ("parameters", "data", {"v": 1, "act": "ask", "session": str(SESSION), "more": 1}),
        ("parameters", "data", "ask"),
        ("parameters", "keyPrefix", "00"),
        ("challenge", "signature", "00" * 32),
        ("challenge", "signature", None),
        ("solution", "derivedKey", "00" * 32),
        ("solution", "derivedKey", 7),
        ("solution", "counter", "1"),
    ],
)
def test_a_tampered_proof_is_refused(part: str, name: str, value: object) -> None:
    assert refused(changed(a_payload(), part, name, value), "ask", SESSION)


@pytest.mark.parametrize("payload", ["", "!", "e30=", "bnVsbA==", "W10=", "x" * 5000, "[" * 2000, "é"])
def test_what_is_no_proof_is_refused(payload: str) -> None:
    assert refused(payload, "ask", SESSION)


def test_a_redis_that_is_gone_never_refuses_a_proof() -> None:
    spent = Spent("redis://127.0.0.1:1/0")

    assert spent.claim(b"key", time.time() + 60)
    assert not spent.claim(b"key", time.time() + 60)
    spent.unclaim(b"key")
    assert spent.claim(b"key", time.time() + 60)


def test_workers_that_share_a_redis_share_what_is_spent(redis_url: str) -> None:
    one, other, key = Spent(redis_url), Spent(redis_url), uuid4().bytes

    assert one.claim(key, time.time() + 60)
    assert not other.claim(key, time.time() + 60)
    one.unclaim(key)
    assert Spent(redis_url).claim(key, time.time() + 60)


def test_spent_proofs_are_forgotten_when_they_expire() -> None:
    spent = Spent("")

    for number in range(10_002):
        spent.claim(number.to_bytes(4, "big"), time.time() - 1)
    spent.claim(b"one more", time.time() + 60)

    assert len(spent._memory) <= 2
