"""The server as a process: what it is told, and how it ends."""

import gc
import resource
import signal
import socket
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import uvicorn

from equalterms.config.server.listening import BACKLOG, address_of, listen, why_not
from equalterms.config.server.protocol import Protocol


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
