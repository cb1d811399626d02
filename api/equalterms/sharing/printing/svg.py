"""Sheets as SVG: words stay words, and codes are one path."""

import unicodedata
from html import escape

from equalterms.sharing.printing.codes import runs_of
from equalterms.sharing.printing.sheets import MM, Code, Cut, Piece, Sheet, Text

FONTS = "Bitstream Vera Sans, DejaVu Sans, Verdana, Arial, sans-serif"
# What XML has no place for, even escaped.
UNSPEAKABLE = {ord(letter): None for letter in "\ufffe\uffff"} | dict.fromkeys(range(0xD800, 0xE000))


def drawn(sheet: Sheet) -> str:
    """The sheet at its size on paper; the same sheet is always the same text."""
    width, height = (f"{length / MM:.4g}mm" for length in (sheet.width, sheet.height))
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        f' viewBox="0 0 {_n(sheet.width)} {_n(sheet.height)}" xml:lang="{_words(sheet.language)}"'
        f' font-family="{FONTS}" text-anchor="middle">'
    )
    paper = '<rect width="100%" height="100%" fill="#fff"/>'
    body = "\n".join(_piece(piece) for piece in sheet.pieces)
    return f"{head}\n<title>{_words(sheet.title)}</title>\n{paper}\n{body}\n</svg>\n"


def _piece(piece: Piece) -> str:
    if isinstance(piece, Text):
        return _text(piece)
    if isinstance(piece, Code):
        return _code(piece)
    return _cut(piece)


def _text(piece: Text) -> str:
    weight = ' font-weight="bold"' if piece.bold else ""
    way = ' direction="rtl"' if is_rtl(piece.words) else ""
    place = f'x="{_n(piece.x)}" y="{_n(piece.y)}" font-size="{_n(piece.size)}"'
    return f"<text {place}{weight}{way}>{_words(piece.words)}</text>"


def _code(piece: Code) -> str:
    side, runs = runs_of(piece.address)
    dark = "".join(f"M{run.x} {run.y}h{run.length}v1h-{run.length}z" for run in runs)
    scale = f"translate({_n(piece.x)} {_n(piece.y)}) scale({piece.size / side:.5f})"
    title = f"<title>{_words(piece.address)}</title>"
    return f'<path transform="{scale}" shape-rendering="crispEdges" d="{dark}">{title}</path>'


def _cut(piece: Cut) -> str:
    line = f'x1="{_n(piece.x)}" y1="{_n(piece.y)}" x2="{_n(piece.to_x)}" y2="{_n(piece.to_y)}"'
    return f'<line {line} stroke="#999" stroke-width="0.5" stroke-dasharray="4 4"/>'


def is_rtl(words: str) -> bool:
    """Whether the first letter that has a direction runs from right to left."""
    ways = (unicodedata.bidirectional(letter) for letter in words)
    return next((way for way in ways if way in {"L", "R", "AL"}), "L") != "L"


def _words(words: str) -> str:
    return escape(words.translate(UNSPEAKABLE))


def _n(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
