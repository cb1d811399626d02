"""ETags of what has a version: the version, the build that spelt it, and the encoding."""

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
CODINGS = {"identity": "i", "gzip": "g", "br": "b"}


@cache
def build() -> str:
    """Eight letters that differ whenever the code does; the same in every process of one release."""
    digest = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*.py")):
        digest.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:8]


def etag(version: int, coding: str = "identity") -> str:
    return f'"{version}-{build()}-{CODINGS[coding]}"'


def fingerprint_of(values: Sequence[object]) -> int:
    """A number of 48 bits that moves whenever one of the values does: the version of what counts none."""
    words = json.dumps(values, default=_spelled, separators=(",", ":"))
    return int.from_bytes(hashlib.sha256(words.encode()).digest()[:6], "big")


def _spelled(value: object) -> str:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else str(value)


def is_known(if_none_match: str, tag: str) -> bool:
    """The client holds `tag` already, by the weak comparison of RFC 9110 §13.1.2."""
    known = {part.strip().removeprefix("W/") for part in if_none_match.split(",")}
    return tag in known or "*" in known


def is_current(if_match: str, version: int) -> bool:
    """The client speaks of `version`, in whatever encoding it read it (RFC 9110 §13.1.1)."""
    meant = {part.strip() for part in if_match.split(",")}
    return "*" in meant or any(etag(version, coding) in meant for coding in CODINGS)
