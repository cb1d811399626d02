"""docs/anonymity.md says, table by table, what is stored: compared with the models themselves."""

import re

from django.apps import apps
from tests.architecture.tree import ROOT

PAGE = (ROOT / "docs" / "anonymity.md").read_text()
ROW = re.compile(r"^\| `(\w+)` \| ([\w, ]+) \| ([ASPM, ]+) \|", re.MULTILINE)


def said() -> dict[str, set[str]]:
    return {table: set(columns.split(", ")) for table, columns, _ in ROW.findall(PAGE)}


def test_the_page_names_every_table_and_every_column() -> None:
    kept = {
        model._meta.db_table: {field.column for field in model._meta.concrete_fields}
        for model in apps.get_models(include_auto_created=True)
    }

    assert said() == kept


def test_the_page_marks_as_askers_every_table_an_asker_causes() -> None:
    theirs = {table for table, _, whose in ROW.findall(PAGE) if "A" in whose}

    assert {table.partition("_")[0] for table in theirs} == {"questions", "threads", "safety", "bookings"}
    assert theirs >= {"questions_question", "threads_comment", "safety_review", "safety_receipt"}


def test_the_page_says_what_cannot_be_promised_and_what_needs_people() -> None:
    headings = re.findall(r"^## (.+)$", PAGE, re.MULTILINE)

    assert {"What cannot be promised", "What needs people, not software"} <= set(headings)
    for duty in ("lived experience", "impact assessment", "Online Safety Act", "999"):
        assert duty in PAGE
