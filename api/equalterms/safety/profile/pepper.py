"""The event's pepper: 32 bytes in a file of their own, outside the database and its backups.

It is never rotated within an event and is destroyed when the event is purged. Whoever has the database
without it can verify nothing.
"""

import hmac
import os
import secrets
from functools import lru_cache
from uuid import UUID

from django.conf import settings


@lru_cache(maxsize=256)
def pepper(event: UUID) -> bytes:
    """The event's 32 bytes, made (mode 600) when first needed."""
    path = settings.HOME / "peppers" / f"{event}.key"
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f".{secrets.token_hex(8)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_bytes(32))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)  # whole or not at all, and the first process wins
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return bytes(path.read_bytes())


def keyed(event: UUID, label: str, *parts: bytes) -> bytes:
    """HMAC-SHA256 of `label` and `parts`, parted by zero bytes, under the event's pepper."""
    message = b"\0".join([b"equalterms/1/" + label.encode(), *parts])
    return hmac.digest(pepper(event), message, "sha256")


def verifier(event: UUID, kind: str, auth: bytes) -> bytes:
    """What is kept of a receipt."""
    return keyed(event, "verifier", kind.encode(), auth)


def voice_mark(event: UUID, voice: bytes) -> bytes:
    """What is kept of a phone's voice in one thread."""
    return keyed(event, "voice", voice)


def gone_mark(event: UUID, kind: str, ident: UUID) -> bytes:
    """What is kept of something withdrawn."""
    return keyed(event, "gone", kind.encode(), ident.bytes)
