import json
from pathlib import Path

import pytest

from equalterms.safety.care.phrases import calls_for_care, normalise, phrase_in

LINES = [
    json.loads(line)
    for line in (Path(__file__).parents[3] / "vectors" / "phrases.jsonl").read_text().splitlines()
]


def test_most_of_what_is_about_ones_own_life_is_found() -> None:
    own = [line["text"] for line in LINES if line["tier"] == 1]

    found = [text for text in own if (phrase_in(text) or (0,))[0] == 1]

    assert len(own) >= 30
    assert len(found) / len(own) >= 0.95


def test_few_everyday_lines_are_taken_for_distress() -> None:
    everyday = [line["text"] for line in LINES if line["tier"] in (0, 3)]

    false = [text for text in everyday if calls_for_care(text)]

    assert len(everyday) >= 30
    assert len(false) / len(everyday) <= 0.10


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
