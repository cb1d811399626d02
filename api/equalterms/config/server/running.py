"""Running the application: uvicorn, told to log nothing about anybody and to end its streams in time."""

import asyncio
import errno
import gc
import resource
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from equalterms.lib import problems
from equalterms.live.stream import ABORT

BACKLOG = 4096
HEADERS_SECONDS = 10
UNACKNOWLEDGED_MS = 40_000


class Protocol(HttpToolsProtocol):
    """uvicorn's, and: lets the application close a connection at once, gives up on clients that never
    finish their headers or no longer acknowledge what is sent, and refuses nonsense with a problem."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.timeout_keep_alive_task = self.loop.call_later(HEADERS_SECONDS, self.timeout_keep_alive_handler)
        with suppress(OSError, AttributeError):
            sock = transport.get_extra_info("socket")
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNACKNOWLEDGED_MS)

    def data_received(self, data: bytes) -> None:
        """Bytes that complete no headers do not stop the clock."""
        clock = self.timeout_keep_alive_task
        self.timeout_keep_alive_task = None
        before = self.cycle
        super().data_received(data)
        if self.cycle is before and getattr(before, "response_complete", True):
            self.timeout_keep_alive_task = clock
        elif clock is not None:
            clock.cancel()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["extensions"] = {ABORT: self.transport.abort}  # type: ignore[dict-item]

    def send_400_response(self, msg: str) -> None:
        content = problems.problem_bytes(400)
        lines = [
            STATUS_LINE[400],
            b"content-type: " + problems.MEDIA_TYPE.encode() + b"\r\n",
            b"content-length: %d\r\n" % len(content),
            b"cache-control: no-store\r\nconnection: close\r\n\r\n",
            content,
        ]
        self.transport.write(b"".join(lines))
        self.transport.close()


class Server(uvicorn.Server):
    """Calls `at_stop` as soon as it begins to stop: it waits for its connections to close, and streams
    do not end by themselves. Stopping by a signal is success."""

    def __init__(self, config: uvicorn.Config, at_stop: Callable[[], None]) -> None:
        super().__init__(config)
        self.at_stop = at_stop

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self.at_stop()
        await super().shutdown(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self.force_exit = self.should_exit and sig == signal.SIGINT
        self.should_exit = True


def listen(host: str, port: int) -> socket.socket:
    """A socket that takes connections already; they wait until the server is ready. Raises OSError."""
    family, _, _, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind(address)
        sock.listen(BACKLOG)
        sock.set_inheritable(False)
    except OSError:
        sock.close()
        raise
    return sock


def why_not(failed: OSError, host: str, port: int) -> str:
    """One sentence for a person whose server did not start."""
    if failed.errno == errno.EADDRINUSE:
        return f"Port {port} is taken. Stop what uses it, or choose another: PORT={port + 1}"
    if failed.errno == errno.EACCES:
        return f"Port {port} may not be used by this account. Choose one above 1023: PORT=8000"
    return f"This machine cannot listen on {host}, port {port}: {failed.strerror or failed}."


def address_of(host: str, port: int, *, tls: bool) -> str:
    """What to type into a browser on this machine."""
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"{'https' if tls else 'http'}://{name}:{port}"


def settings_of(tls_cert: str | None, tls_key: str | None) -> dict[str, Any]:
    return {
        "loop": "uvloop",
        "http": Protocol,
        "ws": "none",
        "lifespan": "on",
        "log_config": None,
        "access_log": False,
        "server_header": False,
        "proxy_headers": False,
        "backlog": BACKLOG,
        "timeout_keep_alive": 15,
        "timeout_graceful_shutdown": 10,
        "ssl_certfile": tls_cert,
        "ssl_keyfile": tls_key,
    }


def serve(host: str, port: int, tls_cert: str | None = None, tls_key: str | None = None) -> int:
    """Serves until a signal says stop, then 0. Port 0 is any free one. 1 with a sentence when it cannot
    listen, or cannot read the certificate."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    try:
        sock = listen(host, port)
    except OSError as failed:
        print(why_not(failed, host, port), file=sys.stderr)
        return 1
    from equalterms.config.asgi import application  # noqa: PLC0415 - reads the file limit just raised
    from equalterms.lib.rows.files import settle  # noqa: PLC0415 - needs Django, as the application does

    config = uvicorn.Config(application, **settings_of(tls_cert, tls_key))
    try:
        config.load()
    except OSError as failed:
        print(f"The certificate or its key cannot be used: {failed.strerror or failed}.", file=sys.stderr)
        sock.close()
        return 1
    gc.collect()
    gc.freeze()  # what is loaded now stays; looking through it again and again would cost every request
    print(f"Equal Terms is at {address_of(host, sock.getsockname()[1], tls=bool(tls_cert))}", flush=True)
    try:
        Server(config, application.stop_streams).run(sockets=[sock])
    except KeyboardInterrupt:
        return 0
    finally:
        settle()
    return 0
