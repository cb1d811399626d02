"""HTTP on one connection: uvicorn's, with what it cannot know about this application.

It reaches into uvicorn's own fields, so pyproject.toml allows only versions for which
tests/api/config/server/test_protocol.py has been seen to pass.
"""

import asyncio
import socket
from contextlib import suppress
from types import SimpleNamespace
from typing import Any, ClassVar, cast

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from equalterms.lib import problems
from equalterms.lib.api.asgi import TAKE_OVER, Headers, Scope, TakeOver, Whole, lines_of

HEADERS_SECONDS = 10
UNACKNOWLEDGED_MS = 40_000
# In the place of uvicorn's account of a request, for one that was answered the moment it came.
ANSWERED = cast(RequestResponseCycle, SimpleNamespace(response_complete=True, message_event=asyncio.Event()))


def nothing_left(scope: Scope, heir: asyncio.Protocol, lines: bytes) -> asyncio.Transport | None:
    """In the place of a connection that is no more, or is somebody else's."""
    return None


class Protocol(HttpToolsProtocol):
    """uvicorn's, and: answers at once what the application has `ready`; hands a connection over to the
    application for good; gives up on clients that never finish their headers or no longer acknowledge
    what is sent; and refuses nonsense with a problem."""

    # What every answer says, as uvicorn lists it and as bytes. It changes once a second.
    always: ClassVar[tuple[Headers, bytes]] = ([], b"")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ready = getattr(self.app, "ready", None)
        self.extensions: dict[str, TakeOver] = {TAKE_OVER: self.take_over}
        self.quiet_since = float("-inf")

    # Narrower than asyncio says, as uvicorn's own is: a server is only ever given a whole transport.
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.timeout_keep_alive_task = self.loop.call_later(HEADERS_SECONDS, self.timeout_keep_alive_handler)
        with suppress(OSError, AttributeError):
            sock = transport.get_extra_info("socket")
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNACKNOWLEDGED_MS)

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._let_go()

    def data_received(self, data: bytes) -> None:
        """Only a request that is being answered stops the clock; bytes that complete no headers do not."""
        clock = self.timeout_keep_alive_task
        self.timeout_keep_alive_task = None
        super().data_received(data)
        if not self._is_answering():
            self.timeout_keep_alive_task = clock
        elif clock is not None:
            clock.cancel()

    def timeout_keep_alive_handler(self) -> None:
        """The clock is not wound again for each answer that lay ready: it looks when the last one was."""
        rest = self.quiet_since + self.timeout_keep_alive - self.loop.time()
        if rest > 0:
            self.timeout_keep_alive_task = self.loop.call_later(rest, self.timeout_keep_alive_handler)
        else:
            super().timeout_keep_alive_handler()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        # uvicorn's type of a scope knows the extensions of the ASGI specification only.
        self.scope["extensions"] = self.extensions  # type: ignore[typeddict-item]

    def on_headers_complete(self) -> None:
        """What lies ready is answered here and now: no task, no scope, no ASGI message."""
        if self.ready is not None and self._has_nothing_else_to_do():
            method = self.parser.get_method()
            whole = self.ready(method, self.url, self.headers)
            if whole is not None:
                self._say(whole, bodiless=method == b"HEAD")
                return
        super().on_headers_complete()

    def _is_answering(self) -> bool:
        cycle: RequestResponseCycle | None = cast(Any, self.cycle)  # there is none before the first request
        return cycle is not None and not cycle.response_complete

    def _has_nothing_else_to_do(self) -> bool:
        """No earlier answer is under way or still has to leave, and nothing about this one is special."""
        parser = self.parser
        return (
            not self._is_answering()
            and not self.flow.write_paused
            and not self.expect_100_continue
            and parser.should_keep_alive()
            and parser.get_http_version() == "1.1"
            and not parser.should_upgrade()
        )

    def _say(self, whole: Whole, *, bodiless: bool) -> None:
        self.cycle = ANSWERED
        self.transport.write(self._head(whole.status, whole.lines))
        if whole.body and not bodiless:
            self.transport.write(whole.body)
        self.quiet_since = self.loop.time()
        self.server_state.total_requests += 1

    def _head(self, status: int, lines: bytes) -> bytes:
        headers, said = Protocol.always
        if headers is not self.server_state.default_headers:
            headers = self.server_state.default_headers
            said = lines_of(headers)
            Protocol.always = (headers, said)
        return b"".join((STATUS_LINE[status], said, lines, b"\r\n"))

    def take_over(self, scope: Scope, heir: asyncio.Protocol, lines: bytes) -> asyncio.Transport | None:
        """The connection on which this request came, for `heir` to keep: the head of its answer is said, of
        status 200 and with these header lines, and the chunks of its body are the heir's to write. None
        when that cannot be: the client has hung up, or has sent other requests behind this one."""
        cycle: RequestResponseCycle | None = cast(Any, self.cycle)
        if (
            cycle in (None, ANSWERED)
            or cycle.scope is not scope
            or cycle.disconnected
            or self.flow.write_paused
        ):
            return None
        transport = self.transport
        self.flow.resume_reading()
        cycle.response_started = cycle.response_complete = True
        self.connections.discard(self)
        transport.set_protocol(heir)
        # uvicorn declares them as never None, and sets them to it itself.
        self.parser = self.cycle = self.scope = None  # type: ignore[assignment]
        self._let_go()
        transport.write(self._head(200, lines + b"transfer-encoding: chunked\r\n"))
        return transport

    def _let_go(self) -> None:
        """What points back to this object would keep it until the next collection."""
        self.extensions[TAKE_OVER] = nothing_left

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
