"""Making challenges, from parts derived in idle time: issuing one costs two signatures."""

import hashlib
import hmac
import json
import secrets
import time
from collections import deque
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings

ACTS = ("ask", "vote", "say", "book", "report")
# Signing in belongs to no session.
SIGN_IN, NOWHERE = "sign-in", UUID(int=0)
LIFETIME = 20 * 60
ALGORITHM = "PBKDF2/SHA-256"
COST = 1000
KEY_LENGTH = 32
PREFIX_LENGTH = 16
# The counter that solves a challenge of weight 1 is one of these; of weight 8, eight times as high.
TRIES = range(100, 301)
WEIGHTS = (1, 2, 4, 8)
COUNTERS = range(TRIES.start, WEIGHTS[-1] * TRIES.stop)
# How many parts wait in this process, and how many are derived in one go: 10 to 30 ms of one thread.
POOL = {1: 240, 2: 80, 4: 80, 8: 80}
IN_ONE_GO = 32


class Part(NamedTuple):
    """A challenge that names no act, no session and no hour yet."""

    nonce: bytes
    salt: bytes
    key: bytes


_pool: dict[int, deque[Part]] = {weight: deque() for weight in WEIGHTS}


def key_of(epoch: int) -> bytes:
    """The key that signs in this run of 20 minutes."""
    return hmac.digest(settings.SECRET_KEY.encode(), f"equalterms/1/proof\0{epoch}".encode(), "sha256")


def derived(nonce: bytes, salt: bytes, counter: int) -> bytes:
    """What a phone gets when it tries this counter."""
    return hashlib.pbkdf2_hmac("sha256", nonce + counter.to_bytes(4, "big"), salt, COST, KEY_LENGTH)


def fill_pool(most: int = IN_ONE_GO) -> int:
    """Derives parts of challenges until the pool is full, `most` at a time; gives how many. The clock
    calls it once a second in each process."""
    made = 0
    for weight, parts in _pool.items():
        while made < most and len(parts) < POOL[weight]:
            parts.append(_derive(weight))
            made += 1
    return made


def _derive(weight: int) -> Part:
    nonce, salt = secrets.token_bytes(16), secrets.token_bytes(16)
    counter = weight * TRIES.start + secrets.randbelow(weight * len(TRIES))
    return Part(nonce, salt, derived(nonce, salt, counter))


def _part(weight: int) -> Part:
    """A part nobody was given: one of the pool, else a new one."""
    try:
        return _pool[weight].popleft()
    except IndexError:
        return _derive(weight)


def challenge(act: str, session: UUID, tag: str | None = None, weight: int = 1) -> dict[str, Any]:
    """A challenge for one act in one session (and, for a vote or report, bound to its tag): about 200
    tries, or `weight` times as many. It does not say how heavy it is."""
    now = int(time.time())
    data: dict[str, Any] = {"v": 1, "act": act, "session": str(session)}
    if tag is not None:
        data["tag"] = tag
    part, key = _part(weight), key_of(now // LIFETIME)
    parameters = {
        "algorithm": ALGORITHM,
        "nonce": part.nonce.hex(),
        "salt": part.salt.hex(),
        "cost": COST,
        "keyLength": KEY_LENGTH,
        "keyPrefix": part.key[:PREFIX_LENGTH].hex(),
        "keySignature": _sign(key, part.key),
        "expiresAt": now + LIFETIME,
        "data": data,
    }
    spelled = json.dumps(parameters, sort_keys=True, separators=(",", ":"))
    return {"parameters": parameters, "signature": _sign(key, spelled.encode())}


def sign_in_challenge() -> dict[str, Any]:
    """A challenge for signing in during a pause: as hard as any is made."""
    return challenge(SIGN_IN, NOWHERE, weight=WEIGHTS[-1])


def _sign(key: bytes, what: bytes) -> str:
    return hmac.digest(key, what, "sha256").hex()
