"""The report as Markdown."""

import pytest
from tests.api.sharing.reporting.days import a_day, an_answered_question
from tests.makers import a_session, an_event

from equalterms.sharing.reporting.prose import as_markdown, quoted, words
from equalterms.sharing.reporting.rules import report_of

pytestmark = pytest.mark.django_db


def test_it_tells_of_people_sessions_themes_and_answers() -> None:
    lines = as_markdown(report_of(a_day(venue="Town hall"))).splitlines()

    assert lines[0] == "# Open day"
    assert lines[2].endswith(", Town hall")
    assert [line for line in lines if line.startswith("#")] == [
        "# Open day",
        "## People",
        "## Sessions",
        "## Themes",
        "## Questions and answers",
        "### Surgery",
    ]
    assert "- 7 were helped at a table or took part in a session." in lines
    assert "- 11 were counted at the door." in lines
    assert any(line.startswith("| Surgery | ") and line.endswith(" | 3 | 11 | 1 | 1 |") for line in lines)
    assert "- What the surgeons help with: Passwords (2), Privacy (1)." in lines
    answer = ["> How do I block someone?", "", "the organisers wrote:", "", "In the settings\\."]
    assert lines[-6:-1] == answer


def test_a_day_without_anything_leaves_out_what_is_not_there() -> None:
    said = as_markdown(report_of(an_event()))

    assert [line for line in said.splitlines() if line.startswith("##")] == ["## People"]


def test_a_rehearsal_and_a_purged_day_say_so() -> None:
    assert "in rehearsal" in as_markdown(report_of(an_event(rehearsal=True)))
    assert "only what is still public" in as_markdown(report_of(an_event(purged=True)))


def test_nothing_that_people_wrote_is_markup() -> None:
    session = a_session(title="A | B <b>")
    an_answered_question(
        session, "# Head\n\n- [link](https://x.example)", "<script>\n* one", warning="*loud*"
    )

    lines = as_markdown(report_of(session.event)).splitlines()

    assert "> \\# Head" in lines
    assert "> \\- \\[link\\]\\(https\\://x\\.example\\)" in lines
    assert "&lt;script&gt;" in lines
    assert "\\* one" in lines
    assert "*Content warning: \\*loud\\**" in lines
    assert "### A \\| B &lt;b&gt;" in lines


def test_words_are_one_line() -> None:
    assert words("one\n two\tthree") == "one two three"


def test_every_paragraph_is_quoted() -> None:
    assert list(quoted("one\n\ntwo", "> ")) == ["> one", ">", "> two"]
