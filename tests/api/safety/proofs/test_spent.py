import time
from uuid import uuid4

import time_machine
from tests.racing import together

from equalterms.safety.proofs import Spent


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


def test_of_twenty_that_spend_one_proof_at_once_one_does(redis_url: str) -> None:
    for workers in ([Spent("")] * 20, [Spent(redis_url) for _ in range(20)]):
        key, ends = uuid4().bytes, time.time() + 60
        works = [lambda worker=worker: worker.claim(key, ends) for worker in workers]  # noqa: B023

        assert sorted(together(*works)) == [False] * 19 + [True]


def test_spent_proofs_are_forgotten_a_minute_at_a_time_when_they_expire() -> None:
    spent, start = Spent(""), 1_000_000 * 60.0

    with time_machine.travel(start, tick=False) as clock:
        for number in range(100):
            assert spent.claim(number.to_bytes(4, "big"), start + number * 6)
        clock.shift(5 * 60)
        assert not spent.claim((50).to_bytes(4, "big"), start + 300)
        assert spent.claim(b"one more", start + 900)
        minutes = {minute - 1_000_000: len(keys) for minute, keys in spent._minutes.items()}

    assert minutes == {5: 10, 6: 10, 7: 10, 8: 10, 9: 10, 15: 1}


def test_a_claim_looks_at_as_many_sets_as_there_are_minutes_however_many_proofs_there_are() -> None:
    spent, now = Spent(""), time.time()
    for number in range(20_000):
        spent.claim(number.to_bytes(4, "big"), now + number % 1200)
    kept = {minute: id(keys) for minute, keys in spent._minutes.items()}

    spent.claim(b"one more", now + 600)

    assert len(kept) <= 21
    assert {minute: id(keys) for minute, keys in spent._minutes.items()}.items() <= kept.items()
