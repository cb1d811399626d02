"""Somebody to turn to: numbers that can be dialled, of the day's own choosing, and not out of date."""

import re
import shutil
import subprocess
from datetime import date, timedelta
from typing import Any

import pytest
from tests.architecture.tree import ROOT
from tests.makers import a_role, an_event
from tests.staff import Caller, fields

from equalterms.config.demo.content import leeds
from equalterms.programme.rules import UK_HELP_LINES, UK_REVIEWED, first_help_lines

LONGEST = timedelta(days=180)
# What `tel:` and `sms:` can carry once the spaces are taken out (RFC 3966, RFC 5724).
NUMBER = re.compile(r"\+?[0-9]{2,15}")
RELEASE = re.compile(r"^## \[?v?\d+\.\d+\S* .*?(\d{4}-\d\d-\d\d)", re.MULTILINE)


def unusable(lines: Any) -> list[str]:
    """The names of lines that nobody could reach."""
    return [
        line["name"]
        for line in lines
        if not (line["tel"] or line["sms"])
        or any(
            number and not NUMBER.fullmatch(number.replace(" ", "")) for number in (line["tel"], line["sms"])
        )
        or not line["url"].startswith("https://")
    ]


def test_care_03_every_number_we_start_with_can_be_called_or_texted() -> None:
    wrong = {"name": "Wrong", "tel": "call us", "sms": "", "url": "https://example.org/"}
    none = {"name": "None", "tel": "", "sms": "", "url": "https://example.org/"}
    assert unusable([wrong, none]) == ["Wrong", "None"]

    assert unusable(UK_HELP_LINES) == []
    assert len(UK_HELP_LINES) == 6


@pytest.mark.django_db
def test_care_03_a_day_names_its_own_and_no_other_day_changes() -> None:
    uk = first_help_lines("Europe/London")
    event, other = an_event(help_lines=uk), an_event(help_lines=uk)
    own = [{"name": "Calmer", "note": "Text CALMER.", "tel": "", "sms": "85258", "url": ""}]
    sent = {"help_lines": own, "help_reviewed": "2026-11-22"}

    Caller(a_role(event)).change(f"events/{event.slug}/", sent)

    read = [Caller().get(f"events/{day.slug}/").json() for day in (event, other)]
    assert [(day["help_lines"], day["help_reviewed"]) for day in read] == [(own, "2026-11-22"), (uk, None)]


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["call us", "0800-CALM", "tel:116123", "1;ext=2", "1" * 30])
@pytest.mark.parametrize("how", ["tel", "sms"])
def test_care_03_what_cannot_be_dialled_is_refused(number: str, how: str) -> None:
    event = an_event()
    organiser = Caller(a_role(event))

    refused = organiser.change(f"events/{event.slug}/", {"help_lines": [{"name": "x", how: number}]})

    assert fields(refused) == {f"help_lines.0.{how}"}


@pytest.mark.django_db
def test_care_03_a_line_may_have_a_number_and_no_more() -> None:
    event = an_event()

    kept = Caller(a_role(event)).change(
        f"events/{event.slug}/", {"help_lines": [{"name": "Somebody", "sms": "85258"}]}
    )

    assert kept.status_code == 200
    assert kept.json()["help_lines"] == [
        {"name": "Somebody", "note": "", "tel": "", "sms": "85258", "url": ""}
    ]


@pytest.mark.django_db
def test_care_03_no_day_is_public_without_somebody_to_turn_to() -> None:
    event = an_event(help_lines=first_help_lines("Europe/London"))

    refused = Caller(a_role(event)).change(f"events/{event.slug}/", {"help_lines": []})

    assert (refused.status_code, refused.json()["code"]) == (409, "no-help-lines")


def released() -> date | None:
    """When this version was released: as the changelog says, else the day of the last commit."""
    said = RELEASE.search((ROOT / "CHANGELOG.md").read_text())
    if said is not None:
        return date.fromisoformat(said.group(1))
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        return None
    asked = [git, "log", "-1", "--format=%cs"]
    told = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True)
    return date.fromisoformat(told.stdout.strip())


@pytest.mark.parametrize(
    "reviewed", [UK_REVIEWED, leeds().help_reviewed], ids=["United Kingdom", "demonstration"]
)
def test_care_03_somebody_looked_at_the_numbers_in_the_half_year_before_the_release(reviewed: date) -> None:
    day = released()
    if day is None:
        pytest.skip("neither a release nor a commit says when this was made")

    assert day - reviewed <= LONGEST


def test_care_03_the_changelog_tells_the_latest_release_by_its_heading() -> None:
    page = "# Changelog\n\n## Unreleased\n\n## [1.2.0] - 2027-03-01\n\n## [1.1.0] - 2026-12-01\n"

    found = RELEASE.search(page)

    assert found is not None
    assert found.group(1) == "2027-03-01"
