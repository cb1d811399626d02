"""Real pictures, as phones and hostile people send them."""

import random
from io import BytesIO
from typing import Any

from PIL import Image

GPS, ORIENTATION, MAKER = 0x8825, 0x0112, 0x010F
RED, BLUE = (200, 30, 40), (30, 40, 200)


def spelled(picture: Image.Image, kind: str = "JPEG", **more: Any) -> bytes:
    made = BytesIO()
    picture.save(made, kind, **more)
    return made.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


def plain(size: tuple[int, int] = (400, 300), kind: str = "JPEG", mode: str = "RGB") -> bytes:
    return spelled(Image.new("RGB", size, RED).convert(mode), kind)


def with_place(size: tuple[int, int] = (400, 300)) -> bytes:
    """A photo that says where it was taken, and by which phone."""
    exif = Image.Exif()
    exif[MAKER] = "Fairphone"
    exif[GPS] = {1: "N", 2: (53.0, 48.0, 0.0), 3: "W", 4: (1.0, 32.0, 0.0)}
    content = spelled(Image.new("RGB", size, RED), exif=exif, comment=b"at home")
    assert opened(content).getexif().get_ifd(GPS)[1] == "N"
    return content


def half_and_half(turn: int = 1) -> bytes:
    """Red above and blue below, with what a camera says of its way up."""
    picture = Image.new("RGB", (400, 400), RED)
    picture.paste(BLUE, (0, 200, 400, 400))
    exif = Image.Exif()
    exif[ORIENTATION] = turn
    return spelled(picture, exif=exif)


def noise(side: int = 800) -> bytes:
    pixels = random.Random(1).randbytes(side * side * 3)  # noqa: S311 - a picture, no secret
    return spelled(Image.frombytes("RGB", (side, side), pixels), "PNG")


def moving(kind: str) -> bytes:
    frames = [Image.new("RGB", (40, 40), colour) for colour in (RED, BLUE)]
    return spelled(frames[0], kind, save_all=True, append_images=frames[1:])
