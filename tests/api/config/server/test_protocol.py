"""One connection: what lies ready, what is taken over, and what holds no connection for ever.

All of it over real sockets, so that it fails with a uvicorn whose insides are others.
"""

import asyncio
import re
import socket
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from tests.serving import Site, serving

from equalterms.config.server import protocol
from equalterms.lib import problems
from equalterms.lib.api.asgi import TAKE_OVER, Headers, Receive, Scope, Send, Whole, body, chunk, start

KIB = 1024
PAGE = Whole(200, b"content-type: text/plain\r\ncontent-length: 4\r\n", b"here")
SAME = Whole(304, b'etag: "1"\r\n', b"")
LARGE = Whole(200, b"content-length: %d\r\n" % (200 * KIB), b"x" * 200 * KIB)
LINES = b"content-type: text/event-stream\r\n"
DATE = re.compile(rb"date: [^\r]+\r\n")


async def plain(scope: Scope, receive: Receive, send: Send) -> None:
    await send(start(200, [(b"content-length", b"2")]))
    await send(body(b"ok"))


class Shelf:
    """An application some of whose answers lie ready. Asked for the others, or in another manner, it says
    the same in the words of ASGI."""

    def __init__(self) -> None:
        self.pages = {b"/page": PAGE, b"/same": SAME, b"/large": LARGE}
        self.taken = 0
        self.asked: list[str] = []

    def ready(self, method: bytes, target: bytes, headers: Headers) -> Whole | None:
        if method not in {b"GET", b"HEAD"} or target not in self.pages:
            return None
        self.taken += 1
        return self.pages[target]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked.append(scope["path"])
        if scope["path"] == "/slow":
            await asyncio.sleep(0.1)
        whole = self.pages.get(scope["path"].removeprefix("/asked").encode(), PAGE)
        for message in whole.messages():
            await send(message)


class Heir(asyncio.Protocol):
    def __init__(self) -> None:
        self.ended: float | None = None

    def connection_lost(self, exc: Exception | None) -> None:
        self.ended = time.monotonic()


class Taking:
    """An application that takes each connection over, and writes one chunk."""

    def __init__(self) -> None:
        self.heirs: list[Heir] = []
        self.refused = 0
        self.wait = 0.0
        self.before: list[weakref.ref[Any]] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        take_over = scope["extensions"][TAKE_OVER]
        self.before.append(weakref.ref(take_over.__self__))
        heir = Heir()
        await asyncio.sleep(self.wait)
        transport = scope["extensions"][TAKE_OVER](scope, heir, LINES)
        if transport is None:
            self.refused += 1
            await plain(scope, receive, send)
            return
        self.heirs.append(heir)
        transport.write(chunk(b"hello"))


def until(true: Any) -> None:
    """Waits for what another thread is about to do."""
    for _ in range(500):
        if true():
            return
        time.sleep(0.01)
    raise AssertionError("it did not happen")


def request(path: str, method: str = "GET", version: str = "1.1", more: str = "") -> bytes:
    return f"{method} {path} HTTP/{version}\r\nHost: here\r\n{more}\r\n".encode()


def read(line: socket.socket, size: int) -> bytes:
    found = bytearray()
    while len(found) < size and (part := line.recv(65536)):
        found += part
    return bytes(found)


def answer(line: socket.socket, sent: bytes) -> bytes:
    """The answer to one request; the dates are not told."""
    line.sendall(sent)
    return DATE.sub(b"", line.recv(65536))


@contextmanager
def shelf(**others: Any) -> Iterator[tuple[Shelf, Site]]:
    app = Shelf()
    with serving(app, lifespan="off", **others) as site:
        yield app, site


@pytest.mark.parametrize("page", ["/page", "/same"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_lies_ready_is_answered_in_the_same_bytes_without_asking(page: str, method: str) -> None:
    with shelf() as (app, site), site.line() as line:
        ready = [answer(line, request(page, method)) for _ in range(3)]
        asked = answer(line, request("/asked" + page, method))

    assert ready == [asked] * 3
    assert (app.taken, app.asked) == (3, ["/asked" + page])


def test_every_answer_has_the_date() -> None:
    with shelf() as (_, site), site.line() as line:
        line.sendall(request("/page"))
        assert len(DATE.findall(line.recv(65536))) == 1


@pytest.mark.parametrize(
    "special",
    [
        request("/page", version="1.0"),
        request("/page", more="Connection: close\r\n"),
        request("/page", more="Expect: 100-continue\r\n"),
        request("/page", more="Connection: upgrade\r\nUpgrade: h2c\r\n"),
        request("/page", "POST", more="Content-Length: 0\r\n"),
    ],
)
def test_a_request_that_asks_for_more_than_a_page_is_the_servers_own(special: bytes) -> None:
    with shelf() as (app, site), site.line() as line:
        line.sendall(special)
        found = line.recv(65536)

    assert found.startswith(b"HTTP/1.1 200 OK\r\n")
    assert (app.taken, app.asked) == (0, ["/page"])


def test_answers_leave_in_the_order_of_their_requests() -> None:
    with shelf() as (app, site), site.line() as line:
        line.sendall(request("/page") + request("/slow") + request("/same") + request("/page"))
        found = b""
        while found.count(b"HTTP/1.1 ") < 4 or not found.endswith(b"here"):
            found += line.recv(65536)

    assert re.findall(rb"HTTP/1.1 (\d+)", found) == [b"200", b"200", b"304", b"200"]
    assert app.asked == ["/slow", "/same", "/page"]


def test_a_body_that_belongs_to_a_ready_answer_is_not_taken_for_a_request() -> None:
    with shelf() as (app, site), site.line() as line:
        first = answer(line, request("/page", more="Content-Length: 12\r\n") + b"GET /slow HT")
        second = answer(line, request("/page"))

    assert first == second
    assert (app.taken, app.asked) == (2, [])


def test_who_asks_and_does_not_read_fills_no_memory() -> None:
    with shelf() as (app, site), site.line() as line:
        line.sendall(request("/large") * 500)
        time.sleep(0.3)
        prepared = app.taken
        found = read(line, 500 * len(LARGE.body))

    assert prepared * len(LARGE.body) < 32 * KIB * KIB
    assert found.count(b"HTTP/1.1 200") == 500


def test_a_connection_is_kept_while_it_is_used_and_closed_when_it_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(protocol, "HEADERS_SECONDS", 0.5)
    with shelf(timeout_keep_alive=0.5) as (app, site), site.line() as line:
        for _ in range(5):
            assert answer(line, request("/page")).endswith(b"here")
            time.sleep(0.3)
        began = time.monotonic()
        assert line.recv(100) == b""

    assert app.taken == 5
    assert time.monotonic() - began < 5


def test_headers_that_trickle_in_after_a_ready_answer_do_not_hold_a_connection(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(protocol, "HEADERS_SECONDS", 0.5)
    with shelf(timeout_keep_alive=0.4) as (_, site), site.line() as line:
        answer(line, request("/page"))
        line.settimeout(0.05)
        sent = 0
        while sent < 200:
            try:
                line.sendall(b"G" if sent == 0 else b"E")
                sent += 1
                if line.recv(100) == b"":
                    break
            except TimeoutError:
                continue
            except OSError:
                break

    assert sent < 200


def test_a_connection_that_is_taken_over_is_its_heirs_until_the_client_hangs_up() -> None:
    app = Taking()
    with serving(app, lifespan="off") as site:
        with site.line() as line:
            first = answer(line, request("/follow"))
            line.sendall(b"whatever comes now")
            time.sleep(0.05)
            assert app.heirs[0].ended is None
        until(lambda: app.heirs[0].ended)

    head = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
    assert first == head + b"5\r\nhello\r\n"


def test_nothing_is_left_of_the_server_in_a_connection_that_was_taken_over() -> None:
    app = Taking()
    with serving(app, lifespan="off") as site, site.line() as line:
        answer(line, request("/follow"))
        until(lambda: app.before[0]() is None)
        assert app.heirs[0].ended is None


def test_a_large_body_does_not_keep_a_hung_up_client_from_being_noticed() -> None:
    app = Taking()
    app.wait = 0.1
    with serving(app, lifespan="off") as site:
        with site.line() as line:
            size = 300 * KIB
            line.sendall(request("/follow", more=f"Content-Length: {size}\r\n") + b"x" * (size - 1))
            assert b"hello" in line.recv(65536)
        until(lambda: app.heirs[0].ended)


def test_a_connection_with_other_requests_behind_is_not_taken_over() -> None:
    app = Taking()
    app.wait = 0.1
    with serving(app, lifespan="off") as site, site.line() as line:
        line.sendall(request("/follow") + request("/page"))
        until(lambda: app.heirs)
        found = line.recv(65536)

    assert found.startswith(b"HTTP/1.1 200 OK\r\n")
    assert (found.count(b"\r\n\r\nok"), found.count(b"hello")) == (1, 1)
    assert app.refused == 1


def test_a_client_that_has_hung_up_leaves_no_connection() -> None:
    app = Taking()
    app.wait = 0.2
    with serving(app, lifespan="off") as site:
        with site.line() as line:
            line.sendall(request("/follow"))
            until(lambda: app.before)
        until(lambda: app.refused)

    assert app.heirs == []


@pytest.mark.parametrize(
    "nonsense", [b"hello?\r\n\r\n", b"GET /\xff\xfe HTTP/1.1\r\n\r\n", b"\x16\x03\x01\x00"]
)
def test_what_is_not_http_is_a_400_problem(nonsense: bytes) -> None:
    with serving(plain, lifespan="off") as site:
        answer = site.raw(nonsense)

    top, _, content = answer.partition(b"\r\n\r\n")
    assert top.startswith(b"HTTP/1.1 400 ")
    assert b"content-type: application/problem+json" in top
    assert content == problems.problem_bytes(400)


@pytest.mark.parametrize("sent", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: h\r\nX-A: b\r\n"])
def test_headers_that_never_end_do_not_hold_a_connection(
    sent: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protocol, "HEADERS_SECONDS", 0.3)
    with serving(plain, lifespan="off") as site, site.line() as line:
        line.sendall(sent)
        assert line.recv(100) == b""


def test_headers_that_trickle_in_do_not_hold_a_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "HEADERS_SECONDS", 0.5)
    with serving(plain, lifespan="off") as site, site.line() as line:
        line.settimeout(0.05)
        sent = 0
        try:
            while sent < 200:
                line.sendall(b"G" if sent == 0 else b"E")
                sent += 1
                try:
                    if line.recv(100) == b"":
                        break
                except TimeoutError:
                    continue
        except OSError:
            pass

    assert sent < 200


def test_a_slow_answer_is_not_cut_off_by_the_limit_on_headers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "HEADERS_SECONDS", 0.1)

    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.sleep(0.4)
        await plain(scope, receive, send)

    with serving(slow, lifespan="off") as site:
        assert site.call("/").body == b"ok"


def test_a_connection_serves_one_request_after_another() -> None:
    with serving(plain, lifespan="off") as site, site.line() as line:
        for _ in range(3):
            line.sendall(b"GET / HTTP/1.1\r\nHost: here\r\n\r\n")
            assert line.recv(4096).endswith(b"ok")
