"""A day on servers that can be killed: the processes, and what they stand on."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from uuid import UUID

from tests import services
from tests.drills.ledger import READ, Kept, Ledger, Phone
from tests.drills.listening import Follower
from tests.relay import Relayed, relayed
from tests.scripts import ran
from tests.served import Served, environment, wait_until_ready
from tests.services import free_port

SEED = """
from tests.makers import a_day_going_on, a_session_going_on
session = a_session_going_on(a_day_going_on(review="after"))
print(json.dumps({"event": str(session.event_id), "session": str(session.pk)}))
"""
SQLITE, POSTGRESQL = "SQLite", "PostgreSQL and Redis"
PHONES = 4


class Process:
    """A process of the product. `start` is what a supervisor does by itself once one has ended."""

    def __init__(self, home: Path, *words: str, **stores: str) -> None:
        self.home, self.words, self.stores = home, words, stores
        self.server = Served("", home, None)  # type: ignore[arg-type]

    def start(self) -> None:
        with (self.home / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "equalterms", *self.words],
                env=environment(self.home, **self.stores),
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip
        self.server.process = self.process
        if self.server.url:
            wait_until_ready(self.server)

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()

    def memory(self) -> int:
        """What it holds, in MB."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") // 1024**2


class Stage:
    def __init__(self, home: Path, stores: dict[str, str]) -> None:
        self.home, self.stores = home, stores
        self.postgres: services.Cluster | None = None
        self.redis: Relayed | None = None
        self.ledger = Ledger()
        self.phones: list[Phone] = []
        self.processes: list[Process] = []

    def serve(self, **more: str) -> Process:
        port = free_port()
        process = Process(self.home, "serve", "--port", str(port), **self.stores, **more)
        process.server.url = f"http://127.0.0.1:{port}"
        self.processes.append(process)
        process.start()
        return process

    def work(self) -> Process:
        process = Process(self.home, "worker", **self.stores)
        self.processes.append(process)
        process.start()
        return process

    def begin(self) -> None:
        made = ran(self.home, SEED, **self.stores)
        self.event, self.session = UUID(made["event"]), UUID(made["session"])

    def follow(self, process: Process) -> Follower:
        follower = Follower(process.server, str(self.session))
        follower.start()
        return follower

    def load(self, *ports: int) -> None:
        """Phones that send to these ports, from now on."""
        for number in range(PHONES):
            self.phones.append(Phone(self.ledger, ports[number % len(ports)], self.event, self.session))
            self.phones[-1].start()

    def rest(self) -> None:
        for phone in self.phones:
            phone.over.set()
        for phone in self.phones:
            phone.join(30)

    def until_acknowledged(self, more: int, seconds: float = 60) -> None:
        wanted, end = self.ledger.acknowledged() + more, time.monotonic() + seconds
        while self.ledger.acknowledged() < wanted and time.monotonic() < end:
            time.sleep(0.05)

    def kept(self, seconds: float = 30) -> Kept:
        """What is there once the tallies have come to what was counted."""
        end = time.monotonic() + seconds
        while True:
            kept = Kept(**ran(self.home, READ, **self.stores))
            if not kept.off() or time.monotonic() > end:
                return kept


def port_of(process: Process) -> int:
    return int(process.server.url.rsplit(":", 1)[1])


@contextmanager
def staged(home: Path, stores: str) -> Iterator[Stage]:
    home.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        stage = Stage(home, {})
        if stores == POSTGRESQL:
            stage.postgres = stack.enter_context(services.durable_postgresql())
            stage.redis = stack.enter_context(relayed(stack.enter_context(services.redis())))
            stage.stores |= {"DATABASE_URL": stage.postgres.url, "REDIS_URL": stage.redis.url}
        stack.callback(lambda: [process.end() for process in stage.processes])
        stack.callback(stage.rest)
        yield stage
