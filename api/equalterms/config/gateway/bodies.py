"""Bodies of requests and answers, kept whole on their way through."""

import asyncio
import re
from io import BytesIO
from tempfile import TemporaryFile
from typing import IO, NamedTuple

from equalterms.lib.api.asgi import Receive, Scope

KIB = 1024


class Limit(NamedTuple):
    """How much of a body is taken, and how long it may take to arrive."""

    size: int = 64 * KIB
    seconds: float = 10


PLAIN = Limit()
UPLOAD = Limit(size=16 * KIB * KIB, seconds=30)
# Addresses that may carry more than a form.
UPLOADS = (
    re.compile(r"/api/v1/desk/events/[^/]+/imports/"),
    re.compile(r"/api/v1/surgeons/[^/]+/photo/"),
)


class Refused(Exception):
    """A request that ends before Django, with this status."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Gone(Exception):
    """The client hung up before all of its request was here."""


class Kept:
    """Bytes kept whole on their way through: in memory while few, else in a file without a name."""

    def __init__(self, in_memory: int) -> None:
        self.in_memory = in_memory
        self.size = 0
        self.parts: list[bytes] = []
        self.file: IO[bytes] | None = None

    def write(self, part: bytes) -> None:
        self.size += len(part)
        if self.file is None and self.size > self.in_memory:
            self.file = TemporaryFile()  # noqa: SIM115 - close() closes it
            self.file.writelines(self.parts)
            self.parts.clear()
        if self.file is None:
            self.parts.append(part)
        else:
            self.file.write(part)

    def open(self) -> IO[bytes]:
        """All of it from the start, for reading."""
        if self.file is None:
            return BytesIO(b"".join(self.parts))
        self.file.seek(0)
        return self.file

    def close(self) -> None:
        if self.file is not None:
            self.file.close()


async def read_body(scope: Scope, receive: Receive, limit: Limit) -> Kept:
    """The whole body. Raises Refused(413) as soon as it is known to be too large, Refused(408) when it
    does not arrive in time, Gone when the client does not mean to finish."""
    kept = Kept(64 * KIB)
    headers = dict(scope["headers"])
    announced = headers.get(b"content-length", b"")
    if announced.isdigit() and int(announced) > limit.size:
        raise Refused(413)
    if announced in {b"", b"0"} and b"transfer-encoding" not in headers:
        return kept
    try:
        async with asyncio.timeout(limit.seconds):
            await take_body(receive, kept, limit.size)
    except TimeoutError:
        kept.close()
        raise Refused(408) from None
    except (Refused, Gone):
        kept.close()
        raise
    return kept


async def take_body(receive: Receive, kept: Kept, most: int, *, keep: bool = True) -> None:
    taken, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        part: bytes = message.get("body", b"")
        more = message.get("more_body", False)
        taken += len(part)
        if taken > most:
            if not keep:
                return
            raise Refused(413)
        if keep and part:
            kept.write(part)
