"""A copy as a file: sealed with a key of its own, named by the time it was made, gone after seven days."""

import gzip
import os
import re
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from equalterms.lib.refusal import Refusal

MAGIC = b"equalterms backup 1\n"
NAME = re.compile(r"equalterms-(\d{8}T\d{6})Z\.backup")
STAMP = "%Y%m%dT%H%M%S"
KEPT = timedelta(days=7)
NONCE = 12


def key() -> bytes:
    """The key of all copies, in keys/backup of the home; made (mode 600) when first needed."""
    path = settings.HOME / "keys" / "backup"
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        _write(path, secrets.token_bytes(32))
    return path.read_bytes()


def place_for(wanted: Path, now: datetime) -> Path:
    """The file to write: `wanted`, or one named by the time if that is a folder."""
    return wanted / f"equalterms-{now.astimezone(UTC):{STAMP}}Z.backup" if wanted.is_dir() else wanted


def write(path: Path, content: bytes) -> None:
    """Writes a sealed copy of `content` (mode 600), whole or not at all."""
    nonce = secrets.token_bytes(NONCE)
    draft = path.with_name(f".{secrets.token_hex(8)}")
    try:
        _write(draft, MAGIC + nonce + AESGCM(key()).encrypt(nonce, gzip.compress(content, mtime=0), MAGIC))
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def read(path: Path) -> bytes:
    """What a copy holds. Refuses files that are none, and those that this key does not open."""
    if not (settings.HOME / "keys" / "backup").exists():
        raise Refusal("no-key", "The key of the copies is missing: put it back as keys/backup in the home.")
    content = path.read_bytes()
    if not content.startswith(MAGIC):
        raise Refusal("no-backup", "This file is not a copy made by equalterms backup.")
    nonce, sealed = content[len(MAGIC) :][:NONCE], content[len(MAGIC) + NONCE :]
    try:
        return gzip.decompress(AESGCM(key()).decrypt(nonce, sealed, MAGIC))
    except (InvalidTag, ValueError):
        said = "This copy cannot be opened: it is damaged, or keys/backup is not the key it was made with."
        raise Refusal("wrong-key", said) from None


def ours_older_than(folder: Path, moment: datetime) -> Iterator[Path]:
    """Copies in `folder` that we named ourselves, by a time over seven days before `moment`."""
    for path in sorted(folder.glob("equalterms-*.backup")):
        named = NAME.fullmatch(path.name)
        made = _made(named.group(1)) if named else None
        if made is not None and moment - made > KEPT and _is_copy(path):
            yield path


def _made(stamp: str) -> datetime | None:
    try:
        return datetime.strptime(stamp, STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


def _is_copy(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def clear_away(folder: Path, now: datetime) -> list[Path]:
    """Deletes our copies of over seven days in `folder`; gives them."""
    old = list(ours_older_than(folder, now))
    for path in old:
        path.unlink()
    return old
