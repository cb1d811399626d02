"""Two servers, one database, doors at both: what is told twice counts once, and nothing is lost."""

import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

import pytest
from tests.pairs import STORES, two_servers
from tests.promises.test_taking import at_once
from tests.scripts import ran
from tests.served import Answer, Served

pytestmark = pytest.mark.both
BEGIN = """
from equalterms.bookings.models import Booking
from tests import tables
from tests.booked import a_booking
from tests.makers import a_role
"""
SEED = """
from equalterms.people.actions import tokens_for
event = tables.a_day_now(proof=False, mixing="off")
session = tables.a_surgery(event)
held = [a_booking(session, "held") for _ in range(20)]
print(json.dumps({
    "event": event.slug,
    "session": str(session.pk),
    "token": tokens_for(a_role(event))["access"],
    "tickets": [one.ticket for one in held],
}))
"""
PLACES = """
rows = Booking.objects.exclude(session=None).values_list("pk", "state", "ticket")
print(json.dumps({str(pk): [state, ticket] for pk, state, ticket in rows}))
"""


class Room(NamedTuple):
    """A day at two servers."""

    run: Callable[..., Any]
    servers: tuple[Served, Served]
    token: str
    event: str
    session: str
    tickets: list[int]

    def send(self, server: Served, method: str, path: str, body: object) -> Answer:
        known = {"Authorization": f"Bearer {self.token}"}
        for _ in range(200):
            answer = server.call(method, f"/api/v1/{path}", body, known)
            if answer.status != 503:
                return answer
            time.sleep(0.05)
        return answer


@pytest.fixture(scope="module", params=STORES)
def room(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    home = tmp_path_factory.mktemp("doors") / "home"
    with two_servers(request.param, home) as ((first, second), stores):

        def run(script: str, *words: object) -> Any:
            return ran(home, BEGIN + script, *words, **stores)

        yield Room(run, (first, second), **run(SEED))


def test_two_doors_that_tell_the_same_arrivals_and_give_the_same_numbers_count_each_once(room: Room) -> None:
    """Each of 25 phones of the door tells both servers at once what it gave out and who has come."""
    desk, first = f"desk/events/{room.event}/", room.servers[0]
    spares = room.send(first, "POST", f"{desk}spares/", {"count": 25}).json()["spares"]
    given = {"session": room.session}

    def tell(server: Served, spare: str) -> tuple[int, list[str]]:
        gave = room.send(server, "PUT", f"{desk}tickets/{spare}/", given).status
        told = room.send(server, "POST", f"{desk}arrivals/", {"tickets": room.tickets}).json()
        return gave, [one["outcome"] for one in told["results"]]

    done = at_once(*(partial(tell, server, spare["id"]) for spare in spares for server in room.servers))

    assert sorted(gave for gave, _ in done) == [200] * 25 + [201] * 25
    arrived = [number for _, told in done for number, how in enumerate(told) if how == "arrived"]
    assert sorted(arrived) == list(range(len(room.tickets)))
    assert {how for _, told in done for how in told} == {"arrived", "here-already"}
    kept = room.run(PLACES)
    assert len(kept) == 45
    assert {state for state, _ in kept.values()} == {"here"}
    assert sorted(ticket for _, ticket in kept.values()) == sorted(
        [*room.tickets, *(spare["ticket"] for spare in spares)]
    )
