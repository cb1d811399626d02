"""Identifiers and their spelling: url-safe base64, UUIDv8, codes that can be read aloud."""

import base64
import binascii
import re
import secrets
from uuid import UUID

# No vowels, so no words; no 0/o, 1/l/i, 2/z, 5/s, 8/b that are mistaken for one another.
CODE_LETTERS = "cdfghjkmnpqrtvwxy34679"
UUID_SHAPE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def b64u(raw: bytes) -> str:
    """Url-safe base64 without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def unb64u(text: str, size: int) -> bytes:
    """The `size` bytes that `text` spells; ValueError unless it is their one canonical spelling."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as wrong:
        raise ValueError("not base64url") from wrong
    if len(raw) != size or b64u(raw) != text:
        raise ValueError("not canonical base64url of the right length")
    return raw


def is_v8(candidate: UUID) -> bool:
    """True for RFC 9562 version 8: made by the client, holding no time."""
    return candidate.version == 8


def as_uuid(text: str) -> UUID | None:
    """The UUID that `text` spells in its canonical lower-case form, else None."""
    return UUID(text) if UUID_SHAPE.fullmatch(text) else None


def v8(raw: bytes) -> UUID:
    """16 bytes with the version and variant bits of UUIDv8 set."""
    value = bytearray(raw)
    value[6] = (value[6] & 0x0F) | 0x80
    value[8] = (value[8] & 0x3F) | 0x80
    return UUID(bytes=bytes(value))


def short_code(length: int = 5) -> str:
    """A random code to print and say aloud."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(length))
