"""Every way a value may have been written down: what the scan looks for."""

import base64
import hashlib
import ipaddress
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import quote
from uuid import UUID

# Whoever hashes an address or a receipt for a cache key or a log often puts a name in front of it.
PREFIXES = (
    b"", b"throttle_anon_", b"throttle_user_", b"ratelimit:", b"rl:", b"ip:", b"ip-", b"addr:", b"user:",
    b"client:", b"session:", b"device:", b"token:", b"receipt:", b"auth:", b"cache:", b":1:",
    b":1:throttle_anon_",
)  # fmt: skip
# Anything shorter is found by chance in random bytes.
SHORTEST = 6


def spellings(value: str | bytes) -> dict[bytes, str]:
    """Bytes to look for, each with the name of the way it spells `value`.

    Text is what somebody sends about themselves: it is looked for hashed behind every prefix as well.
    """
    found: dict[bytes, str] = {}
    for name, spelt in _text(value) if isinstance(value, str) else _secret(value):
        if len(spelt) >= SHORTEST:
            found.setdefault(spelt, name)
    return found


def _text(value: str) -> Iterator[tuple[str, bytes]]:
    plain = value.encode()
    yield from _codings(plain)
    yield "utf-16", value.encode("utf-16-le")
    yield "utf-16, big end first", value.encode("utf-16-be")
    yield "upper case", value.upper().encode()
    yield "lower case", value.lower().encode()
    for name, raw in _meanings(value):
        yield name, raw
        yield f"{name}, hex", raw.hex().encode()
        yield from ((f"{name}, {way}", spelt) for way, spelt in _base64(raw))
    for prefix in PREFIXES:
        yield from _digests(plain, prefix)


def _secret(raw: bytes) -> Iterator[tuple[str, bytes]]:
    yield from _codings(raw)
    yield "repr", repr(raw)[2:-1].encode()
    yield "utf-16 of hex", raw.hex().encode("utf-16-le")
    # What travels is the text that spells the bytes, so that is what may have been hashed.
    for spelt in (raw, base64.urlsafe_b64encode(raw).rstrip(b"="), raw.hex().encode()):
        yield from _digests(spelt)


def _codings(raw: bytes) -> Iterator[tuple[str, bytes]]:
    yield "plain", raw
    yield "hex", raw.hex().encode()
    yield "HEX", raw.hex().upper().encode()
    yield "percent", quote(raw, safe="").encode()
    yield "percent, small", quote(raw, safe="").lower().encode()
    yield from _base64(raw)


def _base64(raw: bytes) -> Iterator[tuple[str, bytes]]:
    """What is certain to stand in base64 of anything that holds `raw` at one of three alignments."""
    for shift in range(3):
        letters = base64.b64encode(b"\0" * shift + raw + b"\0" * (-(shift + len(raw)) % 3))
        first, end = -(-shift * 8 // 6), (shift + len(raw)) * 8 // 6
        yield f"base64 at {shift}", letters[first:end]
        yield f"base64url at {shift}", letters[first:end].translate(bytes.maketrans(b"+/", b"-_"))


def _meanings(value: str) -> Iterator[tuple[str, bytes]]:
    """The raw bytes of what a text stands for."""
    with suppress(ValueError):
        yield "uuid", UUID(value).bytes
    with suppress(ValueError):
        address = ipaddress.ip_address(value)
        raw = address.packed
        if address.version == 6:
            yield "address", raw
            return
        # Four bare bytes are found by chance; these are how databases, sockets and formats write them.
        yield "address in IPv6", b"\xff\xff" + raw
        yield "inet of PostgreSQL", b"\x02\x20" + raw
        yield "address with its length", b"\0\0\0\x04" + raw
        yield "address as a number", str(int(address)).encode()


def _digests(raw: bytes, prefix: bytes = b"") -> Iterator[tuple[str, bytes]]:
    for make in (hashlib.sha256, hashlib.sha1, hashlib.md5):
        made = make(prefix + raw)
        name = f"{made.name} of {prefix.decode()}…" if prefix else made.name
        yield name, made.digest()
        yield f"{name}, hex", made.hexdigest().encode()
        yield f"{name}, base64", base64.b64encode(made.digest()).rstrip(b"=")
        yield f"{name}, base64url", base64.urlsafe_b64encode(made.digest()).rstrip(b"=")
