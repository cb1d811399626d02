"""Which letters can be drawn, and how wide they are."""

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from tests.api.sharing.printing.words import words

from equalterms.sharing.printing.letters import NOT_DRAWN, drawable, face, for_pdf, width


def test_words_are_as_wide_as_they_are_drawn() -> None:
    face(bold=True)

    assert width("Scan this.", 20, bold=True) == pytest.approx(stringWidth("Scan this.", "VeraBd", 20))


def test_letters_that_are_not_known_are_guessed() -> None:
    assert width("漢", 10) == 10
    assert width("ж", 10) == pytest.approx(6.2)
    assert width("\u0301", 10) == 0


@pytest.mark.parametrize(
    ("said", "drawn"),
    [
        ("Café “Škoda”", "Café “Škoda”"),
        ("Dŵr", "Dwr"),
        ("Łódź", "Łódz"),
        ("Hello 👋 you", "Hello you"),
        ("Ещё один", ""),
        ("مرحبا", ""),
        ("Tea 漢", ""),
        ("116\u00a0123", "116\u00a0123"),
    ],
)
def test_what_cannot_be_drawn_is_left_out_or_not_drawn_at_all(said: str, drawn: str) -> None:
    assert drawable(said) == drawn


def test_a_title_that_cannot_be_drawn_is_said_to_be() -> None:
    ready = for_pdf(words(title="Ещё один", where="Клуб"))

    assert (ready.title, ready.where, ready.note) == ("leeds", "", NOT_DRAWN)
    assert drawable(NOT_DRAWN) == NOT_DRAWN


def test_a_title_that_can_be_needs_no_note() -> None:
    assert for_pdf(words()) == words()
