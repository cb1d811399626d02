"""The report over the wire."""

from typing import Any

import pytest
from tests.api.sharing.reporting.days import a_day
from tests.makers import a_role, an_event
from tests.staff import Caller, problem

from equalterms.bookings.models import HelpGiven

pytestmark = pytest.mark.django_db
KINDS = ("report/", "report.csv", "report.md")


def test_an_organiser_reads_it_in_one_press() -> None:
    event = a_day()

    report: dict[str, Any] = Caller(a_role(event)).get("desk/events/open-day/report/").json()

    assert set(report) == {
        "event", "rehearsal", "purged", "total", "sessions", "themes", "labels", "helped", "answered",
    }  # fmt: skip
    assert report["total"] == {
        "served": 7, "here": 3, "left": 1, "heads": 11, "shown": 2, "answered": 1, "comments": 1,
    }  # fmt: skip
    assert [one["session"]["title"] for one in report["sessions"]] == ["Surgery", "Talk"]
    assert report["themes"][0]["theme"] == "Safety"
    assert report["labels"] == [
        {"label": "Passwords", "surgeons": 2},
        {"label": "Privacy", "surgeons": 1},
    ]


def test_a_question_in_it_tells_nothing_of_when_or_by_whom_it_was_asked() -> None:
    event = a_day()

    (question,) = Caller(a_role(event)).get("desk/events/open-day/report/").json()["answered"]

    assert set(question) == {"id", "session", "text", "warning", "votes", "answers"}
    assert question["answers"] == [{"by": "the organisers", "text": "In the settings.", "spoken": False}]


@pytest.mark.parametrize(
    ("kind", "media", "name"),
    [
        ("report.csv", "text/csv; charset=utf-8", "open-day-report.csv"),
        ("report.md", "text/markdown; charset=utf-8", "open-day-report.md"),
    ],
)
def test_files_come_under_the_days_own_name(kind: str, media: str, name: str) -> None:
    event = a_day()

    answer = Caller(a_role(event)).get(f"desk/events/{event.code}/{kind}")

    assert (answer.status_code, answer["Content-Type"]) == (200, media)
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_for_organisers(kind: str) -> None:
    event = an_event()
    path = f"desk/events/{event.slug}/{kind}"

    assert problem(Caller(a_role(event, "moderator")).get(path)) == (403, "not-yours")
    assert problem(Caller().get(path)) == (401, "not-signed-in")


def test_how_many_were_helped_with_what_is_told_in_steps_in_every_form() -> None:
    event = an_event(slug="helped")
    organiser = Caller(a_role(event))
    for label, people in (("Photos", 7), ("Wills", 1)):
        HelpGiven.objects.create(event=event, label=label, people=people)
    path = "desk/events/helped/report"

    told = organiser.get(f"{path}/").json()["helped"]
    table = organiser.get(f"{path}.csv").content.decode()
    prose = organiser.get(f"{path}.md").content.decode()

    assert told == [
        {"label": "Photos", "people": {"least": 5, "most": 9}},
        {"label": "Wills", "people": {"least": 0, "most": 4}},
    ]
    assert [row for row in table.splitlines() if row.startswith("helped")] == [
        "helped,Photos,,,,,5,,,,,,,,", "helped,Wills,,,,,0,,,,,,,,",
    ]  # fmt: skip
    assert "- What people were helped with: Photos (5 to 9), Wills (at most 4)." in prose.splitlines()
