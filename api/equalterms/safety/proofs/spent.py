"""Which proofs were used."""

import threading
import time

import redis


class Spent:
    """Which proofs were used, until the minute in which they expire is over. Shared through Redis where
    there is one; when it fails, memory takes over at once and Redis is left alone for five seconds."""

    PATIENCE = 0.2
    PAUSE = 5.0

    def __init__(self, url: str) -> None:
        self._lock = threading.Lock()
        self._minutes: dict[int, set[bytes]] = {}
        self._away_until = 0.0
        self._redis = (
            redis.Redis.from_url(url, socket_timeout=self.PATIENCE, socket_connect_timeout=self.PATIENCE)
            if url
            else None
        )

    def claim(self, key: bytes, expires: float) -> bool:
        """True the first time a key is seen; by then no other thread can have it."""
        with self._lock:
            now = time.time()
            self._forget(int(now // 60))
            if any(key in spent for spent in self._minutes.values()):
                return False
            self._minutes.setdefault(int(expires // 60), set()).add(key)
        return self._claim_shared(key, max(1, int(expires - now) + 1))

    def _forget(self, minute: int) -> None:
        """A minute at a time, so that however many are remembered, nobody waits for it."""
        for past in [end for end in self._minutes if end < minute]:
            del self._minutes[past]

    def _claim_shared(self, key: bytes, seconds: int) -> bool:
        if self._redis is None or time.monotonic() < self._away_until:
            return True
        try:
            return bool(self._redis.set(b"equalterms:spent:" + key, b"1", ex=seconds, nx=True))
        except redis.RedisError:
            self._away_until = time.monotonic() + self.PAUSE
            return True

    def unclaim(self, key: bytes) -> None:
        """Gives a proof back after its act failed."""
        with self._lock:
            for spent in self._minutes.values():
                spent.discard(key)
        if self._redis is not None and time.monotonic() >= self._away_until:
            try:
                self._redis.delete(b"equalterms:spent:" + key)
            except redis.RedisError:
                self._away_until = time.monotonic() + self.PAUSE
