"""The words of ASGI, and the answers that are made outside Django."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from equalterms.lib import problems

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]


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
