"""After one visit everything printed can be read with no signal."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from tests.journeys.desk import Desk
from tests.journeys.phones import SHELF, Phone, faultless, new_phone
from tests.served import Served

pytestmark = pytest.mark.journey
OLD = re.compile(r"^Offline, showing \d\d:\d\d$")
# The phone fetches the rest of the programme in quiet moments; this is when it has all of it.
ALL_KEPT = f"""async () => {{
    const kept = await ({SHELF})("copies");
    return ["surgeons/", "sessions/"].every((end) => "/api/v1/events/leeds/" + end in kept);
}}"""


@pytest.fixture(scope="module")
def away(browser: Browser, day: Served) -> Iterator[Phone]:
    """A phone that opened the day once, and has had no signal since."""
    phone = new_phone(browser, day.url)
    phone.open("/e/leeds")
    phone.heading("Leeds Social Media Surgery")
    phone.settled()
    phone.until(ALL_KEPT)
    phone.lose_signal()
    yield phone
    faultless([phone])


def test_the_day_opens_and_says_from_when_it_is(away: Phone) -> None:
    away.open("/e/leeds")

    away.heading("Leeds Social Media Surgery")
    away.sees("On now")
    away.sees(OLD)


def test_the_programme_opens_and_can_be_searched(away: Phone) -> None:
    away.open("/e/leeds")
    away.press("Programme")
    away.heading("Programme")

    away.page.get_by_label("Search").fill("blogging")

    away.sees("Workshop: blogging from the very beginning")
    away.sees("1 session")


def test_a_session_that_was_never_opened_can_be_read(away: Phone, desk: Desk) -> None:
    session = desk.session("blogging from the very beginning")

    away.open(f"/s/{session['code']}")

    away.heading(session["title"])
    away.sees("Nobody will mark your spelling.")
    away.sees("Hold one, or just turn up.")
    away.sees("Offline")


def test_a_surgeon_that_was_never_looked_at_can_be_read(away: Phone) -> None:
    away.open("/e/leeds")
    away.press("Surgeons")
    away.page.get_by_role("link", name="Delphine O.").tap()

    away.heading("Delphine O.")
    away.sees("I look after social media for a shop that sells tents.")


def test_care_04_help_opens_from_the_phone(away: Phone) -> None:
    away.open("/help")

    away.heading("Help now")
    expect(away.page.get_by_role("link", name="116 123")).to_have_attribute("href", "tel:116123")


def test_a_session_that_was_open_shows_its_questions_and_from_when_they_are(phone: Phone, desk: Desk) -> None:
    code = desk.session("photos and privacy")["code"]
    phone.open(f"/s/{code}")
    phone.sees("Live")
    phone.settled()

    with phone.away():
        phone.page.reload()
        phone.sees("How do I stop my photos from showing where I took them?")
        phone.sees(OLD)
    phone.sees("Live")
