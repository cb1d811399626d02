"""Sheets as SVG."""

import re
import xml.etree.ElementTree as ET

import pytest
import segno
from tests.api.sharing.printing.words import words

from equalterms.sharing.printing.codes import MASK, QUIET
from equalterms.sharing.printing.sheets import card, poster, tiled
from equalterms.sharing.printing.svg import drawn, is_rtl

SVG = "{http://www.w3.org/2000/svg}"


def parsed(drawing: str) -> ET.Element:
    return ET.fromstring(drawing)  # noqa: S314 - our own drawing


def said(drawing: str) -> list[str]:
    return [text.text or "" for text in parsed(drawing).iter(f"{SVG}text")]


def test_a_poster_says_what_when_where_how_and_whom_to_call() -> None:
    lines = said(drawn(poster(words(subtitle="For everybody"))))

    assert lines == [
        "Open day",
        "For everybody",
        "Saturday 1 May 2027, 09:00 to 17:00",
        "Town hall",
        "Scan this.",
        "No account, no name.",
        "Or go to day.example.org/e/abcd",
        "Need help right now? Samaritans 116 123",
    ]


def test_it_has_the_size_of_the_paper_and_the_language_of_the_day() -> None:
    root = parsed(drawn(poster(words())))

    assert (root.get("width"), root.get("height")) == ("210mm", "297mm")
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "en-GB"
    assert root.findtext(f"{SVG}title") == "Open day"


def test_the_code_is_drawn_square_by_square() -> None:
    address = "https://day.example.org/e/leeds"
    code = segno.make_qr(address, error="q", boost_error=False, mask=MASK)
    (path,) = parsed(drawn(poster(words(address=address)))).iter(f"{SVG}path")

    dark = {
        (int(x) + step, int(y))
        for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", path.attrib["d"])
        for step in range(int(length))
    }

    there = enumerate(code.matrix_iter(border=QUIET))
    assert dark == {(x, y) for y, row in there for x, square in enumerate(row) if square}
    assert path.findtext(f"{SVG}title") == address


def test_words_stay_words_whatever_they_hold() -> None:
    title = "</text><script>alert(1)</script> & \"quotes\" 'too' \ufffe"

    drawing = drawn(card(words(title=title)))

    assert [tag for tag in parsed(drawing).iter() if "script" in tag.tag] == []
    assert "".join(said(drawing)).startswith("</text><script>alert(1)</script> &")


def test_words_that_run_from_right_to_left_say_so() -> None:
    title = "مرحبا بكم في الجلسة"
    root = parsed(drawn(card(words(title=title))))

    turned = [text.text for text in root.iter(f"{SVG}text") if text.get("direction") == "rtl"]

    assert " ".join(line or "" for line in turned) == title


@pytest.mark.parametrize(
    ("line", "turned"),
    [("שלום", True), ("12 שלום", True), ("Hello שלום", False), ("2027", False), ("", False)],
)
def test_the_first_letter_decides_which_way_a_line_runs(line: str, turned: bool) -> None:
    assert is_rtl(line) is turned


def test_the_same_words_are_the_same_drawing() -> None:
    assert drawn(poster(words())) == drawn(poster(words()))


def test_lines_to_cut_along_are_drawn() -> None:
    (page,) = tiled([card(words())])

    assert len(list(parsed(drawn(page)).iter(f"{SVG}line"))) == 2
