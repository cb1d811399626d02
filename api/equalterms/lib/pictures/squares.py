"""A picture made anew as a small square JPEG: nothing of what was sent is left but what one sees."""

import struct
import threading
import warnings
import zlib
from io import BytesIO

from PIL import Image, ImageOps

from equalterms.lib.refusal import Refusal

SIDE = 320
MOST_BYTES = 40 * 1024
QUALITIES = (85, 75, 65, 55, 45, 35, 25, 15)
FORMATS = ("JPEG", "PNG", "WEBP")
# More than any phone's picture; unpacked, this is the most memory one of them takes.
MOST_PIXELS = 40_000_000
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)
# What Pillow raises at files that are torn, or made to harm.
TORN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    LookupError,
    OverflowError,
    TypeError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)
# The turns that a camera says in place of turning the picture.
ORIENTATION = 0x0112
# One at a time, so that a few large pictures do not fill the memory.
_one = threading.BoundedSemaphore(1)


def unreadable() -> Refusal:
    said = "We could not read this picture. Please choose a photo in JPEG, PNG or WebP that does not move."
    return Refusal("photo-unreadable", said, status=400)


def square(content: bytes) -> bytes:
    """The middle of a picture as a JPEG of 320 by 320, the way up that its camera says, 40 KB at most, and
    without anything else that was in the file: no place, no camera, no colour profile.

    Refuses `photo-unreadable` (400) for what is no JPEG, PNG or WebP, is torn, moves, or would unpack to
    more than 40 million pixels; and `busy` while others are at work.
    """
    if not _one.acquire(timeout=3):
        raise Refusal("busy", "Many photos are being made. Please try again.", status=503, retry_after=2)
    try:
        return _spelled(_small(content))
    except TORN as torn:
        raise unreadable() from torn
    finally:
        _one.release()


def _small(content: bytes) -> Image.Image:
    with Image.open(BytesIO(content), formats=FORMATS) as sent:
        width, height = sent.size
        if width * height > MOST_PIXELS or (sent.format in {"PNG", "WEBP"} and _moves(sent)):
            raise unreadable()
        turn = sent.getexif().get(ORIENTATION, 1)
        sent.draft("RGB", (2 * SIDE, 2 * SIDE))
        sent.load()
        return _upright(_cut(_plain(sent)), turn)


def _moves(picture: Image.Image) -> bool:
    return bool(getattr(picture, "n_frames", 1) > 1)


def _plain(picture: Image.Image) -> Image.Image:
    """In colours that can be made smaller; sixteen bits of grey become eight."""
    if picture.mode.startswith("I"):
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode in {"RGB", "L", "CMYK", "YCbCr", "RGBA"}:
        return picture
    return picture.convert("RGBA")


def _cut(picture: Image.Image) -> Image.Image:
    width, height = picture.size
    side = min(width, height)
    left, top = (width - side) // 2, (height - side) // 2
    box = (left, top, left + side, top + side)
    small = picture.resize((SIDE, SIDE), Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)
    fresh = Image.new("RGB", (SIDE, SIDE), "white")
    fresh.paste(small.convert("RGB"), mask=small.getchannel("A") if small.mode == "RGBA" else None)
    return fresh


def _upright(picture: Image.Image, turn: object) -> Image.Image:
    picture.getexif()[ORIENTATION] = turn
    return ImageOps.exif_transpose(picture)


def _spelled(picture: Image.Image) -> bytes:
    """The best that fits."""
    fresh = Image.new("RGB", picture.size)
    fresh.paste(picture)
    content = b""
    for quality in QUALITIES:
        made = BytesIO()
        fresh.save(made, "JPEG", quality=quality, optimize=True)
        content = made.getvalue()
        if len(content) <= MOST_BYTES:
            break
    return content
