"""A day that is on, with everybody who works at it, and the server process it runs on."""

import http.client
import json
import os
import random
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

from django.db import connection
from tests.architecture.tree import ROOT
from tests.leaks.marked import Answer
from tests.makers import a_role, a_session, a_surgeon, an_account, an_event
from tests.served import API, Served, served
from tests.serving import here
from tests.simulated.turns import Call

from equalterms.bookings.models import Booking
from equalterms.lib import clock
from equalterms.people.actions import tokens_for
from equalterms.people.models import Account
from equalterms.programme.models import Session

ORGANISERS, SURGEONS, DOORS = 3, 10, 2
LABELS = ["privacy", "photos", "blocking", "passwords", "scams"]
# What is on: kind, title, places, and from which hour of the day to which.
PROGRAMME: list[tuple[str, str, int | None, float, float]] = [
    ("surgery", "Tables", 24, 0, 8),
    ("surgery", "More tables", None, 0, 8),
    ("workshop", "Photos", 9, 0, 3),
    ("talk", "Privacy", None, 0, 2),
    ("talk", "Passwords", None, 2, 4),
    ("workshop", "Phones", 8, 2.5, 5.5),
    ("surgery", "Late tables", 20, 3.5, 8),
    ("workshop", "Scams", 6, 4, 6),
]
# What somebody may be told who was too late, too early, or not the only one.
REFUSED = frozenset({404, 409, 410, 412})
# What names somebody who may have gone by then, or something that was hidden: a refusal by its field.
NO_LONGER_THERE = frozenset({"hand a person", "point"})


@contextmanager
def one_process(home: Path, hours: Path, port: int = 0) -> Iterator[Served]:
    """`serve` in a process of its own, on the database of this test, at the time that `hours` tells."""
    known = {
        name: value
        for name, value in here().items()
        if name.startswith("TEST_") or name == "DJANGO_SETTINGS_MODULE"
    }
    paths = os.pathsep.join([str(API), str(ROOT)])
    command = (sys.executable, "-m", "tests.simulated.clocked", str(hours))
    with served(home, port=port, command=command, PYTHONPATH=paths, **known) as server:
        yield server


class Wire:
    """A line to the server that is kept open, of somebody signed in or of nobody. Sends again what the
    server was too busy for."""

    def __init__(self, url: str, account: Account | None = None) -> None:
        where = urlsplit(url)
        self.line = http.client.HTTPConnection(str(where.hostname), where.port, timeout=60)
        self.headers = {"Content-Type": "application/json"}
        self.account = account
        self.sign_in()

    def sign_in(self) -> None:
        """Anew: an access token is good for twenty minutes."""
        if self.account is not None:
            self.headers["Authorization"] = f"Bearer {tokens_for(self.account)['access']}"

    def send(self, method: str, path: str, body: object = None, **headers: str) -> Answer:
        content = None if body is None else json.dumps(body).encode()
        named = self.headers | {name.replace("_", "-"): value for name, value in headers.items()}
        for _ in range(60):
            try:
                answer = self._exchange(method, f"/api/v1/{path}", content, named)
            except ConnectionError:  # it was silent for long, so the server closed it
                self.line.close()
                continue
            if answer.status != 503:
                break
            threading.Event().wait(0.2)
        return answer

    def _exchange(self, method: str, path: str, content: bytes | None, headers: dict[str, str]) -> Answer:
        self.line.request(method, path, content, headers)
        with self.line.getresponse() as got:
            return Answer(got.status, {n.lower(): v for n, v in got.getheaders()}, got.read())


class Stage:
    """The day, its staff, what everybody may know of it, and the tally of who was answered what."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 -- one day can be played again
        start = clock.now().replace(minute=0, second=0, microsecond=0)
        ends = start + timedelta(hours=8)
        self.event = an_event(starts=start, ends=ends, mixing="gentle", labels=LABELS, minutes=10)
        self.sessions: list[Session] = [
            a_session(
                self.event, kind=kind, title=title, capacity=capacity,
                starts=start + timedelta(hours=first), ends=start + timedelta(hours=last),
            )
            for kind, title, capacity, first, last in PROGRAMME
        ]  # fmt: skip
        self.organisers = [a_role(self.event) for _ in range(ORGANISERS)]
        self.doors = [a_role(self.event, "door") for _ in range(DOORS)]
        self.surgeons = [
            a_surgeon(
                self.event,
                self.sessions[number % 2],
                account=a_role(self.event, "surgeon", an_account()),
                labels=LABELS[number % 4 : number % 4 + 2],
            )
            for number in range(SURGEONS)
        ]
        self.lock = threading.Lock()
        self.acts: Counter[str] = Counter()
        self.amiss: list[str] = []
        self.tickets: list[int] = []
        self.came: dict[UUID, int] = {}
        self.calls: list[Call] = []
        self.off: list[Session] = []
        # Of a session that has fewer places than it had: how many are still held from before.
        self.over: dict[UUID, int] = {}
        self.let_stand: set[UUID] = set()
        self.public: dict[UUID, dict[str, list[UUID]]] = {}
        self.whereabouts: dict[UUID, UUID] = {}

    def heard(self, what: str, answer: Answer) -> bool:
        """Counts an answer; whether the act was done. What is neither done nor refused is amiss."""
        done = answer.status in (200, 201, 204)
        with self.lock:
            self.acts[what if done else f"{what}: {answer.json()['code']}"] += 1
            absent = answer.status == 400 and what in NO_LONGER_THERE
            if not (done or absent or answer.status in REFUSED):
                self.amiss.append(f"{what}: {answer.status} {answer.body[:300]!r}")
        return done

    def look_around(self, wire: Wire) -> None:
        """What everybody sees now: what there is to vote for and to answer to."""
        for session in self.sessions:
            seen = wire.send("GET", f"sessions/{session.pk}/live/").json()
            self.public[session.pk] = {
                kind: [UUID(one["id"]) for one in seen[kind]] for kind in ("questions", "comments")
            }
            for seen_now in self.public[session.pk].values():
                self.whereabouts.update(dict.fromkeys(seen_now, session.pk))

    def called(self, title: str) -> Session:
        return next(session for session in self.sessions if session.title == title)

    def on_or_coming(self) -> list[Session]:
        """What is on at this hour, and what comes within the next two."""
        now = clock.now()
        return [one for one in self.sessions if one.starts - timedelta(hours=2) <= now < one.ends]

    def has_come(self, ident: UUID) -> None:
        """Somebody saw them come at this quarter hour; later it changes nothing."""
        with self.lock:
            self.came.setdefault(ident, clock.slot())

    def have_come(self, tickets: list[int]) -> None:
        """As those numbers stand; one that is over by now is in no line any more."""
        for ident in list(Booking.objects.filter(ticket__in=tickets).values_list("pk", flat=True)):
            self.has_come(ident)
        connection.close()

    def session_of(self, subject: UUID) -> UUID:
        """Where something stands that everybody saw."""
        return self.whereabouts[subject]

    def pause(self) -> None:
        threading.Event().wait(0.2)

    def add_session(self, wire: Wire) -> None:
        """An open space that somebody thought of at noon."""
        hours = {"starts": clock.now().isoformat(), "ends": self.event.ends.isoformat()}
        body = {"kind": "workshop", "title": "An open space", "capacity": 6, **hours}
        answer = wire.send("POST", f"events/{self.event.slug}/sessions/", body)
        if self.heard("add a session", answer):
            self.sessions.append(Session.objects.get(pk=answer.json()["id"]))

    def told(self) -> str:
        """The tally in a line."""
        return ", ".join(f"{number} {what}" for what, number in sorted(self.acts.items()))


def path_of(session: UUID, kind: str, ident: UUID) -> str:
    return f"sessions/{session}/{kind}s/{ident}/"
