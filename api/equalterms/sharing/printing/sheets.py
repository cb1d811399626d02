"""Where things stand on paper: in points, from the upper left corner."""

import re
from dataclasses import dataclass, replace

from equalterms.sharing.printing.letters import width
from equalterms.sharing.printing.wording import Printed

MM = 72 / 25.4
LEADING = 1.25


@dataclass(frozen=True)
class Text:
    """One line of words, centred on `x`, standing on `y`."""

    x: float
    y: float
    words: str
    size: float
    bold: bool = False


@dataclass(frozen=True)
class Code:
    """A QR code of an address, with its upper left corner at `x`, `y`."""

    x: float
    y: float
    size: float
    address: str


@dataclass(frozen=True)
class Cut:
    """A thin line to cut along."""

    x: float
    y: float
    to_x: float
    to_y: float


Piece = Text | Code | Cut


@dataclass(frozen=True)
class Sheet:
    width: float
    height: float
    pieces: tuple[Piece, ...]
    title: str
    language: str

    def scaled(self, factor: float) -> "Sheet":
        pieces = tuple(_scaled(piece, factor) for piece in self.pieces)
        return replace(self, width=self.width * factor, height=self.height * factor, pieces=pieces)


def _scaled(piece: Piece, factor: float) -> Piece:
    if isinstance(piece, Cut):
        return Cut(piece.x * factor, piece.y * factor, piece.to_x * factor, piece.to_y * factor)
    return replace(piece, x=piece.x * factor, y=piece.y * factor, size=piece.size * factor)


def _moved(piece: Piece, right: float, down: float) -> Piece:
    if isinstance(piece, Cut):
        return Cut(piece.x + right, piece.y + down, piece.to_x + right, piece.to_y + down)
    return replace(piece, x=piece.x + right, y=piece.y + down)


@dataclass(frozen=True)
class Style:
    """How words may stand: the largest and the smallest size, and how many lines at most."""

    largest: float
    smallest: float
    most: int
    bold: bool = False


class Column:
    """Fills a sheet from above: words wrapped and centred, and codes."""

    def __init__(self, wide: float, margin: float) -> None:
        self.middle, self.room = wide / 2, wide - 2 * margin
        self.y = margin
        self.pieces: list[Piece] = []

    def words(self, words: str, style: Style, after: float) -> None:
        if not words:
            return
        size, lines = fitted(words, self.room, style)
        for line in lines:
            self.y += size
            self.pieces.append(Text(self.middle, self.y, line, size, style.bold))
            self.y += size * (LEADING - 1)
        self.y += after

    def code(self, address: str, size: float, after: float) -> None:
        self.pieces.append(Code(self.middle - size / 2, self.y, size, address))
        self.y += size + after

    def sheet(self, height: float, printed: Printed) -> Sheet:
        return Sheet(self.middle * 2, height, tuple(self.pieces), printed.title, printed.language)


def fitted(words: str, room: float, style: Style) -> tuple[float, list[str]]:
    """The largest size at which the words fit, and their lines; cut where even the smallest is too large."""
    size = style.largest
    while len(lines := wrapped(words, room, size, bold=style.bold)) > style.most and size > style.smallest:
        size = max(size * 0.9, style.smallest)
    if len(lines) > style.most:
        last = lines[style.most - 1]
        while last and width(f"{last}…", size, bold=style.bold) > room:
            last = last[:-1]
        lines = [*lines[: style.most - 1], f"{last.rstrip()}…"]
    return size, lines


def wrapped(words: str, room: float, size: float, *, bold: bool = False) -> list[str]:
    """Lines that fit, broken between words; a word longer than a line is broken too."""
    lines = [""]
    for word in (
        part for whole in re.split(r"[ \t\n]+", words) for part in _parts(whole, room, size, bold=bold)
    ):
        longer = f"{lines[-1]} {word}".strip()
        if width(longer, size, bold=bold) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return [line for line in lines if line]


def _parts(word: str, room: float, size: float, *, bold: bool) -> list[str]:
    parts = [""]
    for letter in word:
        if parts[-1] and width(parts[-1] + letter, size, bold=bold) > room:
            parts.append("")
        parts[-1] += letter
    return parts


A4 = (210 * MM, 297 * MM)
A6 = (105 * MM, 148.5 * MM)
A5_OF_A6 = 2**0.5


def poster(printed: Printed) -> Sheet:
    """One A4 page to hang up: what, when, where, and a code to be read from across a room."""
    column = Column(A4[0], 40)
    column.words(printed.title, Style(46, 20, 4, bold=True), 6)
    column.words(printed.subtitle, Style(17, 12, 2), 6)
    column.words(printed.when, Style(19, 13, 2, bold=True), 2)
    column.words(printed.where, Style(17, 12, 2), 10)
    column.code(printed.address, min(380, A4[1] - column.y - 190), 4)
    column.words(printed.call, Style(22, 15, 1, bold=True), 2)
    column.words(printed.promise, Style(22, 15, 1, bold=True), 6)
    column.words(printed.typed, Style(17, 11, 2), 10)
    column.words(printed.help, Style(13, 10, 2), 4)
    column.words(printed.note, Style(9, 9, 2), 0)
    return column.sheet(A4[1], printed)


def card(printed: Printed, size: str = "a6") -> Sheet:
    """A card for a table, A6 or A5."""
    column = Column(A6[0], 20)
    column.words(printed.title, Style(20, 11, 4, bold=True), 3)
    column.words(printed.when, Style(10, 8, 2), 1)
    column.words(printed.where, Style(10, 8, 1), 4)
    column.code(printed.address, min(200, A6[1] - column.y - 100), 2)
    column.words(printed.call, Style(12, 9, 1, bold=True), 1)
    column.words(printed.promise, Style(12, 9, 1, bold=True), 3)
    column.words(printed.typed, Style(10, 7, 2), 4)
    column.words(printed.help, Style(7.5, 6.5, 2), 2)
    column.words(printed.note, Style(6, 6, 2), 0)
    sheet = column.sheet(A6[1], printed)
    return sheet.scaled(A5_OF_A6) if size == "a5" else sheet


def tiled(cards: list[Sheet], size: str = "a6") -> list[Sheet]:
    """A4 pages to cut: four cards of A6 on each, or two of A5."""
    wide, high = (A4[1], A4[0]) if size == "a5" else A4
    across, down = (2, 1) if size == "a5" else (2, 2)
    on_one = across * down
    pages = []
    for start in range(0, len(cards), on_one):
        pieces: list[Piece] = [Cut(wide / 2, 0, wide / 2, high)]
        pieces += [Cut(0, high / 2, wide, high / 2)] if down == 2 else []
        for number, one in enumerate(cards[start : start + on_one]):
            right, below = number % across * wide / across, number // across * high / down
            pieces += [_moved(piece, right, below) for piece in one.pieces]
        pages.append(Sheet(wide, high, tuple(pieces), cards[start].title, cards[start].language))
    return pages
