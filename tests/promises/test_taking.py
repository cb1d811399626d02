"""Two servers, one database, fifty surgeons: nothing that waits is taken twice, and nothing is lost."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any, NamedTuple

import pytest
from tests.pairs import STORES, two_servers
from tests.scripts import ran
from tests.served import Answer, Served

pytestmark = pytest.mark.both
SURGEONS = 50
BEGIN = """
from equalterms.bookings.models import Booking
from equalterms.safety.models import Claim
from tests import tables
from tests.makers import a_shown_question
"""
SEED = """
from equalterms.people.actions import tokens_for
event = tables.a_day_now()
surgeons = [tables.at_table(event, f"table {number}") for number in range(int(sys.argv[1]))]
tokens = {str(one.account_id): tokens_for(one.account)["access"] for one in surgeons}
print(json.dumps({"event": event.slug, "tokens": tokens}))
"""
FILL = """
from equalterms.programme.models import Event
event = Event.objects.get(slug=sys.argv[1])
surgeries = [tables.a_surgery(event) for _ in range(2)]
people, questions = (int(number) for number in sys.argv[2:])
print(json.dumps({
    "person": [str(tables.in_line(surgeries[number % 2]).id) for number in range(people)],
    "question": [str(a_shown_question(surgeries[number % 2]).pk) for number in range(questions)],
}))
"""
READ = """
print(json.dumps({
    "states": {str(pk): state for pk, state in Booking.objects.values_list("pk", "state")},
    "claims": {str(one.subject): str(one.account_id) for one in Claim.objects.all()},
}))
"""


class Surgeon(NamedTuple):
    """Somebody at a table, at one of the two servers. Sends again what the server was too busy for."""

    account: str
    token: str
    event: str
    server: Served

    def send(self, method: str, path: str, body: object = None) -> Answer:
        known = {"Authorization": f"Bearer {self.token}"}
        for _ in range(200):
            answer = self.server.call(method, f"/api/v1/desk/{path}", body, known)
            if answer.status != 503:
                return answer
            time.sleep(0.05)
        return answer

    def take(self, what: str) -> str | None:
        """The id of whoever, or whatever, was next; None where nothing waits."""
        answer = self.send("POST", f"events/{self.event}/take/", {"what": what})
        if answer.status == 404:
            assert answer.json()["code"] == "nothing-waits"
            return None
        assert answer.status == 200, answer.body
        return str(answer.json()[what]["id"])

    def take_all(self, what: str) -> list[str]:
        found = []
        while (one := self.take(what)) is not None:
            found.append(one)
        return found

    def table(self) -> dict[str, list[str]]:
        read = self.send("GET", f"events/{self.event}/table/").json()
        lists = {"person": "people", "question": "questions"}
        return {what: [one["id"] for one in read[name]] for what, name in lists.items()}

    def clear(self) -> None:
        there = self.table()
        for ident in there["person"]:
            assert self.send("POST", f"bookings/{ident}/served/", {}).status == 200
        for ident in there["question"]:
            answer = self.send("POST", f"questions/{ident}/answers/", {"text": "Like this."})
            assert answer.status == 201

    def say(self, state: str) -> None:
        sent = {"state": state, "place": "table 1" if state == "here" else ""}
        assert self.send("PUT", f"events/{self.event}/presence/", sent).status == 200


class Hall(NamedTuple):
    """A day at two servers."""

    run: Callable[..., Any]
    event: str
    surgeons: list[Surgeon]

    def fill(self, people: int, questions: int) -> dict[str, list[str]]:
        """So many come into the line, and so many questions are shown; gives their ids."""
        found: dict[str, list[str]] = self.run(FILL, self.event, people, questions)
        return found

    def tables(self) -> dict[str, dict[str, str]]:
        """By what was taken, and whose table it is at; of each one at most one."""
        found: dict[str, dict[str, str]] = {"person": {}, "question": {}}
        for surgeon, table in zip(self.surgeons, self._each(Surgeon.table), strict=True):
            for what, idents in table.items():
                assert not found[what].keys() & set(idents)
                found[what] |= dict.fromkeys(idents, surgeon.account)
        return found

    def clear(self) -> None:
        """Whatever is at a table is done with."""
        self._each(Surgeon.clear)

    def _each(self, work: Callable[[Surgeon], Any]) -> list[Any]:
        with ThreadPoolExecutor(4) as pool:
            return list(pool.map(work, self.surgeons))


@pytest.fixture(scope="module", params=STORES)
def hall(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    home = tmp_path_factory.mktemp("taking") / "home"
    with two_servers(request.param, home) as (servers, stores):

        def run(script: str, *words: object) -> Any:
            return ran(home, BEGIN + script, *words, **stores)

        made = run(SEED, SURGEONS)
        surgeons = [
            Surgeon(account, token, made["event"], servers[number % 2])
            for number, (account, token) in enumerate(made["tokens"].items())
        ]
        yield Hall(run, made["event"], surgeons)


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """All in the same moment, each on a line of its own."""
    gate = Barrier(len(works))

    def run(work: Callable[[], Any]) -> Any:
        gate.wait(30)
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def works(hall: Hall, work: Callable[[Surgeon, int], Any]) -> list[Callable[[], Any]]:
    return [
        lambda surgeon=surgeon, number=number: work(surgeon, number)  # type: ignore[misc]
        for number, surgeon in enumerate(hall.surgeons)
    ]


def test_fifty_surgeons_who_take_at_once_never_get_the_same(hall: Hall) -> None:
    waiting = hall.fill(people=40, questions=40)

    found = at_once(*works(hall, lambda one, number: {what: one.take(what) for what in turned(number)}))

    whose = {
        what: {got[what]: one.account for one, got in zip(hall.surgeons, found, strict=True) if got[what]}
        for what in waiting
    }
    for what, idents in waiting.items():
        assert Counter(got[what] for got in found if got[what]) == dict.fromkeys(idents, 1)
    kept = hall.run(READ)
    assert kept["claims"] == whose["person"] | whose["question"]
    assert {kept["states"][ident] for ident in waiting["person"]} == {"taken"}
    assert hall.tables() == whose
    hall.clear()


def turned(number: int) -> tuple[str, ...]:
    """Half of them begin with people, half with questions."""
    return ("person", "question") if number % 4 < 2 else ("question", "person")


def test_what_is_let_go_while_others_take_is_taken_by_somebody_and_nothing_is_lost(hall: Hall) -> None:
    """Ten surgeons go away and come back, ten put back whom they called and let go of what they took, and
    thirty take all they can: at every end each one is in the line or at one table."""
    waiting = hall.fill(people=35, questions=35)

    def work(one: Surgeon, number: int) -> None:
        for what in turned(number):
            if number < 20:
                give_back(one, what, one.take(what), away=number < 10)
            else:
                one.take_all(what)

    at_once(*works(hall, work))
    some = hall.tables()
    kept = hall.run(READ)
    states = {ident: kept["states"][ident] for ident in waiting["person"]}

    assert kept["claims"] == some["person"] | some["question"]
    assert set(states.values()) <= {"here", "taken"}
    assert {ident for ident, state in states.items() if state == "taken"} == set(some["person"])
    rest = {
        what: [one for surgeon in hall.surgeons[20:] for one in surgeon.take_all(what)] for what in waiting
    }
    for what, idents in waiting.items():
        assert sorted([*some[what], *rest[what]]) == sorted(idents)
    hall.clear()
    after = hall.run(READ)
    assert {after["states"][ident] for ident in waiting["person"]} == {"served"}
    assert after["claims"] == {}


def give_back(one: Surgeon, what: str, ident: str | None, *, away: bool) -> None:
    """As somebody does who has changed their mind."""
    if away:
        one.say("away")
        one.say("here")
    elif ident is not None:
        path = f"bookings/{ident}/back/" if what == "person" else f"questions/{ident}/let-go/"
        assert one.send("POST", path, {}).status == 200


def test_of_many_who_end_one_call_differently_one_is_heard(hall: Hall) -> None:
    """Its surgeon says that they were helped at one server, and that they left at the other."""
    waiting = hall.fill(people=20, questions=0)["person"]
    taken = {one.take("person"): one for one in hall.surgeons[:20]}
    assert set(taken) == set(waiting)

    def end(ident: str, how: str, server: Served) -> Callable[[], int]:
        one = taken[ident]._replace(server=server)
        return lambda: one.send("POST", f"bookings/{ident}/{how}/", {}).status

    first, second = hall.surgeons[0].server, hall.surgeons[1].server
    ends = [(ident, how) for ident in waiting for how in ("served", "left")]
    statuses = at_once(*[end(ident, how, (first, second)[how == "left"]) for ident, how in ends])

    by_ident: dict[str, list[int]] = {ident: [] for ident in waiting}
    for (ident, _), status in zip(ends, statuses, strict=True):
        by_ident[ident].append(status)
    assert {tuple(sorted(found)) for found in by_ident.values()} == {(200, 409)}
    kept = hall.run(READ)
    assert {kept["states"][ident] for ident in waiting} <= {"served", "left"}
    assert kept["claims"] == {}
