"""Following: one change to ten thousand streams on one process, and ten thousand who come back at once.

What staff did to cause the change is not charged to the deliveries, nor what keeps idle streams alive: their
time runs from the moment the first follower has the news, and of their CPU that of the next change is taken
off, which one follower reads at another session, as is that of as long a while in which nothing happens.
Everybody's followers are there at once, and what is compared is a second apart: a machine that others use is
seldom the same for long.
"""

import json
import resource
import statistics
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import NamedTuple

from tests.bench.peers import installed
from tests.bench.table import Row, figure, ratios, rounds
from tests.bench.wire.crowd import Crowd
from tests.bench.wire.followers import Followers
from tests.bench.wire.places import Place
from tests.bench.wire.processes import cpu_of, kilobytes, running
from tests.bench.wire.requests import answer, connect, request
from tests.services import free_port

# So many changes, each of them followed by one beside it.
ROUNDS = 21
# Seconds; in each of them a fifteenth of the followers hear a sign of life.
IDLE = 7
# Files that are not followers; nginx lets go of some long before its last one is in use.
SPARE = 1500
TEXT = "Somebody asked how to see who can read old posts. The answer is on the table by the door. " * 3


class Stream(NamedTuple):
    """Something that can be followed: where, what a follower asks, and what publishes one change."""

    port: int
    pid: int
    follow: bytes
    publish: bytes


class Reached(NamedTuple):
    """Of one change, seconds: from the first follower to the last, from publishing to the last, of CPU."""

    fan: float
    last: float
    cpu: float


class Watched(NamedTuple):
    """What one round saw: microseconds of CPU a delivery, and milliseconds from the first follower to the
    last and from the publishing to the last."""

    each: float
    fan: float
    last: float


class Waiting(NamedTuple):
    """What an idle crowd costs: KB of memory a follower, seconds of CPU a second."""

    memory: float
    cpu: float


def files() -> int:
    """How many files this machine lets a process open."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard


def greeting(stream: Stream) -> int:
    """How many bytes a follower is sent before anything happens."""
    line = connect(stream.port)
    line.sendall(stream.follow)
    size = len(line.recv(65_536))
    line.settimeout(0.4)
    try:
        while part := line.recv(65_536):
            size += len(part)
    except TimeoutError:
        line.close()
    return size


class Contest:
    """A server that is followed by a crowd for as long as the block is open, and beside it by one more, at
    another place where there is one: for what staff did, and making the frame."""

    def __init__(self, stream: Stream, count: int, beside: Stream | None = None) -> None:
        self.stream, self.count, self.beside = stream, count, beside

    def __enter__(self) -> "Contest":
        before = kilobytes(self.stream.pid)
        size = greeting(self.stream) - 8
        self.crowd = Crowd(self.stream.port, self.stream.follow, self.count, hello=size)
        self.memory = (kilobytes(self.stream.pid) - before) / self.count
        if self.beside:
            size = greeting(self.beside) - 8
            self.one = Followers(self.beside.port, self.beside.follow, 1, hello=size)
        return self

    def __exit__(self, *_: object) -> None:
        self.crowd.close()
        if self.beside:
            self.one.close()

    def round(self, idle: float) -> Watched:
        """One change. From those who have no other place nothing is taken off for publishing."""
        seen = published(self.stream, self.crowd, idle)
        once = published(self.beside, self.one, idle).cpu if self.beside else 0.0
        return Watched((seen.cpu - once) * 1e6 / (self.count - 1), seen.fan * 1000, seen.last * 1000)


def waiting(contests: dict[str, Contest]) -> dict[str, Waiting]:
    """What they all cost while nothing happens: of some seconds the middle, as now and then there is more."""
    time.sleep(0.5)
    spent: dict[str, list[float]] = {name: [] for name in contests}
    for _ in range(IDLE):
        before = {name: cpu_of(one.stream.pid) for name, one in contests.items()}
        time.sleep(1)
        for name, one in contests.items():
            spent[name].append(cpu_of(one.stream.pid) - before[name])
    return {name: Waiting(one.memory, statistics.median(spent[name])) for name, one in contests.items()}


def median(seen: Sequence[NamedTuple], field: str) -> float:
    return statistics.median(getattr(one, field) for one in seen)


def published(stream: Stream, followers: Followers | Crowd, idle: float = 0.0) -> Reached:
    time.sleep(0.3)
    followers.expect()
    line, cpu, begun = connect(stream.port), cpu_of(stream.pid), time.perf_counter()
    line.sendall(stream.publish)
    first, last = followers.reached()
    if answer(line)[0] not in {200, 201, 202}:
        raise SystemExit("nothing could be published")
    line.close()
    time.sleep(0.2)
    spent, took = cpu_of(stream.pid) - cpu, time.perf_counter() - begun
    return Reached(max(last - first, 1e-5), last - begun, spent - idle * took)


def ours(place: Place, name: str = "page") -> Stream:
    session = place.sessions[name]
    body = json.dumps({"text": TEXT, "parent": None}).encode()
    said = request(
        f"/api/v1/desk/sessions/{session}/comments/", "POST", body, Authorization=f"Bearer {place.token}"
    )
    follow = request(f"/api/v1/sessions/{session}/stream", Accept="text/event-stream")
    return Stream(place.port, place.pid, follow, said)


def other(port: int, pid: int, body: bytes) -> Stream:
    follow = request("/follow", Accept="text/event-stream")
    return Stream(port, pid, follow, request("/publish", "POST", body))


def frame_of(stream: Stream) -> bytes:
    """One change as our followers read it."""
    line, staff = connect(stream.port), connect(stream.port)
    line.sendall(stream.follow)
    time.sleep(0.4)
    line.recv(65_536)
    staff.sendall(stream.publish)
    answer(staff)
    frame = line.recv(65_536)
    for one in (line, staff):
        one.close()
    return frame


def measured(place: Place, folder: Path, share: float) -> list[Row]:
    most = min(10_000, files() - SPARE)
    count, mine = max(200, int(most * share)), ours(place)
    frame = frame_of(mine)
    with ExitStack() as stack:
        port = free_port()
        command = [sys.executable, "-m", "tests.bench.peers.sendloop", str(port)]
        floor = other(port, stack.enter_context(running(command, port)), frame)
        streams = {"ours": mine, "floor": floor}
        if found := stack.enter_context(installed.nchan(folder / "nchan", files())):
            # nchan puts the fields of an event around what it is given: only the data goes in.
            streams["nchan"] = other(*found, frame.partition(b"data: ")[2].rstrip())
        beside = {"ours": ours(place, "aside")}
        with ExitStack() as crowds:
            contests = {
                name: crowds.enter_context(Contest(one, count, beside.get(name)))
                for name, one in streams.items()
            }
            idle = waiting(contests)
            seen = rounds(
                {name: partial(one.round, idle[name].cpu) for name, one in contests.items()}, ROUNDS
            )
        time.sleep(0.5)  # so that what hung up is gone
    return [*rows_of(seen, idle, count, len(frame)), back(place, mine, count)]


def rows_of(seen: dict[str, list[Watched]], idle: dict[str, Waiting], count: int, size: int) -> list[Row]:
    rows = []
    for name, words in (("floor", "a loop that only sends"), ("nchan", "nchan in nginx")):
        if name not in seen:
            rows.append(Row(f"one change to {count:,} followers", "", f"{words} is not installed"))
            continue
        for field, what, unit, digits in (
            ("each", f"one change ({size} B) to {count:,} followers, CPU each", "µs", 1),
            ("fan", "the same, from the first follower to the last", "ms", 0),
        ):
            mine = [getattr(one, field) for one in seen["ours"]]
            theirs = [getattr(one, field) for one in seen[name]]
            beside = f"{words}: {figure(theirs, unit, digits)}"
            rows.append(Row(what, figure(mine, unit, digits), beside, str(ratios(mine, theirs))))
    mine = seen["ours"]
    noted = {"delivery": median(mine, "each"), "fan": median(mine, "fan"), "followers": count}
    noted["follower_kb"] = idle["ours"].memory
    last = figure([one.last for one in mine], "ms")
    rows.append(Row("the same, from the moderator's request to the last follower", last, noted=noted))
    others = [name for name in seen if name != "ours"]
    memory = ", ".join(f"{name} {idle[name].memory:.1f} KB" for name in others)
    spent = ", ".join(f"{name} {idle[name].cpu * 1000:.1f} ms" for name in others)
    quiet = f"CPU of a second in which {count:,} follow and nothing happens"
    return [
        *rows,
        Row("memory for an idle follower", f"{idle['ours'].memory:.1f} KB", memory),
        Row(quiet, f"{idle['ours'].cpu * 1000:.1f} ms", spent),
    ]


def back(place: Place, stream: Stream, count: int) -> Row:
    """Everybody comes back at once and is told what they missed."""
    version = json.loads(place.server.get(f"/api/v1/sessions/{place.sessions['page']}/live/").body)["version"]
    again = request(
        f"/api/v1/sessions/{place.sessions['page']}/stream",
        Accept="text/event-stream",
        Last_Event_ID=str(version - 1),
    )
    replayed = stream._replace(follow=again)
    size, took = greeting(replayed), []
    for _ in range(3):
        followers = Followers(stream.port, again, count, hello=size - 8)
        took.append(followers.took)
        followers.close()
        time.sleep(0.5)
    what, noted = (
        f"{count:,} followers come back and read what they missed",
        {"back": statistics.median(took)},
    )
    return Row(what, figure(took, "s", 1), "goal: 5 s", noted=noted)
