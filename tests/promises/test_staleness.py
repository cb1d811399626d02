"""Two servers of one day: what was acknowledged is seen at once where it was written, and elsewhere within a
second, whatever becomes of Redis."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, NamedTuple

import pytest
from tests import services
from tests.conftest import need
from tests.relay import Relay, relayed
from tests.scripts import ran
from tests.served import Served, served

pytestmark = pytest.mark.both
WRITES = 5
# The promise.
SECONDS = 1.0
SEED = """
from equalterms.people.actions import tokens_for
from tests.makers import a_role, a_session_going_on
session = a_session_going_on()
print(json.dumps({"session": str(session.pk), "token": tokens_for(a_role(session.event))["access"]}))
"""


class Pair(NamedTuple):
    """Two servers of a day, and the line to their Redis where they have one."""

    servers: list[Served]
    session: str
    token: str
    relay: Relay | None

    def write(self, server: Served, text: str) -> str:
        """Somebody of the staff says something; gives its id once that is acknowledged."""
        path = f"/api/v1/desk/sessions/{self.session}/comments/"
        answer = server.call("POST", path, {"text": text}, {"Authorization": f"Bearer {self.token}"})
        assert answer.status == 201, answer.body
        return str(answer.json()["id"])

    def read(self, server: Served) -> dict[str, Any]:
        answer = server.get(f"/api/v1/sessions/{self.session}/live/")
        assert answer.status == 200, answer.body
        read: dict[str, Any] = answer.json()
        return read

    def has(self, server: Served, ident: str) -> bool:
        return ident in [comment["id"] for comment in self.read(server)["comments"]]

    def older_until(self, server: Served, ident: str) -> float:
        """When the last reading began that did not have it yet."""
        last, began = 0.0, time.monotonic()
        while not self.has(server, ident):
            last, began = began, time.monotonic()
            assert began - last < 30
        return last


@pytest.fixture(scope="module", params=["SQLite", "PostgreSQL and Redis"])
def pair(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    home = tmp_path_factory.mktemp("staleness") / "home"
    stores: dict[str, str] = {}
    relay = None
    with ExitStack() as stack:
        try:
            if request.param != "SQLite":
                stores["DATABASE_URL"] = stack.enter_context(services.postgresql())
                relay = stack.enter_context(relayed(stack.enter_context(services.redis())))
                stores["REDIS_URL"] = relay.url
        except services.Missing as missing:
            need(str(missing))
        servers = [stack.enter_context(served(home, **stores)) for _ in range(2)]
        yield Pair(servers, **ran(home, SEED, **stores), relay=relay)


@contextmanager
def flapping(relay: Relay) -> Iterator[None]:
    """Comes and goes, several times a second, in every way there is."""
    over = threading.Event()

    def flap() -> None:
        ways: list[Callable[[], None]] = [relay.stop, relay.let_through, relay.hang, relay.let_through]
        while not over.is_set():
            for way in ways:
                way()
                over.wait(0.15)

    flapper = threading.Thread(target=flap)
    flapper.start()
    try:
        yield
    finally:
        over.set()
        flapper.join()


@contextmanager
def with_redis(relay: Relay | None, state: str) -> Iterator[None]:
    with ExitStack() as stack:
        if relay is not None:
            stack.callback(relay.let_through)
        if relay is not None and state == "flapping":
            stack.enter_context(flapping(relay))
        elif relay is not None:
            {"running": relay.let_through, "stopped": relay.stop, "hung": relay.hang}[state]()
        yield


def states(pair: Pair) -> list[str]:
    """What may become of Redis, where there is one."""
    return ["none"] if pair.relay is None else ["running", "stopped", "hung", "flapping"]


def test_nothing_acknowledged_is_missing_here_at_all_or_there_after_a_second(pair: Pair) -> None:
    for server in pair.servers:
        pair.read(server)
    late = []
    for state in states(pair):
        with with_redis(pair.relay, state):
            for number in range(WRITES):
                here, there = pair.servers[number % 2], pair.servers[1 - number % 2]
                ident = pair.write(here, f"Word {number}, while Redis is {state}.")
                acknowledged = time.monotonic()
                assert pair.has(here, ident)
                late.append((state, pair.older_until(there, ident) - acknowledged))

    assert [found for found in late if found[1] > SECONDS] == []
    assert len(late) == WRITES * len(states(pair))


def test_no_server_ever_goes_back(pair: Pair) -> None:
    """A reader of each, while both are written to."""
    over, read = threading.Event(), [list[int](), list[int]()]

    def follow(number: int) -> None:
        while not over.wait(0.02):
            read[number].append(pair.read(pair.servers[number])["version"])

    readers = [threading.Thread(target=follow, args=(number,)) for number in range(2)]
    for reader in readers:
        reader.start()
    for state in states(pair):
        with with_redis(pair.relay, state):
            for number in range(WRITES):
                pair.write(pair.servers[number % 2], f"Said {number}, while Redis is {state}.")
    over.set()
    for reader in readers:
        reader.join()

    assert [versions for versions in read if versions != sorted(versions)] == []
    assert min(map(len, read)) > 1
