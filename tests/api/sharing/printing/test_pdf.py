"""Sheets as PDF."""

import base64
import re
import threading
import zlib

import pytest
from tests.api.sharing.printing.words import words

from equalterms.lib.refusal import Refusal
from equalterms.sharing.printing import pdf
from equalterms.sharing.printing.codes import runs_of
from equalterms.sharing.printing.letters import for_pdf
from equalterms.sharing.printing.sheets import card, poster, tiled


def pages(document: bytes) -> list[str]:
    """What each page draws."""
    streams = re.findall(
        rb"/ASCII85Decode /FlateDecode \]\s*/Length \d+\s*>>\s*stream\s*(.*?)endstream", document, re.DOTALL
    )
    opened = [zlib.decompress(base64.a85decode(stream.strip(), adobe=False)) for stream in plain(streams)]
    return [content.decode("latin-1") for content in opened if b" re" in content]


def plain(streams: list[bytes]) -> list[bytes]:
    return [stream.strip().removesuffix(b"~>") for stream in streams]


def test_every_sheet_is_a_page_of_its_size() -> None:
    document = pdf.drawn([poster(words()), card(words())], "Open day")

    assert document.startswith(b"%PDF-")
    sizes = re.findall(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]", document)
    assert [(round(float(wide)), round(float(high))) for wide, high in sizes] == [(595, 842), (298, 421)]


def test_the_code_is_drawn_square_by_square() -> None:
    side, runs = runs_of(words().address)

    (page,) = pages(pdf.drawn([poster(words())], "Open day"))

    drawn = {tuple(map(int, found)) for found in re.findall(r"(\d+) (\d+) (\d+) 1 re", page)}
    assert drawn == {(run.x, side - 1 - run.y, run.length) for run in runs}


def test_the_same_words_are_the_same_bytes_and_tell_no_time() -> None:
    sheets = tiled([card(words(title=title)) for title in ("One", "Café", "Three")])

    assert pdf.drawn(sheets, "Day") == pdf.drawn(sheets, "Day")
    assert b"20260" not in pdf.drawn(sheets, "Day")


def test_letters_it_cannot_draw_break_nothing() -> None:
    document = pdf.drawn([poster(for_pdf(words(title="Ещё один", where="漢字")))], "leeds")

    assert document.startswith(b"%PDF-")


def test_many_can_print_at_once_and_whoever_waits_too_long_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[bytes] = []
    printers = [
        threading.Thread(target=lambda: made.append(pdf.drawn([poster(words())], "Day"))) for _ in range(4)
    ]
    for printer in printers:
        printer.start()
    for printer in printers:
        printer.join()
    assert len(made) == 4
    assert len(set(made)) == 1

    monkeypatch.setattr(pdf, "PATIENCE", 0.01)
    with pdf._press, pytest.raises(Refusal, match="busy"):
        pdf.drawn([poster(words())], "Day")
