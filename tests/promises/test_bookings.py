"""Two servers, one database, fifty phones and the last places: nobody gets what somebody else has."""

import secrets
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path
from threading import Barrier
from typing import Any, NamedTuple
from uuid import UUID

import psycopg
import pytest
from tests import services
from tests.conftest import need
from tests.leaks.day import STARTS, Day, a_day
from tests.served import Answer, Served, served

from equalterms.lib.ids import b64u
from equalterms.safety.profile.receipt import Secret

pytestmark = pytest.mark.both
PHONES = 50
# Two ticks of the clock that moves waiting lists up, and some.
TICKS = 75


class House(NamedTuple):
    """Two servers of one day; `counted` gives the rows of a session by state, past both of them."""

    day: Day
    servers: tuple[Served, Served]
    counted: Callable[[UUID], Counter[str]]

    def a_session(self, kind: str, capacity: int) -> UUID:
        made = self.day.staff(
            "POST", "events/hall/sessions/", kind=kind, title=kind, capacity=capacity, **STARTS
        )
        return UUID(made["id"])

    def change(self, session: UUID, **changes: Any) -> None:
        tag = self.day.ask("organiser", "GET", f"desk/sessions/{session}/").headers["ETag"]
        answer = self.day.ask("organiser", "PATCH", f"sessions/{session}/", changes, **{"If-Match": tag})
        assert answer.status == 200, answer.body


COUNT = "SELECT state, count(*) FROM bookings_booking WHERE session_id = {} GROUP BY state"


def counted_by_sqlite(path: Path) -> Callable[[UUID], Counter[str]]:
    def counted(session: UUID) -> Counter[str]:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            return Counter(dict(database.execute(COUNT.format("?"), [session.hex])))

    return counted


def counted_by_postgresql(url: str) -> Callable[[UUID], Counter[str]]:
    def counted(session: UUID) -> Counter[str]:
        with psycopg.connect(url) as database:
            return Counter(dict(database.execute(COUNT.format("%s").encode(), [session]).fetchall()))

    return counted


@pytest.fixture(scope="module", params=["SQLite", "PostgreSQL and Redis"])
def house(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    home = tmp_path_factory.mktemp("bookings") / "home"
    counted, stores = counted_by_sqlite(home / "db.sqlite3"), {}
    with ExitStack() as stack:
        try:
            if request.param != "SQLite":
                database = stack.enter_context(services.postgresql())
                store = stack.enter_context(services.redis())
                counted = counted_by_postgresql(database)
                stores = {"DATABASE_URL": database, "REDIS_URL": store}
        except services.Missing as missing:
            need(str(missing))
        day = stack.enter_context(a_day(home, **stores))
        day.publish("hall", proof=False)
        yield House(day, (day.server, stack.enter_context(served(home, **stores))), counted)


class Phone:
    """Somebody who wants a place at one session. Sends again what the server was too busy for."""

    def __init__(self, event: UUID, session: UUID) -> None:
        self.secret = Secret(secrets.token_bytes(10), event, "booking")
        self.path = f"/api/v1/sessions/{session}/bookings/{self.secret.id}/"

    def send(self, server: Served, method: str, where: str = "", body: object = None) -> Answer:
        mine = {} if method == "PUT" else {"Authorization": f"Receipt {b64u(self.secret.auth)}"}
        for _ in range(100):
            answer = server.call(method, self.path + where, body, mine)
            if answer.status != 503:
                return answer
            time.sleep(0.05 + secrets.randbelow(100) / 1000)
        return answer

    def book(self, server: Served) -> Answer:
        wanted = {"auth": b64u(self.secret.auth), "reply_key": b64u(self.secret.reply_key)}
        return self.send(server, "PUT", body=wanted)

    def cancel(self, server: Served) -> Answer:
        return self.send(server, "DELETE")

    def look_up(self, server: Served) -> dict[str, Any]:
        found: dict[str, Any] = server.call(
            "POST", "/api/v1/receipts/lookup/", {"auth": b64u(self.secret.auth)}
        ).json()
        return found


def phones_for(house: House, session: UUID, number: int = PHONES) -> list[Phone]:
    return [Phone(house.day.event, session) for _ in range(number)]


def at_once(*works: Callable[[], Answer]) -> list[Answer]:
    """All in the same moment, each on a line of its own."""
    gate = Barrier(len(works))

    def run(work: Callable[[], Answer]) -> Answer:
        gate.wait(30)
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def booking(house: House, phones: list[Phone], *, turned: int = 0) -> list[Callable[[], Answer]]:
    """Each books at one of the two servers; `turned` by one, at the other."""
    return [
        lambda phone=phone, place=place: phone.book(house.servers[(place + turned) % 2])  # type: ignore[misc]
        for place, phone in enumerate(phones)
    ]


@pytest.mark.parametrize(("kind", "capacity", "places"), [("workshop", 7, 7), ("surgery", 20, 10)])
def test_the_last_places_are_given_once_and_every_answer_is_kept(
    house: House, kind: str, capacity: int, places: int
) -> None:
    session = house.a_session(kind, capacity)
    phones = phones_for(house, session)

    first = at_once(*booking(house, phones))
    again = at_once(*booking(house, phones, turned=1))

    assert [answer.status for answer in first] == [201] * PHONES
    assert [answer.status for answer in again] == [200] * PHONES
    told = [answer.json() for answer in first]
    assert [answer.json() for answer in again] == told
    assert Counter(one["state"] for one in told) == {"held": places, "waiting": PHONES - places}
    assert len({one["ticket"] for one in told}) == PHONES
    assert house.counted(session) == {"held": places, "listed": PHONES - places}
    for phone, one in zip(phones, told, strict=True):
        found = phone.look_up(house.servers[1])
        assert (found["id"], found["state"], found["ticket"]) == (one["id"], one["state"], one["ticket"])


def test_the_same_booking_at_both_servers_at_once_is_one(house: House) -> None:
    session = house.a_session("workshop", 5)
    phones = phones_for(house, session, PHONES // 2)

    answers = at_once(*booking(house, phones), *booking(house, phones, turned=1))

    one, other = answers[: len(phones)], answers[len(phones) :]
    assert [answer.json() for answer in one] == [answer.json() for answer in other]
    assert {answer.status for answer in answers} <= {200, 201}
    assert house.counted(session) == {"held": 5, "listed": len(phones) - 5}


def test_while_people_cancel_and_others_book_no_place_is_given_twice_and_none_is_lost(house: House) -> None:
    """Nor where an organiser makes room. Both wait for one tick of either server's clock."""
    session, grown = house.a_session("workshop", 12), house.a_session("workshop", 3)
    early, late, wanting = (phones_for(house, one, 25) for one in (session, session, grown))
    at_once(*booking(house, early), *booking(house, wanting))
    one, other = house.servers
    house.change(grown, capacity=11)

    cancelled = [lambda phone=phone: phone.cancel(other) for phone in early[:15]]  # type: ignore[misc]
    answers = at_once(*cancelled, *booking(house, late))
    seen = settled(house, {session: 12, grown: 11})

    assert [answer.status for answer in answers] == [204] * 15 + [201] * 25
    assert max(counted["held"] for counted in seen[session]) == 12
    assert seen[session][-1] == {"held": 12, "listed": 35 - 12}
    states = Counter(phone.look_up(one)["state"] for phone in [*early[15:], *late])
    assert states == {"held": 12, "waiting": 35 - 12}
    assert [phone.book(one).status for phone in early[:15]] == [410] * 15
    assert {counted["held"] for counted in seen[grown]} <= {3, 11}
    assert seen[grown][-1] == {"held": 11, "listed": 25 - 11}


def settled(house: House, places: dict[UUID, int]) -> dict[UUID, list[Counter[str]]]:
    """The rows of each session as they were seen until so many places are held, and a moment later."""
    seen, end = {session: [house.counted(session)] for session in places}, time.monotonic() + TICKS
    while time.monotonic() < end and any(
        seen[session][-1]["held"] != held for session, held in places.items()
    ):
        time.sleep(0.1)
        for session in places:
            seen[session].append(house.counted(session))
    time.sleep(1)
    return {session: [*each, house.counted(session)] for session, each in seen.items()}
