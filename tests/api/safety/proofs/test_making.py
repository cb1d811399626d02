import time
from uuid import uuid4

import altcha
import pytest
from tests.racing import together

from equalterms.safety import proofs
from equalterms.safety.proofs import making
from equalterms.safety.proofs.making import COUNTERS, IN_ONE_GO, POOL, WEIGHTS, challenge, fill_pool, key_of

SESSION = uuid4()


def full() -> None:
    while fill_pool():
        pass


def counter_of(parameters: dict[str, str], weight: int) -> int:
    """Where the key of a challenge was found, looked for where this weight may put it."""
    nonce, salt = bytes.fromhex(parameters["nonce"]), bytes.fromhex(parameters["salt"])
    found = (
        counter
        for counter in range(100 * weight, 301 * weight)
        if making.derived(nonce, salt, counter).hex().startswith(parameters["keyPrefix"])
    )
    return next(found)


def test_a_challenge_is_as_the_profile_says() -> None:
    parameters = challenge("ask", SESSION)["parameters"]

    shape = [parameters[name] for name in ("algorithm", "cost", "keyLength")]
    assert shape == ["PBKDF2/SHA-256", 1000, 32]
    assert len(parameters["keyPrefix"]) == 32
    assert parameters["data"] == {"v": 1, "act": "ask", "session": str(SESSION)}
    assert 0 < parameters["expiresAt"] - time.time() <= proofs.LIFETIME


def test_a_challenge_from_the_pool_passes_altchas_own_solver_and_verifier() -> None:
    full()
    made = altcha.v2.Challenge.from_dict(challenge("vote", SESSION, "A" * 22))
    key = key_of((made.parameters.expires_at - proofs.LIFETIME) // proofs.LIFETIME)

    solution = altcha.v2.solve_challenge(made)
    payload = altcha.v2.Payload(made, solution)

    assert altcha.v2.verify_solution(payload, key, hmac_key_secret=key).verified
    assert altcha.v2.verify_solution(payload, key).verified
    assert not altcha.v2.verify_solution(payload, key_of(0), hmac_key_secret=key_of(0)).verified


def test_the_pool_is_filled_in_small_steps_and_no_further() -> None:
    full()
    for _ in range(50):
        challenge("ask", SESSION)

    assert [fill_pool(), fill_pool(), fill_pool()] == [IN_ONE_GO, 50 - IN_ONE_GO, 0]
    assert {weight: len(parts) for weight, parts in making._pool.items()} == POOL


def test_what_waits_in_the_pool_is_handed_out_first() -> None:
    full()
    waiting = [part.nonce.hex() for part in making._pool[4]][:3]

    assert [challenge("ask", SESSION, weight=4)["parameters"]["nonce"] for _ in range(3)] == waiting


def test_no_challenge_is_handed_out_twice_whoever_asks_at_once_and_when_the_pool_runs_dry() -> None:
    full()

    def take() -> list[str]:
        return [challenge("ask", SESSION)["parameters"]["nonce"] for _ in range(60)]

    nonces = [nonce for taken in together(*[take] * 6) for nonce in taken]

    assert len(set(nonces)) == len(nonces) == 360 > POOL[1]


@pytest.mark.parametrize("weight", WEIGHTS)
def test_a_heavier_challenge_takes_so_many_times_the_tries_and_does_not_say_so(weight: int) -> None:
    made = challenge("ask", SESSION, weight=weight)

    assert counter_of(made["parameters"], weight) in COUNTERS
    assert made["parameters"].keys() == challenge("ask", SESSION)["parameters"].keys()
    assert made["parameters"]["data"] == {"v": 1, "act": "ask", "session": str(SESSION)}
