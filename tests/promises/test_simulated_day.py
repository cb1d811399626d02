"""A day of three organisers, two doors, ten surgeons and two hundred people ends with its books balanced."""

import os
import random
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from tests import services
from tests.leaks.kept import files
from tests.leaks.marked import MarkedPhone, Traits, marks_of
from tests.leaks.sieve import Sieve
from tests.promises import kept as database
from tests.simulated import books, ending, turns
from tests.simulated.clocked import Hours
from tests.simulated.crew import AtTable, Door, Organiser, Worker
from tests.simulated.followers import Follower
from tests.simulated.people import Person
from tests.simulated.spoiling import overlooked, spoilings
from tests.simulated.stage import Stage, Wire, one_process

from equalterms.bookings import actions as bookings
from equalterms.bookings.actions.lines import publish_lines
from equalterms.desk.actions import release_due
from equalterms.desk.surgery.actions import tidy_tables
from equalterms.lib import clock
from equalterms.questions import actions as questions
from equalterms.safety.actions import drop_outdated, take_in
from equalterms.threads import actions as threads

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.alone, pytest.mark.xdist_group("leaks")]
PEOPLE, MAKES, SEARCHED = 200, 10, 30
ROUNDS, STAFF_ACTS, AT_ONCE = 16, 2, 10
# Of all people so many do something in a round.
SHARE = 0.65


class Cast:
    """Everybody who acts on the day."""

    def __init__(self, stage: Stage, url: str, seed: int) -> None:
        makes = [Traits(number) for number in range(MAKES)]
        phones = [MarkedPhone(url, stage.event.pk, makes[number % MAKES]) for number in range(PEOPLE)]
        self.random = random.Random(seed)  # noqa: S311 -- one day can be played again
        self.people = [Person(stage, phone, seed + number) for number, phone in enumerate(phones)]
        workers = [(Organiser, stage.organisers), (Door, stage.doors), (AtTable, stage.surgeons)]
        self.organisers, self.doors, self.surgeons = (
            [kind(stage, url, who, seed + number) for number, who in enumerate(them)]
            for kind, them in workers
        )

    @property
    def staff(self) -> list[Worker]:
        return [*self.organisers, *self.doors, *self.surgeons]

    def close(self) -> None:
        for line in [*(one.phone.line for one in self.people), *(one.wire.line for one in self.staff)]:
            line.close()

    def round(self) -> None:
        """Those who work do some things, and most of the others one, all at once."""
        works = [self._some(worker.act, STAFF_ACTS) for worker in self.staff]
        works += [person.act for person in self.random.sample(self.people, int(SHARE * PEOPLE))]
        self.random.shuffle(works)
        with ThreadPoolExecutor(AT_ONCE) as hands:
            for done in [hands.submit(work) for work in works]:
                done.result()

    def sign_in(self) -> None:
        for worker in self.staff:
            worker.wire.sign_in()

    def call_in_turn(self, surgeons: int) -> None:
        """One after the other, with nobody else about."""
        for worker in self.random.sample(self.surgeons, surgeons):
            worker.serve_all()
            worker.take_in_turn()

    @staticmethod
    def _some(act: Callable[[], None], times: int) -> Callable[[], None]:
        return lambda: [act() for _ in range(times)] and None


def a_morning() -> datetime:
    """Tomorrow's, a minute past the hour: a round is over before the next quarter begins."""
    return (clock.now() + timedelta(days=1)).replace(hour=9, minute=1, second=0, microsecond=0)


def half_a_minute() -> None:
    """What the clock does at a tick, whether or not the server's own has done it."""
    later = clock.now() + timedelta(seconds=60)
    for duty in (
        take_in, lambda: release_due(later), bookings.move_up_all, bookings.end_cancelled_all, tidy_tables,
        publish_lines, questions.publish_tallies, threads.publish_tallies, drop_outdated,
    ):  # fmt: skip
        duty()


@contextmanager
def watched(stage: Stage, cast: Cast) -> Iterator[list[str]]:
    """Counts places all the time, while everybody acts; gives where there were too many."""
    found: list[str] = []
    over = threading.Event()

    def watch() -> None:
        try:
            while not over.wait(1):
                found.extend(books.places(cast.people, stage.over))
        finally:
            connection.close()

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        yield found
    finally:
        over.set()
        watching.join()


def less_is_on(stage: Stage, cast: Cast) -> None:
    """A workshop is called off, and there are fewer tables than there were to be."""
    late = stage.called("Late tables")
    stage.over[late.pk] = books.held_from_home(cast.people)[late.pk]
    cast.organisers[1].less_room(late, 4)
    cast.organisers[2].call_off(stage.called("Scams"))


def report_of(stage: Stage, wire: Wire) -> Any:
    return wire.send("GET", f"desk/events/{stage.event.slug}/report/").json()


def the_day(stage: Stage, cast: Cast, wire: Wire, hours: Hours) -> None:
    """Six hours or so, in steps of a quarter of an hour and of half an hour."""
    for number in range(ROUNDS):
        stage.look_around(wire)
        if number == 5:
            stage.add_session(cast.organisers[0].wire)
        if number == 11:
            less_is_on(stage, cast)
        cast.organisers[0].open_all()
        cast.round()
        half_a_minute()
        cast.call_in_turn(2)
        hours.move_to(hours.start + timedelta(minutes=24 * (number + 1) // 15 * 15))
        cast.sign_in()
    cast.organisers[0].open_all()
    cast.call_in_turn(len(cast.surgeons))
    for surgeon in cast.surgeons:
        surgeon.serve_all()
    half_a_minute()


def the_end(stage: Stage, cast: Cast, hours: Hours) -> list[str]:
    """In the evening an organiser closes the day; when its receipts' time is over, the clock purges it. Gives
    what does not add up after either. The checks of each must find much on the day as it was before it."""
    wire, slug = cast.organisers[0].wire, stage.event.slug
    hours.move_to(stage.event.ends + timedelta(hours=1))
    wire.sign_in()
    before, votes, marks = ending.ends(), ending.votes_told(), ending.marks_of_voices()
    surgeries = {session.pk for session in stage.sessions if session.kind == "surgery"}
    assert len(list(ending.closed(before, votes, surgeries))) >= 6
    assert wire.send("POST", f"desk/events/{slug}/close/", {"confirm": slug}).status == 200
    ended = ending.ends()
    wrong = [*ending.closed(before, votes, surgeries), *ending.report(report_of(stage, wire))]
    wrong += [*books.tickets(), *books.whole(), *books.journal()]

    assert len(list(ending.purged(stage, cast.people, before, marks))) >= 7
    hours.move_to(stage.event.ends + timedelta(days=stage.event.keep_days + 1))
    wire.sign_in()
    until(lambda: ending.is_purged(stage))
    wrong += [*ending.purged(stage, cast.people, ended, marks), *ending.report(report_of(stage, wire))]
    return [*wrong, *books.tickets(), *books.whole(), *ending.unknown(cast.people[:SEARCHED])]


def until(there: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not there():
        assert time.monotonic() < end
        threading.Event().wait(0.1)


def balance(stage: Stage, cast: Cast, wire: Wire, told: Any) -> list[str]:
    """Everything that does not add up."""

    def read(path: str) -> Any:
        return wire.send("GET", path).json()

    people = cast.people
    checks: Iterable[Iterator[str]] = (
        books.tickets(), books.places(people, stage.over), books.claims(), books.reviews(), books.tallies(),
        books.lines(), books.journal(), books.whole(), books.kept(people),
        turns.quarters(stage.came), turns.in_turn(stage.calls), books.called(),
        ending.called_off(stage, people), ending.report(told),
        books.cast(people, stage.let_stand), books.notes(people),
        books.worked(cast.doors, cast.surgeons, people),
        books.looked_up(people), books.counts(stage, read),
    )  # fmt: skip
    return [wrong for check in checks for wrong in check]


def dumped() -> bytes:
    """Every row of this test's database, as its own tools write it down."""
    if connection.vendor == "postgresql":
        known = connection.settings_dict
        command = [services.found("pg_dump"), "--host", known["HOST"], "--port", str(known["PORT"])]
        command += ["--username", known["USER"], str(known["NAME"])]
        return subprocess.run(command, check=True, capture_output=True).stdout
    name = connection.settings_dict["NAME"]
    with closing(sqlite3.connect(f"file:{name}?mode=ro", uri=True)) as rows:
        return "\n".join(rows.iterdump()).encode()


def everything_kept(home: Path) -> dict[str, bytes]:
    """Rows, the files of SQLite, the server's log and whatever it wrote beside it."""
    found = {"dump": dumped()} | files(home)
    if connection.vendor == "sqlite":
        database.checkpoint()
        found |= {path.name: path.read_bytes() for path in database.files()}
    return found


def test_anon_01_the_books_of_a_simulated_day_balance_and_tell_nothing_of_who_was_there(
    tmp_path: Path,
) -> None:
    seed = int(os.environ.get("SIMULATED_DAY") or random.SystemRandom().randrange(10**6))
    print(f"\nSIMULATED_DAY={seed}")
    began = time.monotonic()
    with ExitStack() as after:
        hours = after.enter_context(Hours(tmp_path / "hours", a_morning()))
        stage = Stage(seed)
        with one_process(tmp_path, hours.path) as server:
            cast, wire = Cast(stage, server.url, seed), Wire(server.url)
            after.callback(cast.close)
            after.callback(wire.line.close)
            paths = [f"events/{stage.event.slug}/", *(f"sessions/{one.pk}/" for one in stage.sessions[:2])]
            followers = [Follower(server.url, path) for path in paths]
            for follower in followers:
                after.callback(follower.close)
            with watched(stage, cast) as crowded:
                the_day(stage, cast, wire, hours)
            waited = sum(call.last not in call.first for call in stage.calls)
            print(f"{stage.told()}\n{waited} of {len(stage.calls)} called before some who came later")
            print(f"{time.monotonic() - began:.0f} s")
            report = report_of(stage, cast.organisers[1].wire)
            wrong = balance(stage, cast, wire, report)
            heard = [one for follower in followers for one in follower.differences()]
        print(f"{time.monotonic() - began:.0f} s; resets: {[one.resets for one in followers]}")

        assert (stage.amiss, crowded, wrong, heard) == ([], [], [], [])
        assert overlooked(spoilings(stage, cast.people, cast.doors, cast.surgeons, report)) == []
        check_nothing_tells(cast.people[:SEARCHED], everything_kept(tmp_path))

        with one_process(tmp_path, hours.path, int(server.url.rsplit(":", 1)[1])):
            wrong = the_end(stage, cast, hours)
        kept = everything_kept(tmp_path)
    assert wrong == []
    assert (tmp_path / "log").read_bytes().count(b"ERROR") == 0
    check_nothing_tells(cast.people[:SEARCHED], kept)
    check_words(cast.people, kept)
    print(f"{time.monotonic() - began:.0f} s")


def check_nothing_tells(people: list[Person], kept: dict[str, bytes]) -> None:
    """Of these phones nothing is kept but words; and whatever would be, the sieve finds."""
    sieve = Sieve(marks_of([person.phone for person in people]))
    secret, traits = people[0].phone.secrets[0], people[0].phone.traits
    planted = kept["dump"] + secret.auth.hex().encode() + traits.agent.encode()

    assert {(find.mark, find.spelling, find.where) for find in sieve.sift(kept)} == set()
    assert {find.mark for find in sieve.in_one("planted", planted)} >= {
        "receipt 0 of phone 0: auth",
        f"agent of {traits.address}",
    }


def check_words(people: list[Person], kept: dict[str, bytes]) -> None:
    """Of a purged day those words are kept that are public, and no others."""
    public = ending.public_words()
    sent = {one.text for one in ending.sent_by(people) if one.text}

    assert public
    assert public <= sent
    assert sent - public
    assert all(word.encode() in kept["dump"] for word in public)
    assert [word for word in sent - public for blob in kept.values() if word.encode() in blob] == []
