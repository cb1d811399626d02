"""`GET …/stream`: server-sent events, straight from ASGI."""

import logging
from contextlib import suppress
from urllib.parse import parse_qs

from django.db import Error

from equalterms.lib.api import asgi
from equalterms.lib.api.asgi import Headers, Receive, Scope, Send
from equalterms.live.hub import Gone, Hub
from equalterms.live.snapshots import Place

# What a server of ours puts into a scope's extensions: closes the connection without waiting.
ABORT = "equalterms.abort"
UNKNOWN = -1
logger = logging.getLogger("equalterms.live")
HEADERS: Headers = [
    (b"content-type", b"text/event-stream"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


class Stream:
    def __init__(self, hub: Hub, *, public: Headers) -> None:
        self.hub = hub
        self.public = public

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            place = await self.hub.watch.places.at(scope["path"])
            if place is None:
                await self._refuse(404, send)
            elif self.hub.full():
                await self._refuse(503, send, retry_after=5)
            elif scope["method"] == "HEAD":
                await send(asgi.start(200, HEADERS + self.public))
                await send(asgi.body(b""))
            else:
                await self._follow(place, scope, receive, send)
        except Gone:
            await self._refuse(404, send)
        except Error:
            logger.warning("a follower could not be let in: the database does not answer", exc_info=True)
            await self._refuse(503, send, retry_after=2)

    async def _follow(self, place: Place, scope: Scope, receive: Receive, send: Send) -> None:
        abort = scope.get("extensions", {}).get(ABORT, _nothing)
        follower = await self.hub.join(place, cursor_of(scope), send, abort)
        try:
            await send(asgi.start(200, HEADERS + self.public))
            await follower.catch_up()
            while (await receive())["type"] != "http.disconnect":
                pass
        finally:
            self.hub.leave(follower)

    async def _refuse(self, status: int, send: Send, *, retry_after: int | None = None) -> None:
        for message in asgi.problem(status, headers=self.public, retry_after=retry_after):
            await send(message)


def _nothing() -> None:
    """A server that cannot close a connection at once leaves it to time."""


def cursor_of(scope: Scope) -> int | None:
    """Where the client stands: Last-Event-ID, else ?after. None for neither, UNKNOWN for nonsense."""
    said = next((value for name, value in scope["headers"] if name == b"last-event-id"), b"").decode(
        "latin-1"
    )
    if not said:
        with suppress(ValueError):
            said = parse_qs(scope["query_string"].decode("latin-1")).get("after", [""])[0]
    if not said:
        return None
    return int(said) if said.isascii() and said.isdigit() and len(said) <= 18 else UNKNOWN
