"""The hot lane: public snapshots as bytes in memory, answered before Django is entered.

A copy is what the view would answer, made by the same function. It is served only while its version is
at least the highest heard and the last reading of versions is recent; else it is made anew, once,
however many ask.
"""

import asyncio
import gzip
import re
from collections import OrderedDict
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any
from uuid import UUID

import brotli
from django.db import Error, OperationalError

from equalterms.lib import etags
from equalterms.lib.api import asgi
from equalterms.lib.api.asgi import Headers, Message, Scope, Whole, lines_of
from equalterms.live import snapshots
from equalterms.live.snapshots import Place
from equalterms.live.watch import ADDRESSES, Watch

Answer = tuple[Message, Message]
MOST = 32 * 1024 * 1024
# What a copy costs beside its bytes: three encodings with their headers and answers (measured).
COST = 6 * 1024
RETRY_AFTER = 2
READING = frozenset({b"GET", b"HEAD"})
brotlied: Callable[..., bytes] = brotli.compress
NOT_OURS = frozenset({b"authorization", b"range", b"if-match", b"if-unmodified-since"})
WEIGHT = re.compile(r";\s*q\s*=\s*([^,;\s]*)")
HOT = [pattern for pattern, _ in ADDRESSES]


class Variant:
    """One encoding of a copy, with both of its answers ready to be sent."""

    __slots__ = ("etag", "full", "same", "size")

    def __init__(self, copy: "Copy", coding: str, content: bytes, public: Headers) -> None:
        self.size = len(content)
        self.etag = etags.etag(copy.version, coding).encode()
        headers = [(name.encode(), value.encode()) for name, value in snapshots.HEADERS.items()]
        headers += [(b"etag", self.etag), *public]
        own = [(b"content-type", b"application/json"), (b"content-length", b"%d" % self.size)]
        if coding != "identity":
            own.append((b"content-encoding", coding.encode()))
        self.full = Whole(200, lines_of(own + headers), content)
        self.same = Whole(304, lines_of(headers), b"")


class Copy:
    """A snapshot and its encodings; `read` is when its rows were, in the time of the loop."""

    __slots__ = ("read", "size", "variants", "version")

    def __init__(self, version: int, content: bytes, public: Headers) -> None:
        self.version = version
        self.read = float("-inf")
        encoded = {
            "identity": content,
            "gzip": gzip.compress(content, 6, mtime=0),
            "br": brotlied(content, quality=5),
        }
        self.variants = {coding: Variant(self, coding, part, public) for coding, part in encoded.items()}
        self.size = COST + sum(variant.size for variant in self.variants.values())


class HotLane:
    """`public` are the headers every public answer carries; `any_origin` says whether those are the same
    for every site (else a request that names its origin is Django's)."""

    def __init__(self, watch: Watch, *, public: Headers, any_origin: bool = True, most: int = MOST) -> None:
        self.watch = watch
        self.public = public
        self.not_ours = NOT_OURS if any_origin else NOT_OURS | {b"origin"}
        self.most = most
        self.size = 0
        self.rebuilds = 0
        self.copies: OrderedDict[UUID, Copy] = OrderedDict()
        self._flights: dict[UUID, asyncio.Task[Copy | None]] = {}
        self._codings: dict[bytes, str] = {b"": "identity"}
        self._json: dict[bytes, bool] = {b"": True}
        watch.in_use += [self.copies.keys, self._flights.keys]
        watch.moved.append(self.moved)

    def ready(self, method: bytes, target: bytes, headers: Headers) -> Whole | None:
        """The answer, if it lies ready. Nothing waits here and nothing is asked."""
        place = self.watch.places.known(target.decode("latin-1"))
        if place is None or method not in READING or target.endswith(b"/stream"):
            return None
        copy = self._ready(place.topic)
        wanted = self._wanted(headers) if copy else None
        return self._answer(wanted, copy) if copy and wanted is not None else None

    async def fetch(self, scope: Scope) -> Answer | None:
        """The answer, made if need be. None for everything that is Django's."""
        path = scope["path"]
        if scope["method"] not in {"GET", "HEAD"} or not any(page.fullmatch(path) for page in HOT):
            return None
        wanted = None if scope["query_string"] else self._wanted(scope["headers"])
        if path.endswith("/stream") or wanted is None:
            return None
        try:
            place = await self.watch.places.at(path)
            copy = await self._fetch(place) if place else None
        except OperationalError:
            return asgi.problem(503, headers=self.public, retry_after=RETRY_AFTER)
        except Error:
            return None
        return self._answer(wanted, copy).messages() if copy else None

    def moved(self, topic: UUID, version: int | None) -> None:
        if version is None:
            self._drop(topic)

    def _newest(self, topic: UUID) -> Copy | None:
        """The copy of a topic, unless a newer version of it was heard of."""
        copy = self.copies.get(topic)
        return copy if copy is not None and copy.version >= self.watch.least(topic) else None

    def _ready(self, topic: UUID) -> Copy | None:
        """The copy of a topic, if it may be trusted."""
        copy = self._newest(topic)
        if copy is None or not self.watch.fresh(copy.read):
            return None
        self.copies.move_to_end(topic)
        return copy

    async def _fetch(self, place: Place) -> Copy | None:
        """A copy at least as new as what was known when it was asked for, and trusted in that moment.

        One that is merely unconfirmed waits for the check that all others wait for, and is not made anew
        for it."""
        asked = self.watch.loop.time()
        if self._newest(place.topic) and not self._ready(place.topic):
            await self.watch.check()
        if copy := self._ready(place.topic):
            return copy
        least = self.watch.use(place.topic)
        for _ in range(3):
            flight = self._flights.get(place.topic)
            if flight is None:
                flight = self._flights[place.topic] = asyncio.create_task(self._build(place))
            copy = await asyncio.shield(flight)
            if copy is None:
                return None
            known = copy.version >= min(least, self.watch.least(place.topic))
            if known and self.watch.fresh(copy.read, at=asked):
                return copy
        return None

    async def _build(self, place: Place) -> Copy | None:
        least, began = self.watch.use(place.topic), self.watch.loop.time()
        try:
            copy = await self.watch.read(build, place, self.public)
        finally:
            del self._flights[place.topic]
        self._drop(place.topic)
        if copy is None:
            return None
        self.rebuilds += 1
        copy.read = began
        self.watch.correct(place.topic, least, copy.version)
        if copy.version >= self.watch.least(place.topic):
            self._install(place.topic, copy)
        return copy

    def _install(self, topic: UUID, copy: Copy) -> None:
        self.watch.hear({topic: copy.version})
        self.copies[topic] = copy
        self.size += copy.size
        while self.size > self.most:
            self._drop(next(iter(self.copies)))

    def _drop(self, topic: UUID) -> None:
        if copy := self.copies.pop(topic, None):
            self.size -= copy.size

    def _wanted(self, said: Headers) -> dict[bytes, bytes] | None:
        """The headers of a request this lane may answer; None when it is Django's."""
        headers = dict(said)
        if len(headers) != len(said) or not self.not_ours.isdisjoint(headers):
            return None
        accept = headers.get(b"accept", b"")
        if accept not in self._json:
            remember(self._json, accept, takes_json(accept))
        return headers if self._json[accept] else None

    def _answer(self, headers: dict[bytes, bytes], copy: Copy) -> Whole:
        accepted = headers.get(b"accept-encoding", b"")
        if accepted not in self._codings:
            remember(self._codings, accepted, best_coding(accepted))
        variant = copy.variants[self._codings[accepted]]
        known = headers.get(b"if-none-match")
        if known is None or not (
            known == variant.etag or etags.is_known(known.decode("latin-1"), variant.etag.decode())
        ):
            return variant.full
        return variant.same


def build(place: Place, public: Headers) -> Copy | None:
    """In the reading thread: the snapshot as the view gives it, and its encodings."""
    snapshot = snapshots.take(place)
    return Copy(snapshot.version, snapshots.spell(snapshot.payload), public) if snapshot else None


def remember(known: dict[bytes, Any], header: bytes, meaning: object) -> None:
    """Keeps what a header means; forgets the oldest half before there are too many of them."""
    if len(known) >= 256:
        for old in list(islice(known, 1, 128)):
            del known[old]
    known[header] = meaning


def _weights(header: bytes) -> Iterable[tuple[str, float]]:
    for part in header.decode("latin-1").lower().split(","):
        weight = WEIGHT.search(part)
        try:
            yield part.partition(";")[0].strip(), float(weight[1]) if weight else 1.0
        except ValueError:
            yield "", 0.0


def takes_json(accept: bytes) -> bool:
    """JSON is acceptable; the most specific range decides, and parameters other than q are Django's."""
    if b";" in re.sub(rb";\s*q\s*=[^,;]*", b"", accept):
        return False
    weights = dict(_weights(accept))
    for name in ("application/json", "application/*", "*/*"):
        if name in weights:
            return weights[name] > 0
    return False


def best_coding(accepted: bytes) -> str:
    """br, gzip or identity: the smallest the client takes."""
    weights = dict(_weights(accepted))
    rest = weights.get("*", 0.0)
    return next((coding for coding in ("br", "gzip") if weights.get(coding, rest) > 0), "identity")
