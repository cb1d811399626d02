"""Two servers, one database, fifty moderators: questions merged across one another stay whole, and no vote
is lost."""

import json
import secrets
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from random import Random
from threading import Barrier
from typing import Any, NamedTuple

import pytest
from tests.pairs import STORES, two_servers
from tests.scripts import ran
from tests.served import Answer, Served

from equalterms.lib.ids import b64u

pytestmark = pytest.mark.both
MODERATORS = 50
VOTERS = 10
# The longest that a tally may take that the server which heard the vote did not publish.
SECONDS = 20
WISHES = 5
BEGIN = """
from uuid import UUID
from equalterms.people.actions import tokens_for
from equalterms.people.models import Account, Act
from equalterms.programme.models import Event
from equalterms.questions.models import Question
from equalterms.safety.models import Note
from equalterms.safety.profile.receipt import Secret
from equalterms.desk.actions import decide
from tests.makers import a_role, a_session, an_event
from tests.sent import SHOW, an_asked_question, merged_note, review_of
"""
SEED = """
event = an_event()
accounts = [a_role(event, "moderator") for _ in range(int(sys.argv[1]))]
print(json.dumps({"event": str(event.pk), "tokens": [tokens_for(one)["access"] for one in accounts]}))
"""
ASK = """
session, public, held = a_session(Event.objects.get(pk=sys.argv[1])), *map(int, sys.argv[2:])
asked = [an_asked_question(session) for _ in range(public + held)]
for one in asked[:public]:
    decide(review=review_of(one), account=Account.objects.first(), decision=SHOW)
found = [[str(one.id), str(review_of(one)), one.seed.hex()] for one in asked]
print(json.dumps({"session": str(session.pk), "asked": found}))
"""
READ = """
def told(question, seed):
    secret = Secret(bytes.fromhex(seed), question.session.event_id, "question")
    return merged_note(secret) if Note.objects.filter(box=secret.box).exists() else None

def line(ident, seed):
    one = Question.objects.select_related("review", "session").filter(pk=ident).first()
    acts = [Act.objects.filter(subject=ident, act=act).count() for act in ("merge", "unmerge")]
    return one and [
        one.review.state, one.review.before, one.merged_into_id and str(one.merged_into_id),
        one.shown is not None, one.votes, sorted(vote.tag.hex for vote in one.votes_cast.all()),
        told(one, seed), *acts,
    ]

print(json.dumps({ident: line(ident, seed) for ident, seed in json.loads(sys.argv[1]).items()}))
"""


class Asked(NamedTuple):
    ident: str
    review: str
    seed: str


class Row(NamedTuple):
    """A question as the database has it: `told` is what its asker's note says, the last two are how often
    the audit list has it."""

    state: str
    before: str
    into: str | None
    public: bool
    votes: int
    cast: list[str]
    told: list[str | None] | None
    merges: int
    unmerges: int


class Done(NamedTuple):
    """What was wanted of a question, and how it was answered."""

    act: str
    question: str
    into: str | None
    status: int
    code: str


class Moderator(NamedTuple):
    """Somebody at the desk of one of the two servers."""

    token: str
    server: Served

    def merge(self, one: Asked, into: Asked) -> Done:
        return self._done("merge", one, into, {"into": into.review})

    def unmerge(self, one: Asked) -> Done:
        return self._done("unmerge", one, None, {})

    def _done(self, act: str, one: Asked, into: Asked | None, body: object) -> Done:
        known = {"Authorization": f"Bearer {self.token}"}
        answer = patiently(self.server, "POST", f"/api/v1/desk/reviews/{one.review}/{act}/", body, known)
        code = "" if answer.status == 200 else answer.json()["code"]
        return Done(act, one.ident, into and into.ident, answer.status, code)


def patiently(server: Served, *sent: Any) -> Answer:
    """Sends again what the server was too busy for."""
    for _ in range(200):
        answer = server.call(*sent)
        if answer.status != 503:
            return answer
        time.sleep(0.05)
    return answer


class Desk(NamedTuple):
    """A day at two servers."""

    run: Callable[..., Any]
    event: str
    servers: list[Served]
    moderators: list[Moderator]

    def ask(self, public: int, held: int = 0) -> tuple[str, list[Asked]]:
        """A session of its own with so many questions that are shown, and so many that wait."""
        made = self.run(ASK, self.event, public, held)
        return made["session"], [Asked(*one) for one in made["asked"]]

    def rows(self, asked: list[Asked]) -> dict[str, Row]:
        """As they are; whichever was lost is missing."""
        found = self.run(READ, json.dumps({one.ident: one.seed for one in asked}))
        return {ident: Row(*row) for ident, row in found.items() if row is not None}

    def told(self, session: str, wanted: dict[str, int]) -> list[dict[str, int]]:
        """What each server tells everybody: votes by question; as soon as it is what is wanted of it."""
        end = time.monotonic() + SECONDS
        while True:
            read = [one.get(f"/api/v1/sessions/{session}/live/") for one in self.servers]
            found = [{one["id"]: one["votes"] for one in answer.json()["questions"]} for answer in read]
            same = read[0].body == read[1].body
            if (same and found == [wanted, wanted]) or time.monotonic() > end:
                assert same
                return found
            time.sleep(0.2)


@pytest.fixture(scope="module", params=STORES)
def desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    home = tmp_path_factory.mktemp("merging") / "home"
    with two_servers(request.param, home) as (servers, stores):

        def run(script: str, *words: object) -> Any:
            return ran(home, BEGIN + script, *words, **stores)

        made = run(SEED, MODERATORS)
        moderators = [Moderator(token, servers[number % 2]) for number, token in enumerate(made["tokens"])]
        yield Desk(run, made["event"], servers, moderators)


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """All in the same moment, each on a line of its own."""
    gate = Barrier(len(works))

    def run(work: Callable[[], Any]) -> Any:
        gate.wait(30)
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def test_of_merges_that_cross_one_is_done_and_the_others_are_refused(desk: Desk) -> None:
    """Thirteen times the one into the other and the other into the one, six times the one into each of two
    others, at both servers."""
    session, asked = desk.ask(public=13 * 2 + 6 * 3)
    pairs, rest = zip(asked[:26:2], asked[1:26:2], strict=True), asked[26:]
    wishes = [[(one, other), (other, one)] for one, other in pairs]
    for one, left, right in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        wishes.append([(one, left), (one, right), (one, right), (one, left)])
    everybody = iter(desk.moderators)

    works = [[partial(next(everybody).merge, *wish) for wish in several] for several in wishes]
    answers = iter(at_once(*(work for several in works for work in several)))

    heard: list[list[Done]] = [[next(answers) for _ in several] for several in works]
    refused = (409, "review-superseded")
    assert [sorted((one.status, one.code) for one in several) for several in heard] == [
        [(200, ""), *[refused] * (len(several) - 1)] for several in works
    ]
    merged = {one.question: one.into for several in heard for one in several if one.status == 200}
    rows = desk.rows(asked)
    assert {ident: row.into for ident, row in rows.items()} == {
        one.ident: merged.get(one.ident) for one in asked
    }
    assert {ident: rows[ident].told for ident in merged} == {
        ident: ["merged", into] for ident, into in merged.items()
    }
    public = {one.ident: 0 for one in asked if one.ident not in merged}
    assert desk.told(session, public) == [public] * 2


def test_whoever_merges_and_takes_apart_the_same_loses_no_question_and_no_vote(desk: Desk) -> None:
    """Fifty moderators merge ten questions across one another and take them apart, while others vote. Then
    everything is taken apart, each by two at once."""
    session, asked = desk.ask(public=8, held=2)
    starts = {one.ident: "shown" if number < 8 else "held" for number, one in enumerate(asked)}
    voters = [Voter(session, desk.servers[number % 2], number) for number in range(VOTERS)]

    found = at_once(
        *(partial(work, one, asked, number) for number, one in enumerate(desk.moderators)),
        *(partial(voter.vote, asked[:8]) for voter in voters),
    )

    done = [one for several in found[:MODERATORS] for one in several]
    counted = Counter((one.act, one.status, one.code) for one in done)
    acts, answers = ("merge", "unmerge"), ((200, ""), (409, "review-superseded"))
    assert set(counted) == {(act, *answer) for act in acts for answer in answers}
    rows, cast = desk.rows(asked), [one for several in found[MODERATORS:] for one in several]
    check(rows, starts, done, cast)
    public = votes_by_question(rows)
    assert desk.told(session, public) == [public] * 2

    merged = [one for one in asked if rows[one.ident].into]
    ways = [partial(who.unmerge, one) for one in merged for who in desk.moderators[:2]]
    last: list[Done] = at_once(*ways) if ways else []
    assert [sorted(one.status for one in pair) for pair in zip(last[::2], last[1::2], strict=True)] == [
        [200, 409] for _ in merged
    ]
    apart = desk.rows(asked)
    check(apart, starts, [*done, *last], cast)
    assert {row.into for row in apart.values()} == {None}
    own = {ident: len(apart[ident].cast) for ident, start in starts.items() if start == "shown"}
    assert desk.told(session, own) == [own] * 2


def work(moderator: Moderator, asked: list[Asked], number: int) -> list[Done]:
    """One whose every wish is against somebody else's."""
    done, chance = [], Random(number)  # noqa: S311 -- repeatable, nothing secret
    for _ in range(WISHES):
        one, other = chance.sample(asked, 2)
        done.append(moderator.unmerge(one) if chance.random() < 0.4 else moderator.merge(one, other))
    return done


class Voter(NamedTuple):
    """Somebody's phone, which votes for all that it is shown, and thinks better of one in three."""

    session: str
    server: Served
    number: int

    def vote(self, asked: list[Asked]) -> list[tuple[str, str]]:
        """The votes that were acknowledged and stand: the question of each, and its tag."""
        kept = []
        for place, one in enumerate(asked):
            tag = secrets.token_bytes(16)
            path = f"/api/v1/sessions/{self.session}/questions/{one.ident}/votes/{b64u(tag)}/"
            answer = patiently(self.server, "PUT", path, {})
            if answer.status == 404:  # it is merged just now
                continue
            assert answer.status == 201, answer.body
            if (self.number + place) % 3:
                kept.append((one.ident, tag.hex()))
            else:
                assert patiently(self.server, "DELETE", path).status == 204
        return kept


def check(
    rows: dict[str, Row], starts: dict[str, str], done: list[Done], cast: list[tuple[str, str]]
) -> None:
    """Every question is there, where it was or merged into one that is not; what was acknowledged was done,
    and nothing else; each asker reads how it stands."""
    heard = Counter((one.act, one.question) for one in done if one.status == 200)
    assert rows.keys() == starts.keys()
    for ident, row in rows.items():
        start = starts[ident]
        if row.into:
            assert (row.state, row.before, row.public) == ("merged", start, False)
            assert rows[row.into].into is None
        else:
            assert (row.state, row.before, row.public) == (start, "", start == "shown")
        assert (row.merges, row.unmerges) == (heard["merge", ident], heard["unmerge", ident])
        assert row.merges - row.unmerges == bool(row.into)
        assert row.cast == sorted(tag for question, tag in cast if question == ident)
        told = [row.state, row.into] if row.merges else None
        assert row.told == told


def votes_by_question(rows: dict[str, Row]) -> dict[str, int]:
    """Of what is public: its own votes, and those of what is merged into it."""
    return {
        ident: sum(len(one.cast) for one in (row, *(child for child in rows.values() if child.into == ident)))
        for ident, row in rows.items()
        if row.public
    }
