"""The socket a server listens on, and the sentences around it."""

import errno
import os
import socket
from contextlib import closing

import pytest
from tests.serving import PATIENCE

from equalterms.config import server


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


def test_a_socket_waits_for_the_server_to_be_ready() -> None:
    with closing(server.listen("127.0.0.1", 0)) as listener:
        where = listener.getsockname()
        socket.create_connection(where, timeout=PATIENCE).close()
