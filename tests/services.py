"""A PostgreSQL and a Redis made for one run and gone after it, on free ports of this machine.

As a command it runs another one beside them: `python -m tests.services python -m pytest`.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

# PostgreSQL's own directories on Debian, beside PATH.
PLACES = [str(path) for path in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
# As it comes, but for a place among others and durability: it lives minutes.
STOCK = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}
# As docs/running.md asks of a real one: its log never holds a statement.
POSTGRES = STOCK | {
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "track_activities": "off",
    "wal_recycle": "off",
}


class Server(NamedTuple):
    """A server that runs: its address, and the folder that holds all it keeps."""

    url: str
    folder: Path


class Missing(Exception):
    """A server that is not installed; the message says which."""


def found(program: str) -> str:
    path = shutil.which(program, path=os.pathsep.join([os.environ.get("PATH", ""), *PLACES]))
    if path is None:
        raise Missing(f"{program} is not installed")
    return path


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_for(port: int, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise TimeoutError(f"nothing listens on port {port} after {seconds} s")


def unprivileged() -> dict[str, str]:
    """PostgreSQL refuses root, so as root it runs as the user its package made."""
    if os.geteuid() != 0:
        return {}
    try:
        pwd.getpwnam("postgres")
    except KeyError:
        raise Missing("there is no user postgres to run PostgreSQL as") from None
    return {"user": "postgres", "group": "postgres"}


@contextmanager
def ended(process: "subprocess.Popen[bytes]") -> Iterator[None]:
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


class Cluster:
    """A PostgreSQL that can be stopped in any way, and started again on the same data and port."""

    def __init__(self, top: Path, options: Mapping[str, str], *, sync: bool = False) -> None:
        self.top, self.port, self.user = top, free_port(), unprivileged()
        self.url = f"postgres://equalterms@127.0.0.1:{self.port}/postgres"
        self.postgres, initdb = found("postgres"), found("initdb")
        if self.user:
            shutil.chown(top, **self.user)
        making = [initdb, "--pgdata", f"{top}/data", "--username", "equalterms", "--auth", "trust"]
        making += ["--encoding", "UTF8", "--wal-segsize", "1", *([] if sync else ["--no-sync"])]
        subprocess.run(making, check=True, cwd=top, stdout=subprocess.DEVNULL, **self.user)
        self.words = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]

    def start(self) -> None:
        """Again and again, while processes of one that was killed are still about to end."""
        command = [self.postgres, "-D", f"{self.top}/data", "-p", str(self.port), "-k", str(self.top)]
        end = time.monotonic() + 60
        while time.monotonic() < end:
            with Path(self.top, "log").open("ab") as log:
                self.process = subprocess.Popen(
                    [*command, *self.words], cwd=self.top, stdout=log, stderr=log, **self.user
                )
            while self.process.poll() is None:
                with suppress(OSError, TimeoutError):
                    wait_for(self.port, 0.5)
                    return
            time.sleep(0.2)
        raise TimeoutError("PostgreSQL did not start again")

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        self.process.send_signal(how)
        self.process.wait(30)

    def tell_all(self, what: signal.Signals) -> None:
        """Every process of it, and no other."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        for process in (self.process.pid, *map(int, children.split())):
            with suppress(ProcessLookupError):
                os.kill(process, what)


@contextmanager
def cluster(options: Mapping[str, str] = POSTGRES, *, sync: bool = False) -> Iterator[Cluster]:
    with tempfile.TemporaryDirectory(prefix="equalterms-postgres-") as top:
        made = Cluster(Path(top), options, sync=sync)
        made.start()
        try:
            yield made
        finally:
            if made.process.poll() is None:
                made.stop()


@contextmanager
def postgresql_in_full(options: Mapping[str, str] = POSTGRES) -> Iterator[Server]:
    """An empty PostgreSQL with everything it keeps: its data in `data`, its log in `log`."""
    with cluster(options) as made:
        yield Server(made.url, made.top)


@contextmanager
def durable_postgresql() -> Iterator[Cluster]:
    """One that keeps what it acknowledged, whatever happens to it."""
    careful = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
    with cluster(POSTGRES | careful, sync=True) as made:
        yield made


@contextmanager
def postgresql() -> Iterator[str]:
    """The address of an empty PostgreSQL."""
    with postgresql_in_full() as server:
        yield server.url


@contextmanager
def redis_in_full() -> Iterator[Server]:
    """An empty Redis that keeps nothing on disk, with the folder that shows it."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="equalterms-redis-") as top:
        command = [found("redis-server"), "--port", str(port), "--bind", "127.0.0.1", "--dir", top]
        process = subprocess.Popen([*command, "--save", "", "--appendonly", "no"], stdout=subprocess.DEVNULL)
        with ended(process):
            wait_for(port)
            yield Server(f"redis://127.0.0.1:{port}/0", Path(top))


@contextmanager
def redis() -> Iterator[str]:
    """The address of an empty Redis that keeps nothing on disk."""
    with redis_in_full() as server:
        yield server.url


def main(command: Sequence[str]) -> int:
    """Runs `command` with TEST_DATABASE_URL and TEST_REDIS_URL naming servers made for it."""
    try:
        with postgresql() as database, redis() as bell:
            servers = {"TEST_DATABASE_URL": database, "TEST_REDIS_URL": bell}
            return subprocess.run(command, env={**os.environ, **servers}, check=False).returncode
    except Missing as missing:
        print(f"The tests on PostgreSQL and Redis cannot run: {missing}.", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
