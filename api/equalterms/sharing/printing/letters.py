"""How wide words are, and which letters a PDF made here can draw.

Vera, which comes with reportlab, draws the Latin letters of western Europe and a few more. It has no Greek,
Cyrillic, Arabic, Hebrew, Indic or East Asian ones. An accent that it lacks is left out; a title in letters
that it lacks is not drawn at all, and the sheet says so. An SVG is drawn by whoever shows it, in the letters
of their own.
"""

import re
import unicodedata
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any

from equalterms.sharing.printing.wording import Printed

UNKNOWN_WIDTH = 0.62  # of the size of the type, for letters that Vera lacks
NOT_DRAWN = "The title is written in letters that this PDF cannot draw. Its SVG can."
FACES = {False: "Vera", True: "VeraBd"}


@cache
def face(*, bold: bool) -> Any:
    """The typeface, registered with reportlab when first needed: most processes never print."""
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415 - most processes never print
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415 - as above

    font = TTFont(FACES[bold], f"{FACES[bold]}.ttf")
    pdfmetrics.registerFont(font)
    return font.face


def width(words: str, size: float, *, bold: bool = False) -> float:
    """How wide these words are, about so where Vera lacks a letter."""
    return sum(_letter(letter, bold) for letter in words) * size / 1000


@lru_cache(maxsize=4096)
def _letter(letter: str, bold: bool) -> float:
    known = face(bold=bold)
    if ord(letter) in known.charToGlyph:
        return float(known.charWidths.get(ord(letter), known.defaultWidth))
    if unicodedata.combining(letter):
        return 0
    return 1000 if unicodedata.east_asian_width(letter) in "WF" else 1000 * UNKNOWN_WIDTH


def drawable(words: str) -> str:
    """The words as Vera can draw them, or nothing where it lacks a letter. Accents and pictures that it
    lacks are left out."""
    kept = []
    for letter in unicodedata.normalize("NFC", words):
        drawn = _drawn(letter)
        if drawn is None:
            return ""
        kept.append(drawn)
    return re.sub(" +", " ", "".join(kept)).strip()


def _drawn(letter: str) -> str | None:
    known = face(bold=True).charToGlyph
    if ord(letter) in known:
        return letter
    plain = "".join(part for part in unicodedata.normalize("NFKD", letter) if ord(part) in known)
    if plain:
        return plain
    return None if unicodedata.category(letter)[0] in "LN" else ""


def for_pdf(printed: Printed) -> Printed:
    """What a PDF can draw of it."""
    words = ("title", "subtitle", "when", "where", "call", "promise", "typed", "help")
    drawn = {name: drawable(getattr(printed, name)) for name in words}
    if not drawn["title"]:
        drawn |= {"title": printed.spare_title, "note": NOT_DRAWN}
    return replace(printed, **drawn)
