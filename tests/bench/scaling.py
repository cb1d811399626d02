"""Two servers instead of one, on PostgreSQL and Redis, behind nginx with the containers' own file.

All servers share the core of the others: what is compared is CPU, not speed. Where two processes need what
one needs, a second core doubles what can be done.
"""

import json
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from tests.bench.following import TEXT, published
from tests.bench.following import Stream as Followed
from tests.bench.table import Row, figure, middle, ratios, rounds
from tests.bench.wire.followers import Followers
from tests.bench.wire.load import send_all
from tests.bench.wire.places import COMMAND, made, sent
from tests.bench.wire.processes import PINNED, cpu_of
from tests.bench.wire.requests import answer, connect, cost, request
from tests.proxied import Proxy, proxied
from tests.served import Served, served
from tests.services import Missing, durable_postgresql, redis

LINES = 64
WHAT = {1: "one process", 2: "two processes"}


class Shared(NamedTuple):
    """Microseconds of CPU of one piece of work: the processes of the app together, and nginx."""

    app: float
    nginx: float


class Front(NamedTuple):
    """nginx, and the servers that it asks."""

    proxy: Proxy
    servers: Sequence[Served]

    def used(self) -> tuple[float, float]:
        return sum(cpu_of(server.process.pid) for server in self.servers), cpu_of(self.proxy.pid)

    def charged(self, work: Callable[[], int]) -> Shared:
        """What each had to do for `work`, which gives how many pieces it was."""
        app, nginx = self.used()
        count = work()
        app_after, nginx_after = self.used()
        return Shared((app_after - app) * 1e6 / count, (nginx_after - nginx) * 1e6 / count)


def read(front: Front, page: bytes, count: int) -> Shared:
    def work() -> int:
        cost(front.proxy.port, front.proxy.pid, [page] * count)
        return count

    return front.charged(work)


def write(front: Front, requests: list[bytes]) -> Shared:
    def work() -> int:
        came = send_all(front.proxy.port, requests, LINES)
        if came.statuses[201] != len(requests):
            raise SystemExit(
                f"of {len(requests)} only {came.statuses[201]} were taken: {dict(came.statuses)}"
            )
        return len(requests)

    return front.charged(work)


def follow(front: Front, stream: Followed, count: int) -> Shared:
    """One change to followers spread over all the servers, some seconds after they came."""
    line = connect(stream.port)
    line.sendall(stream.follow)
    line.recv(65_536)
    line.close()
    followers = Followers(front.proxy.port, stream.follow, count)

    def work() -> int:
        for _ in range(3):
            published(stream, followers)
        return 3 * count

    shared = front.charged(work)
    followers.close()
    return shared


def direct(server: Served, page: bytes, count: int) -> Shared:
    port, pid = int(server.url.rpartition(":")[2]), server.process.pid
    return Shared(cost(port, pid, [page] * count).cpu, 0)


def measured(folder: Path, share: float) -> list[Row]:
    try:
        with ExitStack() as stack:
            stores = {
                "DATABASE_URL": stack.enter_context(durable_postgresql()).url,
                "REDIS_URL": stack.enter_context(redis()),
            }
            return _measured(stack, folder / "home", share, stores)
    except Missing as missing:
        return [Row("several processes behind nginx", "", str(missing))]


def _measured(stack: ExitStack, home: Path, share: float, stores: dict[str, str]) -> list[Row]:
    home.mkdir(parents=True)
    days = made(home, "made", 0, **stores)
    servers = [stack.enter_context(served(home, command=COMMAND, **stores)) for _ in WHAT]
    ports = [int(server.url.rpartition(":")[2]) for server in servers]
    fronts = {
        count: Front(stack.enter_context(proxied(*ports[:count], command=PINNED)), servers) for count in WHAT
    }
    session = days["sessions"]["page"]
    page = request(f"/api/v1/sessions/{session}/live/")
    many, few, crowd = max(400, int(20_000 * share)), max(64, int(600 * share)), max(200, int(4000 * share))
    asked = [sent(*one) for one in made(home, "asks", few * 6 + 8, **stores)]
    for port in ports:  # each process learns how its view says yes
        for one in asked[:2]:
            line = connect(port)
            line.sendall(one)
            answer(line)
            line.close()
    queue = iter(asked[8:])
    said = request(
        f"/api/v1/desk/sessions/{session}/comments/",
        "POST",
        json.dumps({"text": TEXT, "parent": None}).encode(),
        Authorization=f"Bearer {days['token']}",
    )
    stream = Followed(
        ports[0],
        servers[0].process.pid,
        request(f"/api/v1/sessions/{session}/stream", Accept="text/event-stream"),
        said,
    )
    works: dict[str, Callable[[], Shared]] = {"direct": lambda: direct(servers[0], page, many)}
    for count, front in fronts.items():
        works |= {
            f"read {count}": lambda front=front: read(front, page, many),
            f"write {count}": lambda front=front: write(front, [next(queue) for _ in range(few)]),
            f"follow {count}": lambda front=front: follow(front, stream, crowd),
        }
    return rows_of(rounds(works), crowd)


def rows_of(seen: dict[str, list[Shared]], crowd: int) -> list[Row]:
    def app(name: str) -> list[float]:
        return [one.app for one in seen[name]]

    def nginx(name: str) -> list[float]:
        return [one.nginx for one in seen[name]]

    rows = [
        Row(
            "full page through nginx, which keeps it for a second: the app",
            figure(app("read 1"), "µs", 2),
            f"straight from the app: {figure(app('direct'), 'µs')}",
            str(ratios(app("read 1"), app("direct"))),
        ),
        Row("the same: nginx", figure(nginx("read 1"), "µs", 1)),
    ]
    for name, what, unit, scale, digits in (
        ("write", f"accepted question through nginx, {LINES} phones at once", "ms", 1000, 2),
        ("follow", f"one change to {crowd:,} followers through nginx, each", "µs", 1, 1),
    ):
        one, two = ([value / scale for value in app(f"{name} {count}")] for count in WHAT)
        rows.append(
            Row(
                f"{what}: {WHAT[2]}",
                figure(two, unit, digits),
                f"{WHAT[1]}: {figure(one, unit, digits)}",
                str(ratios(two, one)),
            )
        )
        took = middle(nginx(f"{name} 2")) / scale
        rows.append(Row("the same: nginx", f"{took:,.{digits}f} {unit}"))
    return rows
