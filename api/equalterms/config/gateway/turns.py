"""Who may begin next, where each takes long: network by network, so that a flood from one leaves room."""

import asyncio
from collections import Counter, OrderedDict, deque
from typing import Any

# Checking a password is slow on purpose.
SLOW = frozenset(
    {("POST", "/api/v1/token/"), ("POST", "/api/v1/invitations/accept/"), ("PATCH", "/api/v1/me/")}
)


def is_slow(environ: dict[str, Any]) -> bool:
    return (environ["REQUEST_METHOD"], environ["PATH_INFO"]) in SLOW


class Turns:
    """At most `at_once` go on, and `share` of one network. `line` more of a network may wait, in the order
    in which they came and nobody longer than `patience` seconds; the networks that wait take turns.

    For one event loop, and without a thread for whoever waits.
    """

    def __init__(self, at_once: int, *, line: int = 24, patience: float = 10.0) -> None:
        self.at_once, self.share = at_once, max(1, at_once // 2)
        self.line, self.patience = line, patience
        self._busy: Counter[str] = Counter()
        self._lines: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()

    async def take(self, network: str) -> bool:
        """Waits for a turn of this network. False where too many wait, or it took too long."""
        line = self._lines.setdefault(network, deque())
        if len(line) >= self.line:
            return False
        place = asyncio.get_running_loop().create_future()
        line.append(place)
        self._call()
        try:
            await asyncio.wait({place}, timeout=self.patience)
        finally:
            if not place.done():
                line.remove(place)
                self._tidy(network)
        return place.done()

    def leave(self, network: str) -> None:
        """Ends a turn, and calls whoever is next."""
        self._busy[network] -= 1
        self._busy += Counter()
        self._call()

    def _call(self) -> None:
        for network in list(self._lines):
            if self._busy.total() >= self.at_once:
                return
            if self._busy[network] < self.share:
                self._busy[network] += 1
                self._lines[network].popleft().set_result(None)
                self._lines.move_to_end(network)
                self._tidy(network)

    def _tidy(self, network: str) -> None:
        if not self._lines.get(network, True):
            del self._lines[network]
