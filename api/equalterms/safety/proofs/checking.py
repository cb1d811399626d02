"""Checking and spending proofs. Only what this service issues passes: its algorithm, its cost, its
counters, signed by its key for this act, this session and this tag, and each once."""

import base64
import hashlib
import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import altcha
from django.conf import settings

from equalterms.lib.refusal import Refusal
from equalterms.programme.models import Session
from equalterms.safety.proofs.making import (
    ALGORITHM,
    COST,
    COUNTERS,
    KEY_LENGTH,
    LIFETIME,
    NOWHERE,
    SIGN_IN,
    key_of,
)
from equalterms.safety.proofs.pressure import acted
from equalterms.safety.proofs.spent import Spent
from equalterms.safety.rules import has_code

PAYLOAD_LIMIT = 4096

_spent = Spent(settings.REDIS_URL)


def _refuse() -> Refusal:
    return Refusal(
        "proof-needed",
        "Your phone's proof was missing, used or too old. Please send again; it makes a new one.",
        status=403,
    )


def _read(payload: str) -> dict[str, Any]:
    """The payload, with everything of a type and size we rely on; else a refusal.

    The algorithm and cost are looked at before ALTCHA's verifier is asked, as that takes unknown names
    for SHA-256 and any cost it was signed with.
    """
    if len(payload) > PAYLOAD_LIMIT:
        raise _refuse()
    try:
        raw: dict[str, Any] = json.loads(base64.b64decode(payload, validate=True))
        parameters, solution = raw["challenge"]["parameters"], raw["solution"]
        sound = (
            isinstance(raw["challenge"]["signature"], str)
            and isinstance(solution["derivedKey"], str)
            and type(solution["counter"]) is int
            and solution["counter"] in COUNTERS
            and isinstance(parameters["data"], dict)
            and type(parameters["expiresAt"]) is int
            and parameters["algorithm"] == ALGORITHM
            and type(parameters["cost"]) is int
            and parameters["cost"] == COST
            and parameters["keyLength"] == KEY_LENGTH
            and isinstance(parameters["keySignature"], str)
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as wrong:
        raise _refuse() from wrong
    if not sound:
        raise _refuse()
    return raw


def _is_for(data: dict[str, Any], act: str, session: UUID, tag: str | None) -> bool:
    """A challenge that names a tag is good for that tag only."""
    wanted = {"v": 1, "act": act, "session": str(session)}
    return data == wanted or (tag is not None and data == wanted | {"tag": tag})


def _is_solved(raw: dict[str, Any]) -> bool:
    """Signed by us, in time, with the key that was hidden. Half of that key was told, the other half is
    found only by trying: whoever names it has done the work, so nothing is derived once more."""
    key = key_of((raw["challenge"]["parameters"]["expiresAt"] - LIFETIME) // LIFETIME)
    try:
        return altcha.verify_solution(altcha.Payload.from_dict(raw), key, hmac_key_secret=key).verified
    except (ValueError, TypeError, AttributeError, KeyError):
        return False


def claim(payload: str, act: str, session: UUID, tag: str | None = None) -> bytes:
    """Checks and spends a proof; gives the key to `unclaim` with. Refuses `proof-needed` with 403."""
    raw = _read(payload)
    parameters = raw["challenge"]["parameters"]
    expires = parameters["expiresAt"]
    if not _is_for(parameters["data"], act, session, tag) or expires > time.time() + LIFETIME:
        raise _refuse()
    if not _is_solved(raw):
        raise _refuse()
    spent = hashlib.sha256(raw["challenge"]["signature"].encode()).digest()
    if not _spent.claim(spent, float(expires)):
        raise _refuse()
    return spent


def unclaim(spent: bytes) -> None:
    _spent.unclaim(spent)


def work_to_sign_in(proof: Mapping[str, Any]) -> None:
    """Spends the work done for one try to sign in, whatever comes of it. Refuses `proof-needed`."""
    claim(str(proof.get("payload", "")), SIGN_IN, NOWHERE)


@contextmanager
def spending(
    proof: Mapping[str, Any] | None,
    act: str,
    session: Session,
    tag: str | None = None,
    *,
    network: str,
    code: str | None = None,
) -> Iterator[bool]:
    """Claims `proof` for what happens inside; gives it back if that fails, so that a retry may use it.
    Gives whether `code` is the code of the day; a wrong one costs the proof. What is done counts for the
    `network` it came from, in memory, as `pressure` says.

    Asks for nothing where the event wants no proofs. Refuses `proof-needed` with 403, and
    `wrong-join-code`.
    """
    if not session.event.proof:
        yield has_code(session.event, code)
        return
    if not proof or proof.get("type") != "pow":
        raise _refuse()
    spent = claim(str(proof.get("payload", "")), act, session.pk, tag)
    acted(act, network)
    coded = has_code(session.event, code)
    try:
        yield coded
    except BaseException:
        unclaim(spent)
        raise
