from collections.abc import Callable

import pytest
from tests.vectors.phrases import lines

from equalterms.safety.care.phrases import calls_for_care, normalise, phrase_in

LINES = lines()


def share(test: Callable[[str], bool], *tiers: int, fresh: bool = False) -> float:
    """The share of the corpus' lines of these tiers that pass `test`."""
    texts = [
        line["text"] for line in LINES if line["tier"] in tiers and bool(line.get("fresh", False)) == fresh
    ]
    return sum(test(text) for text in texts) / len(texts)


def is_about_ones_own_life(text: str) -> bool:
    return (phrase_in(text) or (0,))[0] == 1


def test_care_01_the_corpus_is_large_and_every_line_of_it_differs() -> None:
    counts = [sum(line["tier"] == tier for line in LINES) for tier in (0, 1, 2, 3)]

    assert len({normalise(line["text"]) for line in LINES}) == len(LINES) >= 300
    assert all(count >= least for count, least in zip(counts, (150, 100, 70, 20), strict=True))


def test_care_01_most_of_what_is_about_ones_own_life_is_found() -> None:
    assert share(is_about_ones_own_life, 1) >= 0.95


def test_care_01_most_distress_is_found() -> None:
    assert share(calls_for_care, 2) >= 0.90


def test_care_01_few_everyday_lines_are_taken_for_distress() -> None:
    assert share(calls_for_care, 0, 3) <= 0.05


def test_care_01_of_lines_the_book_was_not_written_with_it_finds_less_than_half_and_we_say_so() -> None:
    """An honest figure, told in docs/anonymity.md; these lines are never used to change the book."""
    assert 0.40 <= share(calls_for_care, 1, 2, fresh=True) < 0.95
    assert share(calls_for_care, 0, 3, fresh=True) <= 0.05


def test_care_01_both_twins_find_the_same_in_every_line() -> None:
    """The app's twin is held to the same file (tests/pwa/safety/phrases.test.ts)."""
    found = {line["text"]: (phrase_in(line["text"]) or (0, None))[1] for line in LINES}

    assert found == {line["text"]: line["found"] for line in LINES}


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("I wanna d!e", "i wanna die"),
        ("sui\u200bcidal", "suicidal"),
        ("don\u2019t", "don't"),
        ("Café sooooo", "cafe soo"),
        ("£5 / 10 %", "5 10"),
    ],
)
def test_words_are_compared_in_one_plain_form(text: str, normal: str) -> None:
    assert normalise(text) == normal


def test_a_very_long_text_is_read_in_one_pass() -> None:
    assert phrase_in("i " * 5000 + "want " * 5000) is None
