"""Real servers for tests: an ASGI application behind our own uvicorn, in a thread, on a free port."""

import http.client
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any, NamedTuple
from uuid import UUID

import uvicorn
from django.db import connection

from equalterms.config import server
from equalterms.lib.api.asgi import App

PATIENCE = 30


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


class Frame(NamedTuple):
    event: str
    id: int | None
    data: dict[str, Any]
    raw: bytes


class Site:
    """A server that runs, as a client sees it."""

    def __init__(self, port: int) -> None:
        self.port = port

    def call(
        self, path: str, method: str = "GET", body: Any = None, headers: dict[str, str] | None = None
    ) -> Answer:
        """A request on a connection of its own, with no header but those given."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as line:
            line.putrequest(method, path, skip_accept_encoding=True)
            for name, value in (headers or {}).items():
                line.putheader(name, value)
            if isinstance(body, bytes):
                line.putheader("Content-Length", str(len(body)))
            line.endheaders(body, encode_chunked=not isinstance(body, bytes | None))
            answer = line.getresponse()
            return Answer(answer.status, {n.lower(): v for n, v in answer.getheaders()}, answer.read())

    def raw(self, sent: bytes) -> bytes:
        """Whatever comes back until the server hangs up."""
        with self.line() as line:
            line.sendall(sent)
            return b"".join(iter(lambda: line.recv(65536), b""))

    def line(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)

    def follow(self, path: str, last: int | str | None = None) -> "Listener":
        return Listener(self, path, {} if last is None else {"Last-Event-ID": str(last)})


class Listener:
    """A follower of a stream; remembers the last id it saw, as a browser does."""

    def __init__(self, site: Site, path: str, headers: dict[str, str]) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", site.port, timeout=PATIENCE)
        self.line.request("GET", path, headers={"Accept": "text/event-stream", **headers})
        self.answer = self.line.getresponse()
        self.last: int | None = None

    def lines(self) -> list[bytes]:
        """The lines of the next block; none when the stream has ended."""
        found: list[bytes] = []
        while line := self.answer.readline():
            if line == b"\n" and found:
                return found
            found.append(line)
        return found

    def next(self) -> Frame:
        """The next frame, past heartbeats."""
        while block := self.lines():
            fields = dict(line.rstrip(b"\n").split(b": ", 1) for line in block if b": " in line)
            if b"event" in fields:
                self.last = int(fields[b"id"]) if b"id" in fields else None
                content = json.loads(fields[b"data"])
                return Frame(fields[b"event"].decode(), self.last, content, b"".join(block))
        raise EOFError("the stream has ended")

    def close(self) -> None:
        self.answer.close()
        self.line.close()

    def __enter__(self) -> "Listener":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@contextmanager
def serving(
    app: App,
    at_stop: Callable[[], None] = lambda: None,
    lifespan: str = "on",
    tls: tuple[str, str] | tuple[None, None] = (None, None),
    **others: Any,
) -> Iterator[Site]:
    """Serves `app` until the block ends, then stops it as a signal would. `others` are uvicorn's settings."""
    listener = server.listen("127.0.0.1", 0)
    config = uvicorn.Config(app, **server.settings_of(*tls) | {"lifespan": lifespan} | others)
    running = server.Server(config, at_stop)
    thread = threading.Thread(target=running.run, args=([listener],), name="server", daemon=True)
    thread.start()
    try:
        yield Site(listener.getsockname()[1])
    finally:
        running.should_exit = True
        thread.join(PATIENCE)
        assert not thread.is_alive()


def here() -> dict[str, str]:
    """The environment in which another process works on this test's database."""
    name = str(connection.settings_dict["NAME"])
    home = os.environ["EQUALTERMS_HOME"]
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "TEST_HOME": home, "TEST_NAME": name}


def elsewhere(code: str, *arguments: object) -> None:
    """Runs Python code with Django set up on this test's database, in another process."""
    start = (
        "import os, sys, django; from django.conf import settings;"
        "settings.DATABASES['default']['NAME'] = os.environ['TEST_NAME']; django.setup()\n"
    )
    command = [sys.executable, "-c", start + code, *map(str, arguments)]
    paths = os.pathsep.join(["api", "."])
    subprocess.run(command, check=True, env={**here(), "PYTHONPATH": paths}, timeout=PATIENCE)


RECORD = """
from uuid import UUID
from django.db import transaction
from equalterms.journal.actions import Change, record
topic, kind, subject = sys.argv[1:4]
with transaction.atomic():
    record(Change(UUID(topic), kind, UUID(subject)))
"""


def record_elsewhere(topic: UUID, kind: str, subject: UUID) -> None:
    """Another process records a change and ends."""
    elsewhere(RECORD, topic, kind, subject)
