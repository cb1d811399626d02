"""A PostgreSQL and a Redis made for one run and gone after it, on free ports of this machine.

As a command it runs another one beside them: `python -m tests.services python -m pytest`.
"""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

# PostgreSQL's own directories on Debian, beside PATH.
PLACES = [str(path) for path in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
# As docs/running.md asks of a real one: its log never holds a statement. Not durable: it lives minutes.
POSTGRES = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "track_activities": "off",
}


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


@contextmanager
def postgresql() -> Iterator[str]:
    """The address of an empty PostgreSQL."""
    initdb, postgres, port, user = found("initdb"), found("postgres"), free_port(), unprivileged()
    with tempfile.TemporaryDirectory(prefix="equalterms-postgres-") as top:
        if user:
            shutil.chown(top, **user)
        making = [initdb, "--pgdata", f"{top}/data", "--username", "equalterms", "--auth", "trust"]
        making += ["--encoding", "UTF8", "--no-sync"]
        subprocess.run(making, check=True, cwd=top, stdout=subprocess.DEVNULL, **user)
        options = [word for name, value in POSTGRES.items() for word in ("-c", f"{name}={value}")]
        command = [postgres, "-D", f"{top}/data", "-p", str(port), "-k", top, *options]
        with Path(top, "log").open("wb") as log:
            process = subprocess.Popen(command, cwd=top, stdout=log, stderr=log, **user)
        with ended(process):
            wait_for(port)
            yield f"postgres://equalterms@127.0.0.1:{port}/postgres"


@contextmanager
def redis() -> Iterator[str]:
    """The address of an empty Redis that keeps nothing on disk."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="equalterms-redis-") as top:
        command = [found("redis-server"), "--port", str(port), "--bind", "127.0.0.1", "--dir", top]
        process = subprocess.Popen([*command, "--save", "", "--appendonly", "no"], stdout=subprocess.DEVNULL)
        with ended(process):
            wait_for(port)
            yield f"redis://127.0.0.1:{port}/0"


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
