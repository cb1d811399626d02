"""Guessing passwords is slow, and shuts nobody out: neither from the same network, nor in a flood."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any

from tests.askers import solve
from tests.served import Served, served

VENUE, HOME = "203.0.113.9", "198.51.100.7"
TOKEN = "/api/v1/token/"
FLOODERS = 12


def from_there(server: Served, address: str, body: dict[str, Any]) -> int:
    return server.call("POST", TOKEN, body, {"X-Forwarded-For": address}).status


def organiser(server: Served) -> dict[str, Any]:
    accounts = json.loads((server.home / "demo-accounts.json").read_text())
    one = next(account for account in accounts if account["role"] == "organiser")
    return {"email": one["email"], "password": one["password"]}


def proven(server: Served) -> dict[str, Any]:
    return {"proof": solve(server.get(f"{TOKEN}challenge/").json())}


@contextmanager
def a_flood(server: Served) -> Iterator[list[int]]:
    """Sign-ins under made-up e-mails, as many at once and as fast as they are answered, from the venue."""
    over, statuses = Event(), list[int]()

    def guess(number: int) -> None:
        turn = 0
        while not over.is_set():
            turn += 1
            body = {"email": f"{number}-{turn}@example.org", "password": "a wrong one"}
            statuses.append(from_there(server, VENUE, body))

    threads = [Thread(target=guess, args=(number,)) for number in range(FLOODERS)]
    for thread in threads:
        thread.start()
    try:
        yield statuses
    finally:
        over.set()
        for thread in threads:
            thread.join()


def test_guesses_from_the_same_wifi_lock_nobody_out(tmp_path: Path) -> None:
    with served(tmp_path / "home", "--demo", EQUALTERMS_BEHIND_PROXY="true") as server:
        right = organiser(server)
        wrong = right | {"password": "a wrong one"}
        guesses = [from_there(server, VENUE, wrong) for _ in range(6)]
        guesses += [from_there(server, VENUE, wrong | proven(server)) for _ in range(4)]

        assert guesses == [401] * 10
        assert from_there(server, VENUE, right) == 429
        assert from_there(server, VENUE, right | proven(server)) == 200
        assert from_there(server, HOME, right) == 200


def test_a_flood_of_sign_ins_leaves_room_for_the_right_ones_from_anywhere(tmp_path: Path) -> None:
    with (
        served(tmp_path / "home", "--demo", EQUALTERMS_BEHIND_PROXY="true") as server,
        a_flood(server) as flood,
    ):
        right = organiser(server)
        while len(flood) < 60:
            assert from_there(server, HOME, right) == 200

        with ThreadPoolExecutor(3) as staff:
            came = list(staff.map(lambda _: from_there(server, VENUE, right | proven(server)), range(3)))
        elsewhere = from_there(server, HOME, right)

    assert (came, elsewhere) == ([200] * 3, 200)
    assert set(flood) <= {401, 429, 503}
    assert flood.count(429) > 0
