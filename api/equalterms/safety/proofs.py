"""Proof of work per act (ALTCHA v2): costs a phone half a second, tells nothing about it.

Challenges are stateless and signed. The signing key is derived from the installation's secret and the
current 20 minutes, so every worker knows it and nobody stores it (docs/decisions/0007-proof-key.md).
Spent proofs are kept until they expire, in memory or in a Redis that keeps nothing on disk.
"""

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import altcha
import redis
from django.conf import settings

from equalterms.lib.refusal import Refusal
from equalterms.programme.models import Session

ACTS = ("ask", "vote", "say", "book", "report")
LIFETIME = 20 * 60
ALGORITHM = "PBKDF2/SHA-256"
COST = 1000
TRIES = range(100, 301)
PAYLOAD_LIMIT = 4096


def _key(epoch: int) -> bytes:
    return hmac.digest(settings.SECRET_KEY.encode(), f"equalterms/1/proof\0{epoch}".encode(), "sha256")


def challenge(act: str, session: UUID, tag: str | None = None) -> dict[str, Any]:
    """A challenge for one act in one session (and, for a vote, bound to its tag). About 200 tries."""
    now = int(time.time())
    data: dict[str, Any] = {"v": 1, "act": act, "session": str(session)}
    if tag is not None:
        data["tag"] = tag
    key = _key(now // LIFETIME)
    made = altcha.create_challenge(
        ALGORITHM,
        COST,
        counter=secrets.choice(TRIES),
        key_length=32,
        expires_at=now + LIFETIME,
        data=data,
        hmac_secret=key,
        hmac_key_secret=key,
    )
    answer: dict[str, Any] = made.to_dict()
    return answer


class Spent:
    """Which proofs were used, until they expire. Shared through Redis where there is one; when it
    fails, memory takes over at once and Redis is left alone for five seconds."""

    PATIENCE = 0.2
    PAUSE = 5.0

    def __init__(self, url: str) -> None:
        self._lock = threading.Lock()
        self._memory: dict[bytes, float] = {}
        self._away_until = 0.0
        self._redis = (
            redis.Redis.from_url(url, socket_timeout=self.PATIENCE, socket_connect_timeout=self.PATIENCE)
            if url
            else None
        )

    def claim(self, key: bytes, expires: float) -> bool:
        """True the first time a key is seen."""
        with self._lock:
            now = time.time()
            if len(self._memory) > 10_000:
                self._memory = {spent: end for spent, end in self._memory.items() if end > now}
            if self._memory.get(key, 0.0) > now:
                return False
            self._memory[key] = expires
        return self._claim_shared(key, max(1, int(expires - now) + 1))

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
            self._memory.pop(key, None)
        if self._redis is not None and time.monotonic() >= self._away_until:
            try:
                self._redis.delete(b"equalterms:spent:" + key)
            except redis.RedisError:
                self._away_until = time.monotonic() + self.PAUSE


_spent = Spent(settings.REDIS_URL)


def _refuse() -> Refusal:
    return Refusal(
        "proof-needed",
        "Your phone's proof was missing, used or too old. Please send again; it makes a new one.",
        status=403,
    )


def _read(payload: str) -> tuple[altcha.Payload, dict[str, Any]]:
    """The payload and its signed parameters, with everything of a type we rely on; else a refusal."""
    if len(payload) > PAYLOAD_LIMIT:
        raise _refuse()
    try:
        raw = json.loads(base64.b64decode(payload, validate=True))
        parameters = raw["challenge"]["parameters"]
        sound = (
            isinstance(raw["challenge"]["signature"], str)
            and isinstance(raw["solution"]["derivedKey"], str)
            and isinstance(raw["solution"]["counter"], int)
            and isinstance(parameters["data"], dict)
            and isinstance(parameters["expiresAt"], int)
            and parameters["algorithm"] == ALGORITHM
            and parameters["cost"] == COST
        )
        if not sound:
            raise _refuse()
        return altcha.Payload.from_dict(raw), parameters
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as wrong:
        raise _refuse() from wrong


def claim(payload: str, act: str, session: UUID, tag: str | None = None) -> bytes:
    """Checks and spends a proof; gives the key to `unclaim` with. Refuses `proof-needed` with 403."""
    read, parameters = _read(payload)
    expires = parameters["expiresAt"]
    data = parameters["data"]
    if data.get("act") != act or data.get("session") != str(session) or data.get("tag", tag) != tag:
        raise _refuse()
    key = _key((expires - LIFETIME) // LIFETIME)
    try:
        result = altcha.verify_solution(read, key, hmac_key_secret=key)
    except (ValueError, TypeError, AttributeError, KeyError) as wrong:
        raise _refuse() from wrong
    if not result.verified or expires > time.time() + LIFETIME:
        raise _refuse()
    spent = hashlib.sha256(str(read.challenge.signature).encode()).digest()
    if not _spent.claim(spent, float(expires)):
        raise _refuse()
    return spent


def unclaim(spent: bytes) -> None:
    _spent.unclaim(spent)


@contextmanager
def spending(
    proof: Mapping[str, Any] | None, act: str, session: Session, tag: str | None = None
) -> Iterator[None]:
    """Claims `proof` for what happens inside; gives it back if that fails, so that a retry may use it.

    Asks for nothing where the event wants no proofs. Refuses `proof-needed` with 403.
    """
    if not session.event.proof:
        yield
        return
    if not proof or proof.get("type") != "pow":
        raise _refuse()
    spent = claim(str(proof.get("payload", "")), act, session.pk, tag)
    try:
        yield
    except BaseException:
        unclaim(spent)
        raise
