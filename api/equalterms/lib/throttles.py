"""Slowing down what is repeated too often, in the memory of this process only."""

import hashlib
import hmac
import math
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass


@dataclass
class _Failures:
    count: int
    last: float
    until: float


class Slowdown:
    """Doubling pauses after repeated failures under one name.

    The first `free` failures cost nothing; then each brings a pause of 1, 2, 4 … seconds, `longest`
    at most. A name is forgotten `rest` seconds after its last failure, on `forgive`, and, oldest
    first, beyond `most` names. Names are kept only as HMAC under a key of this process.
    """

    def __init__(
        self,
        *,
        free: int = 5,
        longest: int = 60,
        rest: int = 900,
        most: int = 10_000,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self.free, self.longest, self.rest, self.most = free, longest, rest, most
        self._seconds = seconds
        self._secret = secrets.token_bytes(32)
        self._names: OrderedDict[bytes, _Failures] = OrderedDict()
        self._lock = threading.Lock()

    def _key(self, name: tuple[str, ...]) -> bytes:
        spelled = "\0".join(name).encode(errors="surrogatepass")
        return hmac.digest(self._secret, spelled, hashlib.sha256)[:16]

    def _standing(self, key: bytes, now: float) -> _Failures:
        found = self._names.get(key)
        return found if found and now - found.last < self.rest else _Failures(0, now, now)

    def wait(self, *name: str) -> int:
        """Whole seconds until `name` may try again; 0 for at once."""
        now = self._seconds()
        with self._lock:
            return max(0, math.ceil(self._standing(self._key(name), now).until - now))

    def failed(self, *name: str) -> int:
        """Counts a failure; gives the seconds until the next try."""
        now, key = self._seconds(), self._key(name)
        with self._lock:
            count = self._standing(key, now).count + 1
            pause = min(self.longest, 2 ** min(count - self.free - 1, 20)) if count > self.free else 0
            self._names[key] = _Failures(count, now, now + pause)
            self._names.move_to_end(key)
            while len(self._names) > self.most:
                self._names.popitem(last=False)
        return pause

    def forgive(self, *name: str) -> None:
        """Forgets the failures of `name`."""
        with self._lock:
            self._names.pop(self._key(name), None)
