"""A real day without the demonstration: from an empty database to an answered question."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tests.journeys.command import equalterms
from tests.journeys.phones import Phone, Phones, faultless, new_phone
from tests.served import Served, served

pytestmark = pytest.mark.journey
PASSWORD = "three quiet unrelated words"
STAFF = {"organiser": "Olive", "moderator": "Mo", "surgeon": "Sal"}
NEW_DAY = (
    "new-event", "--slug", "hall", "--title", "A day at the hall", "--timezone", "Europe/London",
    "--starts", "2031-05-10T09:30", "--ends", "2031-05-10T16:30",
)  # fmt: skip


@pytest.fixture(scope="module")
def hall(built_app: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server on a home that held nothing, with one new event."""
    home = tmp_path_factory.mktemp("hall") / "home"
    home.mkdir()
    equalterms(home, *NEW_DAY)
    with served(home) as server:
        yield server


@pytest.fixture
def people(browser: Browser, hall: Served) -> Iterator[Phones]:
    made: list[Phone] = []

    def make() -> Phone:
        made.append(new_phone(browser, hall.url))
        return made[-1]

    yield make
    faultless(made)


def join(phone: Phone, home: Path, role: str) -> None:
    """Takes up an invitation made on the command line; the desk is on the screen after."""
    printed = equalterms(home, "invite", "hall", role, STAFF[role])
    secret = re.search(r"/invite#([\w-]+)", printed)
    assert secret is not None
    phone.open(f"/invite#{secret[1]}")
    phone.page.get_by_label("Your e-mail").fill(f"{STAFF[role].lower()}@example.org")
    phone.page.get_by_label("Password", exact=True).fill(PASSWORD)
    phone.press("Join and sign in")
    phone.heading("Your desk")
    assert secret[1] not in phone.page.url


def set_up(phone: Phone) -> None:
    """What an organiser does on a phone: a session, work that leaves at once, and the day is public."""
    page = phone.page
    phone.press("Set up: people, day, sessions")
    phone.tap(page.get_by_role("tab", name="Sessions"))
    phone.press("Add a session")
    page.get_by_label("Title", exact=True).fill("First steps with a phone")
    phone.press("Add the session")
    phone.sees("Added.")
    phone.tap(page.get_by_role("tab", name="The day"))
    page.get_by_label("At once").check()
    phone.press("Save")
    phone.sees("Saved.")
    phone.press("Publish the day")
    phone.sees("Everybody with the address sees it.")


def test_a_day_is_set_up_by_link_and_phone_and_a_question_is_answered(hall: Served, people: Phones) -> None:
    organiser, moderator, surgeon, asker = people(), people(), people(), people()
    assert hall.get("/api/v1/events/hall/").status == 404
    for phone, role in ((organiser, "organiser"), (moderator, "moderator"), (surgeon, "surgeon")):
        join(phone, hall.home, role)
    set_up(organiser)

    (session,) = hall.get("/api/v1/events/hall/").json()["sessions"]
    asker.open(f"/s/{session['code']}")
    asker.press("Ask a question")
    asker.sees("We do not record who you are, so we cannot find you.")
    asker.ask(session["code"], "How do I make the letters bigger?")
    asker.sees("Sent. Somebody reads it before others do.")

    moderator.press("Review what was sent")
    moderator.sees("How do I make the letters bigger?")
    moderator.press("Show")
    moderator.sees("Nothing waits")

    surgeon.press("Answer questions")
    surgeon.sees("How do I make the letters bigger?")
    surgeon.tap(surgeon.page.get_by_role("button", name="Answer", exact=True))
    surgeon.page.get_by_label("Your answer").fill("In settings, under display, there is a slider.")
    surgeon.press("Send the answer")
    surgeon.sees("Your answer is shown.")

    asker.open("/mine")
    asker.sees("In settings, under display, there is a slider.")
    asker.open("/help")
    expect(asker.page.get_by_role("link", name=re.compile("Call 999")).first).to_be_visible()
