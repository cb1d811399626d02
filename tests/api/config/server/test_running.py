"""The server as a process: its port, its connections, its end."""

import asyncio
import errno
import os
import signal
import socket
import ssl
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from tests.makers import a_session
from tests.serving import PATIENCE, Site, here, serving

from equalterms.config import server
from equalterms.lib import problems
from equalterms.lib.api.asgi import Receive, Scope, Send, body, start

START = """
import os, sys, django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = os.environ["TEST_NAME"]
django.setup()
from equalterms.config.server import serve
sys.exit(serve("127.0.0.1", int(sys.argv[1]), *sys.argv[2:]))
"""


async def plain(scope: Scope, receive: Receive, send: Send) -> None:
    await send(start(200, [(b"content-length", b"2")]))
    await send(body(b"ok"))


@contextmanager
def process(port: int, *arguments: str) -> "Iterator[subprocess.Popen[str]]":
    command = [sys.executable, "-c", START, str(port), *arguments]
    env = {**here(), "PYTHONPATH": os.pathsep.join(["api", "."])}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=env, stdout=pipe, stderr=pipe, text=True) as running:
        try:
            yield running
        finally:
            running.kill()


def address(running: "subprocess.Popen[str]") -> str:
    """The address it prints."""
    assert running.stdout is not None
    return running.stdout.readline().split()[-1]


@pytest.mark.django_db(transaction=True)
def test_it_prints_its_address_serves_and_stops_with_success() -> None:
    with process(0) as running:
        where = address(running)
        with urllib.request.urlopen(f"{where}/livez", timeout=PATIENCE) as answer:
            status = answer.status
        running.send_signal(signal.SIGTERM)
        ended = running.wait(PATIENCE)

    assert where.startswith("http://127.0.0.1:")
    assert (status, ended) == (200, 0)


@pytest.mark.django_db(transaction=True)
def test_at_a_signal_streams_end_at_once_with_a_time_to_return() -> None:
    session = a_session()
    with process(0) as running:
        site = Site(int(address(running).rpartition(":")[2]))
        with site.follow(f"/api/v1/sessions/{session.pk}/stream") as follower:
            follower.next()
            running.send_signal(signal.SIGTERM)
            last = follower.lines()
            rest = follower.lines()
        ended = running.wait(PATIENCE)

    assert last[0].startswith(b"retry: ")
    assert (rest, ended) == ([], 0)


@pytest.mark.django_db(transaction=True)
def test_a_taken_port_is_one_clear_sentence() -> None:
    with closing(server.listen("127.0.0.1", 0)) as taken, process(taken.getsockname()[1]) as running:
        _, said = running.communicate(timeout=PATIENCE)
        port = taken.getsockname()[1]

    assert said == f"Port {port} is taken. Stop what uses it, or choose another: PORT={port + 1}\n"
    assert running.returncode == 1


@pytest.mark.django_db(transaction=True)
def test_a_certificate_that_cannot_be_read_is_one_clear_sentence(tmp_path: Path) -> None:
    with process(0, str(tmp_path / "no.crt"), str(tmp_path / "no.key")) as running:
        said, complained = running.communicate(timeout=PATIENCE)

    assert said == ""
    assert complained == "The certificate or its key cannot be used: No such file or directory.\n"


def test_it_serves_tls(tmp_path: Path) -> None:
    cert, key = tmp_path / "day.crt", tmp_path / "day.key"
    making = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"]
    making += ["-keyout", str(key), "-out", str(cert), "-subj", "/CN=localhost"]
    subprocess.run(making, check=True, capture_output=True)

    with serving(plain, lifespan="off", tls=(str(cert), str(key))) as site:
        trusting = ssl.create_default_context(cafile=str(cert))
        with trusting.wrap_socket(site.line(), server_hostname="localhost") as line:
            line.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            answer = b"".join(iter(lambda: line.recv(4096), b""))

    assert answer.endswith(b"\r\n\r\nok")


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
    monkeypatch.setattr(server, "HEADERS_SECONDS", 0.3)
    with serving(plain, lifespan="off") as site, site.line() as line:
        line.sendall(sent)
        assert line.recv(100) == b""


def test_headers_that_trickle_in_do_not_hold_a_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "HEADERS_SECONDS", 0.5)
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
    monkeypatch.setattr(server, "HEADERS_SECONDS", 0.1)

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


def test_a_connection_can_be_closed_at_once_by_the_application() -> None:
    async def aborting(scope: Scope, receive: Receive, send: Send) -> None:
        await send(start(200, []))
        scope["extensions"]["equalterms.abort"]()
        await receive()

    with serving(aborting, lifespan="off") as site, site.line() as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: here\r\n\r\n")
        while line.recv(4096):
            pass


@pytest.mark.parametrize(
    ("host", "tls", "shown"),
    [
        ("127.0.0.1", False, "http://127.0.0.1:80"),
        ("0.0.0.0", True, "https://127.0.0.1:80"),
        ("::", False, "http://[::1]:80"),
        ("2001:db8::7", False, "http://[2001:db8::7]:80"),
        ("day.example", False, "http://day.example:80"),
    ],
)
def test_the_address_shown_can_be_typed_into_a_browser(host: str, tls: bool, shown: str) -> None:
    assert server.address_of(host, 80, tls=tls) == shown


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.EACCES, "Port 80 may not be used by this account. Choose one above 1023: PORT=8000"),
        (errno.EADDRNOTAVAIL, "This machine cannot listen on h, port 80: Cannot assign requested address."),
    ],
)
def test_each_reason_not_to_listen_has_its_sentence(number: int, sentence: str) -> None:
    assert server.why_not(OSError(number, os.strerror(number)), "h", 80) == sentence


def test_a_second_interrupt_ends_at_once_but_a_second_polite_signal_does_not() -> None:
    stopping: Any = server.Server(uvicorn.Config(plain, log_config=None), lambda: None)
    forced = []
    for number in (signal.SIGTERM, signal.SIGTERM, signal.SIGINT):
        stopping.handle_exit(number, None)
        forced.append(stopping.force_exit)

    assert forced == [False, False, True]
    assert stopping.should_exit is True


def test_a_socket_waits_for_the_server_to_be_ready() -> None:
    with closing(server.listen("127.0.0.1", 0)) as listener:
        where = listener.getsockname()
        socket.create_connection(where, timeout=PATIENCE).close()
