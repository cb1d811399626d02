"""The write lane: "me too", when everybody presses it at once.

What has come meanwhile is stored together, in one transaction, and acknowledged after its commit. This lane
only ever says yes, in the words in which the view said it last. Whatever is not plain (nothing shown, a tag
that has voted, a proof that is spent, a day that is over, a database that fails) is left as it was and is the
view's, which says why.
"""

import asyncio
import json
import logging
import re
from typing import Any
from uuid import UUID

from equalterms.lib.api import asgi
from equalterms.lib.api.asgi import Headers, Message
from equalterms.lib.api.fields import read_tag
from equalterms.lib.api.paths import Ref, Tag
from equalterms.lib.refusal import Refusal
from equalterms.live.watch.readings import Reader
from equalterms.questions.actions import Ballot, cast

logger = logging.getLogger("equalterms.votes")
PATH = re.compile(
    rf"/api/v1/sessions/({Ref.regex})/questions/([0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}})/votes/({Tag.regex})/"
)
# How many are stored together, and how many may wait for that.
TOGETHER = 64
MOST = 2000
# The bytes of the longest body that a phone sends for a vote, twice over.
LONGEST = 8192
# What of a request decides over the headers of its answer.
DECIDING = ("HTTP_ACCEPT", "HTTP_ORIGIN", "HTTP_HOST", "HTTP_X_FORWARDED_PROTO", "wsgi.url_scheme")
NOT_PLAIN = ("QUERY_STRING", "HTTP_AUTHORIZATION", "HTTP_COOKIE")
Manner = tuple[Any, ...]


class VoteLane:
    """Belongs to one event loop."""

    def __init__(self) -> None:
        self.stored = self.transactions = 0
        self._manners: dict[Manner, Headers] = {}
        self._waiting: list[tuple[Ballot, asyncio.Future[bool]]] = []
        self._storing: asyncio.Task[None] | None = None
        self._writer = Reader("votes")

    async def stop(self) -> None:
        await self._writer.stop()

    async def answer(self, environ: dict[str, Any], content: bytes) -> tuple[Message, Message] | None:
        """The answer to a vote that is counted now; None for everything that is Django's."""
        headers = self._manners.get(manner_of(environ))
        ballot = ballot_of(environ, content) if headers else None
        if headers is None or ballot is None or len(self._waiting) >= MOST:
            return None
        done = asyncio.get_running_loop().create_future()
        self._waiting.append((ballot, done))
        if self._storing is None:
            self._storing = asyncio.create_task(self._store())
        if not await done:
            return None
        body = b'{"id":"%s","counted":true}' % str(ballot.question).encode()
        return asgi.start(201, [*headers, (b"content-length", b"%d" % len(body))]), asgi.body(body)

    def learn(self, environ: dict[str, Any], status: int, headers: Headers) -> None:
        """How the view acknowledges a vote that is asked for in this manner."""
        if status == 201 and environ["REQUEST_METHOD"] == "PUT" and PATH.fullmatch(environ["PATH_INFO"]):
            if len(self._manners) >= 64:
                self._manners.clear()
            self._manners[manner_of(environ)] = [one for one in headers if one[0] != b"content-length"]

    async def _store(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[:TOGETHER], self._waiting[TOGETHER:]
                try:
                    counted = await self._writer.ask(cast, [ballot for ballot, _ in batch])
                except Exception:
                    logger.warning("votes could not be stored together", exc_info=True)
                    counted = set()
                self.transactions += 1
                self.stored += len(counted)
                for ballot, done in batch:
                    if not done.done():  # whoever waited has hung up
                        done.set_result(ballot in counted)
                    counted.discard(ballot)  # the same once more is the view's
        finally:
            self._storing = None


def manner_of(environ: dict[str, Any]) -> Manner:
    return tuple(environ.get(name) for name in DECIDING)


def ballot_of(environ: dict[str, Any], content: bytes) -> Ballot | None:
    """What is voted for, if the request is a plain vote with a proof and nothing else."""
    found = PATH.fullmatch(environ["PATH_INFO"]) if environ["REQUEST_METHOD"] == "PUT" else None
    if (
        found is None
        or len(content) > LONGEST
        or environ.get("CONTENT_TYPE") != "application/json"
        or any(map(environ.get, NOT_PLAIN))
    ):
        return None
    try:
        payload = payload_of(json.loads(content))
        read_tag(found[3])
    except (ValueError, RecursionError, Refusal):
        return None
    if payload is None:
        return None
    return Ballot(found[1].lower(), UUID(found[2]), found[3], payload, environ["REMOTE_ADDR"])


def payload_of(said: object) -> str | None:
    """The proof's payload; "" for none, and None for a body that is more than a plain vote."""
    match said:
        case {"proof": {"type": "pow", "payload": str(payload), **further}, **more} if not (further or more):
            return payload
        case {"proof": {"type": "none", **further}, **more} if not (further or more):
            return ""
    return None
