import struct
import zlib

import pytest
from PIL import Image
from tests.pictures import BLUE, RED, half_and_half, moving, noise, opened, plain, spelled, with_place

from equalterms.lib.pictures import squares
from equalterms.lib.pictures.squares import MOST_BYTES, square
from equalterms.lib.refusal import Refusal


def near(pixel: object, colour: tuple[int, int, int]) -> bool:
    assert isinstance(pixel, tuple)
    return all(abs(one - other) < 25 for one, other in zip(pixel, colour, strict=True))


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def a_bomb(side: int = 30_000) -> bytes:
    """A small file that says it is a picture of 900 million pixels."""
    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(100_000)))


def test_where_a_photo_was_taken_and_by_what_is_left_out() -> None:
    sent = with_place()
    assert b"Fairphone" in sent

    kept = square(sent)

    picture = opened(kept)
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (320, 320))
    assert dict(picture.getexif()) == {}
    assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert [word for word in (b"Fairphone", b"Exif", b"GPS", b"at home") if word in kept] == []


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("size", [(1, 1), (320, 320), (4000, 30), (30, 1000), (1200, 900)])
def test_any_picture_becomes_a_small_square(kind: str, size: tuple[int, int]) -> None:
    kept = square(plain(size, kind))

    assert opened(kept).size == (320, 320)
    assert near(opened(kept).getpixel((160, 160)), RED)
    assert len(kept) <= MOST_BYTES


@pytest.mark.parametrize(
    ("mode", "kind"),
    [
        ("L", "JPEG"),
        ("CMYK", "JPEG"),
        ("1", "PNG"),
        ("LA", "PNG"),
        ("P", "PNG"),
        ("RGBA", "PNG"),
        ("RGBA", "WEBP"),
    ],
)
def test_however_its_colours_are_kept(mode: str, kind: str) -> None:
    assert opened(square(plain((50, 40), kind, mode))).mode == "RGB"


def test_sixteen_bits_of_grey_stay_grey() -> None:
    kept = square(spelled(Image.new("I;16", (40, 40), 0x8000), "PNG"))

    assert near(opened(kept).getpixel((5, 5)), (128, 128, 128))


def test_what_one_sees_through_is_white() -> None:
    kept = square(spelled(Image.new("RGBA", (40, 40), (0, 0, 0, 0)), "PNG"))

    assert near(opened(kept).getpixel((5, 5)), (255, 255, 255))


@pytest.mark.parametrize(
    ("turn", "above", "left"),
    [(1, RED, None), (3, BLUE, None), (6, None, BLUE), (8, None, RED)],
    ids=["upright", "over", "clockwise", "anticlockwise"],
)
def test_it_stands_the_way_up_the_camera_says(turn: int, above: object, left: object) -> None:
    picture = opened(square(half_and_half(turn)))

    if above:
        assert near(picture.getpixel((160, 20)), above)  # type: ignore[arg-type]
    if left:
        assert near(picture.getpixel((20, 160)), left)  # type: ignore[arg-type]


def test_the_middle_is_kept() -> None:
    picture = Image.new("RGB", (900, 300), BLUE)
    picture.paste(RED, (300, 0, 600, 300))

    kept = opened(square(spelled(picture)))

    assert [near(kept.getpixel(spot), RED) for spot in ((4, 160), (160, 160), (315, 160))] == [True] * 3


def test_even_noise_stays_small() -> None:
    assert len(square(noise())) <= MOST_BYTES


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\xff\xd8\xff\xe0 not a photo",
        plain()[:400],
        plain(kind="PNG")[:-30],
        plain(kind="GIF"),
        plain(kind="TIFF"),
        moving("GIF"),
        moving("PNG"),
        moving("WEBP"),
        a_bomb(),
        a_bomb(7_000),
    ],
    ids=[
        "nothing", "svg", "not-a-photo", "torn-jpeg", "torn-png", "gif", "tiff", "moving-gif", "moving-png",
        "moving-webp", "bomb", "smaller-bomb",
    ],
)  # fmt: skip
def test_what_is_no_still_photo_is_refused(content: bytes) -> None:
    with pytest.raises(Refusal) as refusal:
        square(content)

    assert (refusal.value.status, refusal.value.code) == (400, "photo-unreadable")


def test_one_is_made_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    class Taken:
        def acquire(self, timeout: float) -> bool:
            return False

    monkeypatch.setattr(squares, "_one", Taken())
    with pytest.raises(Refusal) as refusal:
        square(plain())

    assert (refusal.value.status, refusal.value.code, refusal.value.retry_after) == (503, "busy", 2)
