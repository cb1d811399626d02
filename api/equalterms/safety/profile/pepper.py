"""The event's pepper: 32 bytes in a file of their own, outside the database and its backups.

It is never rotated within an event and is destroyed when the event is purged. Whoever has the database
without it can verify nothing.
"""

import hmac
import os
import secrets
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from django.conf import settings


class Kept(NamedTuple):
    """A pepper in the memory of this process, with what tells its file from another."""

    path: Path
    file: tuple[int, int, int] | None
    pepper: bytes


kept: dict[UUID, Kept] = {}


def pepper(event: UUID) -> bytes:
    """The event's 32 bytes, made (mode 600) when first needed. Looks each time whether the file is still the
    one they were read from: another process may have destroyed it."""
    known = kept.get(event)
    if known is not None and known.file is not None and known.file == _file(known.path):
        return known.pepper
    path = path_of(event)
    if not path.exists():
        _make(path)
    known = kept[event] = Kept(path, _file(path), path.read_bytes())
    return known.pepper


def path_of(event: UUID) -> Path:
    return Path(settings.HOME) / "peppers" / f"{event}.key"


def _file(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def _make(path: Path) -> None:
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


def destroy(event: UUID) -> None:
    """Overwrites and removes the event's pepper. Whatever was keyed with it can be verified no more."""
    path = path_of(event)
    if path.exists():
        with path.open("r+b") as file:
            file.write(secrets.token_bytes(32))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
    kept.pop(event, None)


def forget_destroyed() -> int:
    """Lets go of peppers whose files are gone or others by now; gives how many. The clock calls it in each
    process, so that none outlives a purge by another one for long."""
    gone = [event for event, known in list(kept.items()) if _file(known.path) != known.file]
    for event in gone:
        kept.pop(event, None)
    return len(gone)


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
