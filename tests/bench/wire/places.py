"""The server that is measured: the product in a home of its own, with what `tests.bench.days` made there."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from tests.architecture.tree import ROOT
from tests.bench.wire.processes import PINNED
from tests.bench.wire.requests import request
from tests.served import API, Served, environment, served

COMMAND = (*PINNED, sys.executable, "-m", "equalterms")


class Place(NamedTuple):
    """A running server, and the ids of the sessions at its days."""

    server: Served
    sessions: dict[str, str]
    token: str

    @property
    def port(self) -> int:
        return int(self.server.url.rpartition(":")[2])

    @property
    def pid(self) -> int:
        return self.server.process.pid

    @property
    def home(self) -> Path:
        return self.server.home

    def prepared(self, what: str, count: int) -> list[tuple[str, str, dict[str, Any]]]:
        """Method, path and body of so many requests, each with a solved proof."""
        return [tuple(one) for one in made(self.home, what, count)]  # type: ignore[misc]


def made(home: Path, what: str, count: int, **more: str) -> Any:
    command = [sys.executable, "-m", "tests.bench.days", what, str(count)]
    known = environment(home, **more) | {"PYTHONPATH": f"{API}:{ROOT}"}
    done = subprocess.run(command, env=known, cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr.decode())
    return json.loads(done.stdout)


def sent(method: str, path: str, body: dict[str, Any]) -> bytes:
    return request(path, method, json.dumps(body).encode())


@contextmanager
def place(home: Path, *, large: bool = True) -> Iterator[Place]:
    home.mkdir(parents=True, exist_ok=True)
    days = made(home, "made", int(large))
    with served(home, command=COMMAND) as server:
        yield Place(server, days["sessions"], days["token"])
