"""The write lane: questions and votes, when everybody sends at once.

What has come meanwhile is stored in one transaction and acknowledged after its commit. This lane only ever
says yes, in the manner in which the view said it last. Whatever is not plain (nothing there, an id or a tag
that is known, a proof that is spent, a day that is over, a database that fails) is left as it was and is the
view's, which says why.
"""

import asyncio
import logging
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, NamedTuple
from uuid import UUID

from rest_framework.renderers import JSONRenderer

from equalterms.lib.api import asgi
from equalterms.lib.api.asgi import Headers, Message
from equalterms.lib.api.paths import Ref, Tag
from equalterms.live.watch.readings import Reader
from equalterms.questions.views import together
from equalterms.questions.views.together import Body, Sent

logger = logging.getLogger("equalterms.together")
QUESTION = rf"/api/v1/sessions/({Ref.regex})/questions/([0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}})/"
Store = Callable[[Sequence[Sent]], Sequence[Body | None]]
Manner = tuple[Any, ...]
ROUTES: list[tuple[re.Pattern[str], Store]] = [
    (re.compile(QUESTION + "()"), together.asks),
    (re.compile(rf"{QUESTION}votes/({Tag.regex})/"), together.votes),
]
# How many are stored together, and how many may be here for that.
TOGETHER = 64
MOST = 1000
# The longest body that is plain: more than any phone sends.
LONGEST = 16 * 1024
# What of a request decides over the headers of its answer, and what it may not bring.
DECIDING = ("HTTP_ACCEPT", "HTTP_ORIGIN", "HTTP_HOST", "HTTP_X_FORWARDED_PROTO", "wsgi.url_scheme")
NOT_PLAIN = ("QUERY_STRING", "HTTP_AUTHORIZATION", "HTTP_COOKIE")
# Of so many manners of asking the lane knows how they are answered.
MANNERS = 64
# How long what comes in a manner that is new waits for what the view says to the first of it.
LEARNING = 1.0


class Waiting(NamedTuple):
    store: Store
    sent: Sent
    done: asyncio.Future[Body | None]


class Together:
    """Belongs to one event loop. Counts what it `stored`, and in how many `transactions`."""

    def __init__(self) -> None:
        self.stored = self.transactions = self._here = 0
        self._manners: dict[Manner, Headers] = {}
        self._learning: dict[Manner, asyncio.Event] = {}
        self._waiting: list[Waiting] = []
        self._storing: asyncio.Task[None] | None = None
        self._ready: asyncio.Task[None] | None = None
        self._writer = Reader("together")

    def start(self) -> None:
        """What the first to come would wait for begins now; nothing waits for its end."""
        self._ready = asyncio.create_task(self._get_ready())

    async def stop(self) -> None:
        if self._ready is not None:
            self._ready.cancel()  # else it might open what is closed next
        await self._writer.stop()

    async def _get_ready(self) -> None:
        try:
            await self._writer.ask(together.get_ready)
        except Exception:
            logger.warning("the first who come will wait for the database", exc_info=True)

    async def answer(self, environ: dict[str, Any], content: bytes) -> tuple[Message, Message] | None:
        """The answer to what is stored now; None for everything that is Django's."""
        store, found = route_of(environ)
        if store is None or found is None or not is_plain(environ, content) or self._here >= MOST:
            return None
        self._here += 1
        try:
            headers = await self._said_to(manner_of(store, environ))
            if headers is None:
                return None
            sent = Sent(found[1].lower(), UUID(found[2]), found[3], content, environ["REMOTE_ADDR"])
            said = await self._taken(store, sent)
        finally:
            self._here -= 1
        if said is None:
            return None
        body: bytes = JSONRenderer().render(said)
        return asgi.start(201, [*headers, (b"content-length", b"%d" % len(body))]), asgi.body(body)

    def learn(self, environ: dict[str, Any], status: int, headers: Headers) -> None:
        """How the view acknowledges what is sent in this manner."""
        store, found = route_of(environ)
        if store is None or found is None:
            return
        manner = manner_of(store, environ)
        if status == 201:
            if len(self._manners) >= MANNERS:
                self._manners.clear()
            self._manners[manner] = [one for one in headers if one[0] != b"content-length"]
        self._learnt(manner)

    async def _said_to(self, manner: Manner) -> Headers | None:
        """The headers of a yes. The first of a manner is the view's, and those that come meanwhile wait for
        what is learnt of it: else a crowd that comes at once would all be the view's."""
        learning = self._learning.get(manner)
        if manner not in self._manners and learning is not None:
            with suppress(TimeoutError):
                async with asyncio.timeout(LEARNING):
                    await learning.wait()
            self._learnt(manner)
        elif manner not in self._manners and len(self._learning) < MANNERS:
            self._learning[manner] = asyncio.Event()
        return self._manners.get(manner)

    def _learnt(self, manner: Manner) -> None:
        if learning := self._learning.pop(manner, None):
            learning.set()

    async def _taken(self, store: Store, sent: Sent) -> Body | None:
        waiting = Waiting(store, sent, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        if self._storing is None:
            self._storing = asyncio.create_task(self._store())
        return await waiting.done

    async def _store(self) -> None:
        try:
            while self._waiting:
                store = self._waiting[0].store
                batch = [one for one in self._waiting if one.store is store][:TOGETHER]
                taken = set(map(id, batch))
                self._waiting = [one for one in self._waiting if id(one) not in taken]
                self._tell(batch, await self._stored(store, [one.sent for one in batch]))
        finally:
            self._storing = None

    async def _stored(self, store: Store, sent: Sequence[Sent]) -> Sequence[Body | None]:
        self.transactions += 1
        try:
            return await self._writer.ask(store, sent)
        except Exception:
            logger.warning("what came at once could not be stored together", exc_info=True)
            return [None] * len(sent)

    def _tell(self, batch: Sequence[Waiting], said: Sequence[Body | None]) -> None:
        for one, body in zip(batch, said, strict=True):
            self.stored += body is not None
            if not one.done.done():  # whoever waited has hung up
                one.done.set_result(body)


def route_of(environ: dict[str, Any]) -> tuple[Store | None, re.Match[str] | None]:
    if environ["REQUEST_METHOD"] == "PUT":
        for pattern, store in ROUTES:
            if found := pattern.fullmatch(environ["PATH_INFO"]):
                return store, found
    return None, None


def is_plain(environ: dict[str, Any], content: bytes) -> bool:
    plain = environ.get("CONTENT_TYPE") == "application/json" and not any(map(environ.get, NOT_PLAIN))
    return plain and len(content) <= LONGEST


def manner_of(store: Store, environ: dict[str, Any]) -> Manner:
    return (store, *map(environ.get, DECIDING))
