"""Where things stand on paper."""

import pytest
from tests.api.sharing.printing.words import words

from equalterms.sharing.printing.letters import width
from equalterms.sharing.printing.sheets import (
    A4,
    A6,
    Code,
    Cut,
    Sheet,
    Style,
    Text,
    card,
    fitted,
    poster,
    tiled,
    wrapped,
)

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


def texts(sheet: Sheet) -> list[Text]:
    return [piece for piece in sheet.pieces if isinstance(piece, Text)]


def code(sheet: Sheet) -> Code:
    (found,) = (piece for piece in sheet.pieces if isinstance(piece, Code))
    return found


def test_words_wrap_between_words_and_lose_none() -> None:
    said = "One two three four five six"

    lines = wrapped(said, 60, 12)

    assert len(lines) > 1
    assert " ".join(lines) == said
    assert max(width(line, 12) for line in lines) <= 60


def test_a_word_longer_than_a_line_is_broken() -> None:
    lines = wrapped(LONG, 100, 12)

    assert "".join(lines) == LONG
    assert max(width(line, 12) for line in lines) <= 100


def test_what_must_stay_together_does() -> None:
    assert wrapped("Call 116\u00a0123 now", 60, 12) == ["Call", "116\u00a0123", "now"]


def test_long_words_are_set_smaller_and_cut_only_at_the_last() -> None:
    style = Style(20, 10, 2)

    assert fitted("Short", 100, style) == (20, ["Short"])
    smaller, both = fitted("A title of some words", 100, style)
    smallest, cut = fitted("word " * 40, 100, style)

    assert 10 <= smaller < 20
    assert " ".join(both) == "A title of some words"
    assert (smallest, len(cut), cut[-1][-1]) == (10, 2, "…")
    assert width(cut[-1], 10) <= 100


@pytest.mark.parametrize("make", [poster, card])
@pytest.mark.parametrize(
    "title", ["Open day", "word " * 60, LONG * 3, "م" * 200, "漢字" * 100], ids=lambda title: title[:8]
)
def test_everything_stays_on_the_paper_and_the_code_large_however_long_the_title(
    make: "type[Sheet]", title: str
) -> None:
    long = "a place with a name that goes on and on " * 6
    sheet = make(words(title=title, subtitle=long, where=long, help=long, typed=long, note=long))  # type: ignore[call-arg, arg-type]

    assert max(text.y for text in texts(sheet)) < sheet.height
    assert max(width(text.words, text.size, bold=text.bold) for text in texts(sheet)) <= sheet.width
    assert code(sheet).size > sheet.width * 0.35
    below = [text for text in texts(sheet) if text.y > code(sheet).y]
    assert min(text.y - text.size for text in below) >= code(sheet).y + code(sheet).size - 1


def test_a_card_of_a5_is_one_of_a6_made_larger() -> None:
    small, large = card(words()), card(words(), "a5")

    assert (large.height, large.width) == pytest.approx((small.height * 2**0.5, small.width * 2**0.5))
    assert code(large).size == pytest.approx(code(small).size * 2**0.5)


@pytest.mark.parametrize(("size", "on_one", "pages"), [("a6", 4, 2), ("a5", 2, 3)])
def test_cards_lie_on_a4_to_be_cut(size: str, on_one: int, pages: int) -> None:
    cards = [card(words(address=f"https://day.example.org/s/{number}"), size) for number in range(5)]

    sheets = tiled(cards, size)

    assert len(sheets) == pages
    assert {tuple(sorted((sheet.width, sheet.height))) for sheet in sheets} == {A4}
    codes = [[piece for piece in sheet.pieces if isinstance(piece, Code)] for sheet in sheets]
    assert [len(found) for found in codes] == [min(on_one, 5 - on_one * page) for page in range(pages)]
    assert [one.address[-1] for found in codes for one in found] == list("01234")
    assert any(isinstance(piece, Cut) for piece in sheets[0].pieces)
    assert max(one.x + one.size for found in codes for one in found) < sheets[0].width


def test_nothing_is_to_cut_on_one_card() -> None:
    assert tiled([]) == []
    assert not any(isinstance(piece, Cut) for piece in card(words()).pieces)
    assert (card(words()).width, card(words()).height) == A6


def test_cut_lines_grow_with_their_sheet() -> None:
    sheet = Sheet(10, 10, (Cut(0, 5, 10, 5),), "", "")

    assert sheet.scaled(2).pieces == (Cut(0, 10, 20, 10),)
