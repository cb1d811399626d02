"""The server as a process: its port, its connections, its end."""

import os
import signal
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


def test_a_second_interrupt_ends_at_once_but_a_second_polite_signal_does_not() -> None:
    stopping: Any = server.Server(uvicorn.Config(plain, log_config=None), lambda: None)
    forced = []
    for number in (signal.SIGTERM, signal.SIGTERM, signal.SIGINT):
        stopping.handle_exit(number, None)
        forced.append(stopping.force_exit)

    assert forced == [False, False, True]
    assert stopping.should_exit is True
