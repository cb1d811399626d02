import pytest

from equalterms.safety.likeness import ALIKE, likeness, words_of

JUNK = "Buy 1000 cheap followers now at spam.example/a1"


def alike(one: str, other: str) -> bool:
    return likeness(words_of(one), words_of(other)) >= ALIKE


@pytest.mark.parametrize(
    "other",
    [
        JUNK,
        "BUY 7 CHEAP FOLLOWERS NOW!!! at spam.example/zz9",
        "buy cheap followers now, spam.example",
        "Buy 1000 cheap followers now at spam.example/a1 xkqj",
        "now followers cheap: buy at spam.example",
    ],
)
def test_a_text_with_a_number_or_a_stray_word_changed_is_alike(other: str) -> None:
    assert alike(JUNK, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("How do I block someone on Facebook?", "How do I block someone on Instagram?"),
        ("How do I tell my manager?", "How do I tell my mum?"),
        ("What is this?", "Who are they?"),
        (JUNK, "How many followers does a charity need?"),
        ("1", "2"),
        ("", "Anything at all"),
    ],
)
def test_what_people_ask_in_their_own_words_is_not(one: str, other: str) -> None:
    assert not alike(one, other)


def test_the_same_question_asked_a_little_otherwise_is_alike() -> None:
    assert alike("How do I block someone on Facebook?", "Can I block someone on Facebook, please?")
    assert alike("I can't sleep", "i can\u2019t sleep")


@pytest.mark.parametrize("text", ["?!", "\U0001f600 \U0001f600", "12 34", "the of and"])
def test_a_text_without_telling_words_is_alike_to_itself_only(text: str) -> None:
    assert alike(text, text)
    assert not alike(text, "\U0001f621 something else")
