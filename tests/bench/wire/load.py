"""Many phones that send at once, each on a line of its own, and come back when they are asked to."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import uvloop
from tests.bench.wire.requests import length_of


@dataclass
class Sent:
    """What came of it: seconds of each request that was taken, statuses counted, and seconds of it all."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    took: float = 0

    def percentile(self, share: float) -> float:
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def send_all(port: int, requests: Sequence[bytes], lines: int, *, jitter: float = 1.0) -> Sent:
    """Sends every request until it is taken, on so many lines at once."""
    sent, queue = Sent(), iter(requests)

    async def everybody() -> None:
        begun = time.perf_counter()
        await asyncio.gather(*(_phone(port, queue, sent, jitter) for _ in range(min(lines, len(requests)))))
        sent.took = time.perf_counter() - begun

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(everybody())
    return sent


async def _phone(port: int, queue: Iterable[bytes], sent: Sent, jitter: float) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for asked in queue:
        begun = time.perf_counter()
        while (pause := await _exchange(reader, writer, asked, sent)) is not None:
            await asyncio.sleep(pause + random.uniform(0, jitter))  # noqa: S311 - not a secret
        sent.seconds.append(time.perf_counter() - begun)
    writer.close()


async def _exchange(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, asked: bytes, sent: Sent
) -> float | None:
    """Sends once; the seconds to wait where the server has no room."""
    writer.write(asked)
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head[9:12])
    await reader.readexactly(length_of(head, status))
    sent.statuses[status] += 1
    if status != 503:
        return None
    return float(head.lower().partition(b"retry-after:")[2].partition(b"\r\n")[0] or 1)
