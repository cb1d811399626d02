"""From a path to words: bytes, their encoding, and which dialect they are in."""

import codecs
import json
import re
from pathlib import Path

from equalterms.programme.imports.dialects import frab, pentabarf
from equalterms.programme.imports.dialects.raw import RawSchedule, broken

LARGEST = 64 * 1024 * 1024
DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")


def opened(path: Path) -> RawSchedule:
    """What the file at `path` says. Refuses what is no file, no text, or no schedule."""
    return read(content(path), json_by_name=path.suffix.lower() == ".json")


def read(raw: bytes, *, json_by_name: bool = False) -> RawSchedule:
    """What these bytes say, on the same terms."""
    text = decoded(raw)
    start = text.lstrip()[:1]
    if not start:
        raise broken("", "the file is empty")
    if start == "<":
        return pentabarf.read(text)
    if start in {"{", "["} or json_by_name:
        return frab.read(text)
    raise broken("line 1", "this is neither XML nor JSON, so no schedule.xml or schedule.json")


def content(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise broken("", "this is a folder, not a file")
        if not path.exists():
            raise broken("", "there is no such file")
        if not path.is_file():
            raise broken("", "this is not a regular file")
        if path.stat().st_size > LARGEST:
            raise broken("", f"the file is larger than {LARGEST // 1024 // 1024} MB")
        return path.read_bytes()
    except (OSError, ValueError) as wrong:
        reason = wrong.strerror if isinstance(wrong, OSError) and wrong.strerror else "not a path"
        raise broken("", f"it cannot be read ({reason})") from wrong


def decoded(raw: bytes) -> str:
    """Text by the file's byte order mark or declaration, else UTF-8."""
    name = encoding(raw)
    try:
        return raw.decode(name)
    except LookupError as wrong:
        raise broken("line 1", f"the encoding “{name}” is not one we know") from wrong
    except UnicodeDecodeError as wrong:
        line = raw[: wrong.start].decode(name, "ignore").count("\n") + 1
        raise broken(f"line {line}", f"byte {wrong.start} is not {name}: {wrong.reason}") from wrong
    except UnicodeError as wrong:
        raise broken("line 1", f"this is not text in {name}") from wrong


def encoding(raw: bytes) -> str:
    """The name of the encoding, as a decoder that drops the byte order mark."""
    if raw.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    guessed = json.detect_encoding(raw)
    if guessed != "utf-8":
        return guessed
    declared = DECLARED.match(raw.lstrip()[:400])
    return declared[1].decode() if declared else "utf-8"
