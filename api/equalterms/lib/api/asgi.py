"""The words of ASGI, two more that our own server has, and the answers that are made outside Django."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, NamedTuple

from equalterms.lib import problems

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]
# What our own server puts into a scope's extensions: hands the connection of that request over, with the
# lines of the answer's head. From then on the heir writes chunks, and hears when the client is gone.
TAKE_OVER = "equalterms.take-over"
TakeOver = Callable[[Scope, asyncio.Protocol, bytes], asyncio.Transport | None]
LAST_CHUNK = b"0\r\n\r\n"


class Whole(NamedTuple):
    """An answer in one piece. `lines` are its headers as they are sent, without those of every answer."""

    status: int
    lines: bytes
    body: bytes

    def messages(self) -> "tuple[Message, Message]":
        """The same in the words of ASGI."""
        headers = [
            (name, value) for name, _, value in (line.partition(b": ") for line in self.lines.split(b"\r\n"))
        ]
        return start(self.status, headers[:-1]), body(self.body)


def lines_of(headers: Headers) -> bytes:
    return b"".join(b"%s: %s\r\n" % header for header in headers)


def chunk(part: bytes) -> bytes:
    """A part of a body whose length is not known beforehand (RFC 9112, 7.1)."""
    return b"%x\r\n%s\r\n" % (len(part), part)


def start(status: int, headers: Headers) -> Message:
    return {"type": "http.response.start", "status": status, "headers": headers}


def body(part: bytes, *, more: bool = False) -> Message:
    return {"type": "http.response.body", "body": part, "more_body": more}


def problem(
    status: int, code: str = "", detail: str = "", *, headers: Headers, retry_after: int | None = None
) -> tuple[Message, Message]:
    """A problem+json answer: the same body as Django's for the same status, never stored by a cache."""
    content = problems.problem_bytes(status, code, detail)
    own = [
        (b"content-type", problems.MEDIA_TYPE.encode()),
        (b"content-length", b"%d" % len(content)),
        (b"cache-control", b"no-store"),
    ]
    if retry_after is not None:
        own.append((b"retry-after", b"%d" % retry_after))
    return start(status, own + headers), body(content)
