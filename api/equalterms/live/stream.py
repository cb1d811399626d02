"""`GET …/stream`: server-sent events. Who may follow is decided here; then the hub keeps the connection."""

import logging
from contextlib import suppress
from urllib.parse import parse_qs

from django.db import Error

from equalterms.lib.api import asgi
from equalterms.lib.api.asgi import TAKE_OVER, Headers, Receive, Scope, Send, lines_of
from equalterms.live.hub import Gone, Hub
from equalterms.live.snapshots import Place

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
        self.lines = lines_of(HEADERS + public)

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
                await self._follow(place, scope, send)
        except Gone:
            await self._refuse(404, send)
        except Error:
            logger.warning("a follower could not be let in: the database does not answer", exc_info=True)
            await self._refuse(503, send, retry_after=2)

    async def _follow(self, place: Place, scope: Scope, send: Send) -> None:
        take_over = scope["extensions"][TAKE_OVER]
        if not await self.hub.join(place, cursor_of(scope), lambda heir: take_over(scope, heir, self.lines)):
            await self._refuse(503, send, retry_after=2)

    async def _refuse(self, status: int, send: Send, *, retry_after: int | None = None) -> None:
        for message in asgi.problem(status, headers=self.public, retry_after=retry_after):
            await send(message)


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
