"""What lies packed inside bytes: compressed members, mail, encoded blocks."""

import quopri
import re
import zlib
from base64 import b64decode
from binascii import Error
from collections.abc import Iterator
from contextlib import suppress

import brotli

MEMBER = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]")
BLOCK = re.compile(rb"(?:[A-Za-z0-9+/]{60,76}\r?\n)+[A-Za-z0-9+/]{0,76}={0,2}")
QUOTED = re.compile(rb"=\r?\n|=[0-9A-F]{2}")
MOST = 4 * 1024 * 1024
DEEPEST = 3


def unpacked(blob: bytes, depth: int = 0) -> Iterator[bytes]:
    """`blob` itself, then whatever is packed in it, and what is packed in that."""
    yield blob
    if depth < DEEPEST:
        for inner in _inside(blob):
            yield from unpacked(inner, depth + 1)


def _inside(blob: bytes) -> Iterator[bytes]:
    whole = memoryview(blob)
    for member in MEMBER.finditer(blob):
        with suppress(zlib.error):
            # 32: gzip or zlib, as its first bytes say.
            begin = member.start()
            content = zlib.decompressobj(wbits=32 + 15).decompress(whole[begin : begin + MOST], MOST)
            if len(content) > 4:
                yield content
    if 4 < len(blob) < MOST:
        with suppress(brotli.error):
            yield brotli.decompress(blob)
    for block in BLOCK.finditer(blob):
        with suppress(Error):
            yield b64decode(block.group())
    if len(blob) < MOST and len(QUOTED.findall(blob)) > 1 and b"\0" not in blob:
        yield quopri.decodestring(blob)
