"""Sheets as one PDF. Which letters it can draw, `letters` says."""

import threading
from collections.abc import Sequence
from typing import Any

from equalterms.lib.refusal import Refusal
from equalterms.sharing.printing.codes import runs_of
from equalterms.sharing.printing.letters import FACES, face
from equalterms.sharing.printing.sheets import Code, Cut, Sheet, Text

# One at a time: reportlab keeps its typefaces for the whole process.
_press = threading.Lock()
PATIENCE = 3.0


def drawn(sheets: Sequence[Sheet], title: str) -> bytes:
    """The sheets, one a page, with no date or id in them: the same sheets are always the same bytes. Refuses
    `busy` where others print at length."""
    if not _press.acquire(timeout=PATIENCE):
        said = "Others are printing just now. Please try again in a moment."
        raise Refusal("busy", said, status=503, retry_after=5)
    try:
        return _pressed(sheets, title)
    finally:
        _press.release()


def _pressed(sheets: Sequence[Sheet], title: str) -> bytes:
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415 - most processes never print

    for bold in FACES:
        face(bold=bold)
    canvas: Any = Canvas("", invariant=1, pageCompression=1)
    canvas.setTitle(title)
    canvas.setCreator("Equal Terms")
    for sheet in sheets:
        canvas.setPageSize((sheet.width, sheet.height))
        _sheet(canvas, sheet)
        canvas.showPage()
    made: bytes = canvas.getpdfdata()
    return made


def _sheet(canvas: Any, sheet: Sheet) -> None:
    for piece in sheet.pieces:
        if isinstance(piece, Text):
            canvas.setFont(FACES[piece.bold], piece.size)
            canvas.drawCentredString(piece.x, sheet.height - piece.y, piece.words)
        elif isinstance(piece, Code):
            _code(canvas, piece, sheet.height)
        else:
            _cut(canvas, piece, sheet.height)


def _code(canvas: Any, piece: Code, height: float) -> None:
    """In squares, from the lower left corner; reportlab itself would spell each number out, slowly."""
    side, runs = runs_of(piece.address)
    canvas.saveState()
    canvas.translate(piece.x, height - piece.y - piece.size)
    canvas.scale(piece.size / side, piece.size / side)
    squares = " ".join(f"{run.x} {side - 1 - run.y} {run.length} 1 re" for run in runs)
    canvas._code.append(f"{squares} f")
    canvas.restoreState()


def _cut(canvas: Any, piece: Cut, height: float) -> None:
    canvas.saveState()
    canvas.setDash(4, 4)
    canvas.setLineWidth(0.5)
    canvas.setStrokeGray(0.6)
    canvas.line(piece.x, height - piece.y, piece.to_x, height - piece.to_y)
    canvas.restoreState()
