"""The report as one table."""

import csv
from typing import Any

import pytest
from tests.api.sharing.reporting.days import a_day, an_answered_question
from tests.makers import a_session, an_event

from equalterms.programme.models import Event
from equalterms.sharing.reporting.rules import report_of
from equalterms.sharing.reporting.tables import COLUMNS, as_csv, harmless


def table(event: Event) -> list[dict[str, Any]]:
    said = as_csv(report_of(event))
    assert said[0] == "\ufeff"
    return list(csv.DictReader(said[1:].splitlines(keepends=True)))


@pytest.mark.django_db
def test_there_is_a_row_for_the_day_and_each_session_theme_label_and_question() -> None:
    rows = table(a_day())

    assert [(row["row"], row["title"]) for row in rows] == [
        ("day", "Open day"),
        ("session", "Surgery"),
        ("session", "Talk"),
        ("theme", "Safety"),
        ("label", "Passwords"),
        ("label", "Privacy"),
        ("question", "How do I block someone?"),
    ]
    assert list(rows[0]) == COLUMNS
    assert (rows[0]["served"], rows[0]["heads"], rows[1]["served"]) == ("7", "11", "3")
    assert (rows[4]["surgeons"], rows[6]["answers"]) == ("2", "the organisers: In the settings.")


@pytest.mark.django_db
def test_hours_are_those_on_the_venues_wall() -> None:
    event = an_event(timezone="Asia/Tokyo")  # nine hours before London's winter, and the whole year

    assert table(event)[0]["starts"][11:] == "18:00"


@pytest.mark.django_db
def test_nothing_that_people_wrote_is_a_formula() -> None:
    event = an_event(title="=1+1")
    session = a_session(event, title="@SUM(A1)", track="+44")
    an_answered_question(session, '=HYPERLINK("https://x.example")', "-2+3")

    cells = [cell for row in table(event) for cell in row.values()]

    assert [cell for cell in cells if cell[:1] in set("=+-@")] == []
    assert "'=1+1" in cells


@pytest.mark.parametrize("said", ["=1", "+1", "-1", "@a", "\t=1", "\r=1", " =1", "\uff1d1", "|a", "%a"])
def test_a_cell_that_begins_like_a_formula_is_made_words(said: str) -> None:
    assert harmless(said) == f"'{said}"


@pytest.mark.parametrize("said", ["a=1", "", "1", 5, -5])
def test_other_cells_stay_as_they_are(said: object) -> None:
    assert harmless(said) == said
