"""Knowing what is repeated often, in the memory of this process only."""

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
    first, beyond `most` names. Names are kept only as HMAC under a key of this process, which is another
    one after each time that none was left.
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

    def failed(self, *name: str, free: int | None = None) -> int:
        """Counts a failure; gives the seconds until the next try. `free`: of other names than usual."""
        now = self._seconds()
        with self._lock:
            self._forget_rested(now)
            key = self._key(name)
            count = self._standing(key, now).count + 1
            beyond = count - (self.free if free is None else free)
            pause = min(self.longest, 2 ** min(beyond - 1, 20)) if beyond > 0 else 0
            self._names[key] = _Failures(count, now, now + pause)
            self._names.move_to_end(key)
            while len(self._names) > self.most:
                self._names.popitem(last=False)
        return pause

    def forget_rested(self) -> None:
        """Forgets the names nobody failed under lately; when none is left, the key they were kept under
        too."""
        with self._lock:
            self._forget_rested(self._seconds())

    def _forget_rested(self, now: float) -> None:
        while self._names and now - next(iter(self._names.values())).last >= self.rest:
            self._names.popitem(last=False)
        if not self._names:
            self._secret = secrets.token_bytes(32)

    def forgive(self, *name: str) -> None:
        """Forgets the failures of `name`."""
        with self._lock:
            self._names.pop(self._key(name), None)


class _Age:
    """The counts under one key."""

    def __init__(self, began: float) -> None:
        self.began = began
        self._secret = secrets.token_bytes(32)
        self._counts: OrderedDict[bytes, int] = OrderedDict()

    def _key(self, name: str) -> bytes:
        return hmac.digest(self._secret, name.encode(errors="surrogatepass"), hashlib.sha256)[:8]

    def count(self, name: str) -> int:
        return self._counts.get(self._key(name), 0)

    def add(self, name: str, units: int, most: int) -> int:
        key = self._key(name)
        self._counts[key] = self._counts.get(key, 0) + units
        self._counts.move_to_end(key)
        while len(self._counts) > most:
            self._counts.popitem(last=False)
        return self._counts[key]


class Footfall:
    """How often each name came by lately.

    Names are kept only as 8 bytes of HMAC under a random key. Each `rest` seconds there is another key;
    the counts under the one before fade away during the next `rest`, so that nothing starts anew at a
    stroke, and are then forgotten together with their key. Of `most` names, the ones that came longest
    ago go first.
    """

    def __init__(
        self, *, rest: int = 600, most: int = 10_000, seconds: Callable[[], float] = time.monotonic
    ) -> None:
        self.rest, self.most, self._seconds = rest, most, seconds
        self._lock = threading.Lock()
        self._now = self._before = _Age(seconds())

    def came(self, name: str, units: int = 1) -> int:
        """Counts `units` for `name`; gives what it amounts to."""
        with self._lock:
            self._turn()
            fading = self._before.count(name) if self._before is not self._now else 0
            left = max(0.0, 1 - (self._seconds() - self._now.began) / self.rest)
            return self._now.add(name, units, self.most) + int(fading * left)

    def turn(self) -> None:
        """Forgets what is to be forgotten by now."""
        with self._lock:
            self._turn()

    def _turn(self) -> None:
        now = self._seconds()
        past = now - self._now.began
        if past >= self.rest:
            fresh = _Age(now)
            self._before = self._now if past < 2 * self.rest else fresh
            self._now = fresh
