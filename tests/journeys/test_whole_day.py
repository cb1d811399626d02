"""A day that begins with nothing: founded and peopled at the desk, lived by everybody, and reported."""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, expect
from tests.journeys.command import equalterms
from tests.journeys.phones import PATIENCE, Phone, Phones, faultless, new_phone
from tests.journeys.tables import called, given
from tests.journeys.test_door import ON_PHONE, find
from tests.journeys.test_people import invited, joined
from tests.journeys.test_places import hold
from tests.journeys.test_real_day import NEW_DAY, join
from tests.served import Served, served

pytestmark = pytest.mark.journey
VENUE_ZONE = "Europe/London"
DESK = "/desk/spring-surgery"
QUESTION = "Can a shop see which pictures I like?"
ANSWER = "Only if your likes are open to everybody."
WITHIN = 30
"""Seconds in which somebody new must be through the door."""


@pytest.fixture(scope="module")
def server(built_app: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An installation where nobody has an account: an operator began one day on the command line."""
    home: Path = tmp_path_factory.mktemp("empty") / "home"
    home.mkdir()
    equalterms(home, *NEW_DAY)
    with served(home) as running:
        yield running


@pytest.fixture
def people(browser: Browser, server: Served) -> Iterator[Phones]:
    made: list[Phone] = []

    def make() -> Phone:
        made.append(new_phone(browser, server.url))
        return made[-1]

    yield make
    faultless(made)


def not_across_midnight() -> None:
    """The day that is founded ends at midnight: close to it, the story waits for the next one."""
    now = datetime.now(ZoneInfo(VENUE_ZONE))
    left = timedelta(days=1) - timedelta(hours=now.hour, minutes=now.minute, seconds=now.second)
    if left < timedelta(minutes=2):
        time.sleep(left.total_seconds())


def founds_a_day(organiser: Phone) -> None:
    """The form on the first page of the desk; the new day's own page is on the screen after."""
    organiser.press("A new day")
    form = organiser.page.get_by_role("form", name="A new day")
    form.get_by_label("Title").fill("Spring surgery")
    form.get_by_label("Date").fill(f"{datetime.now(ZoneInfo(VENUE_ZONE)):%Y-%m-%d}")
    form.get_by_label("Starts at").fill("00:00")
    form.get_by_label("Ends at").fill("23:59")
    form.get_by_label("Time zone").fill(VENUE_ZONE)
    organiser.press("Make the draft")
    organiser.sees("Only those who run the day see it.")
    assert organiser.page.url.endswith(f"{DESK}/people#day")


def team(organiser: Phone, people: Phones) -> dict[str, Phone]:
    """Three links made at the desk, each taken up on a phone of its own."""
    organiser.tap(organiser.page.get_by_role("tab", name="People"))
    links = {}
    for role, name in (("moderator", "Mo"), ("surgeon", "Sal"), ("door", "Dora")):
        links[role] = invited(organiser, name, role)
        organiser.press("Put it away")
    return {role: joined(people(), link, f"{role}@spring.example.org") for role, link in links.items()}


def puts_in_sessions(organiser: Phone) -> None:
    """A place, and two sessions in it, one after the other on the page."""
    page = organiser.page
    organiser.tap(page.get_by_role("tab", name="Sessions"))
    organiser.tap(page.get_by_text("Rooms and places (0)"))
    page.get_by_role("textbox", name="Another room or place").fill("The long table")
    organiser.press("Add this place")
    organiser.sees("Rooms and places (1)")
    for title, kind in (("Bring your phone", "Surgery"), ("Safer albums", "Talk")):
        organiser.press("Add a session")
        page.get_by_label("Title", exact=True).fill(title)
        page.get_by_label("Kind", exact=True).select_option(label=kind)
        page.get_by_label("Room", exact=True).select_option(label="The long table")
        page.get_by_text("Surgeons here (0)").tap()
        page.get_by_label("Sal", exact=True).check()
        organiser.press("Add the session")
        expect(page.get_by_role("button", name=f"Edit {title}")).to_be_visible(timeout=PATIENCE)


def opens_it_to_all(organiser: Phone) -> None:
    """Work leaves at once, people can say what for, and everybody sees the day."""
    page = organiser.page
    organiser.tap(page.get_by_role("tab", name="The day"))
    page.get_by_label("At once").check()
    page.get_by_label("Kinds of help people can ask for").fill("photos\npasswords")
    organiser.press("Save")
    organiser.sees("Saved.")
    organiser.press("Publish the day")
    organiser.sees("Everybody with the address sees it.")


def printed(organiser: Phone, server: Served) -> dict[str, tuple[int, str | None]]:
    """What each link to something printed answers: status and type, by its name."""
    organiser.tap(organiser.page.get_by_role("tab", name="More"))
    organiser.tap(organiser.page.get_by_text("The card of one session"))
    links = ("Poster of the day (PDF)", "Poster of the day (SVG)", "PDF card of Safer albums")
    found = {}
    for name in links:
        link = organiser.page.get_by_role("link", name=name, exact=True)
        answer = server.get(link.get_attribute("href") or "")
        found[name] = (answer.status, answer.headers.get_content_type())
    return found


def lets_in(door: Phone) -> int:
    """Somebody who came for photos has a number: few taps, and well within half a minute."""
    taps, began = door.taps, time.monotonic()
    door.tap(door.page.get_by_text("Help with what? (optional)"))
    door.press("photos")
    door.press("Give a number")
    number = int(door.page.locator(".door-given .door-number").inner_text())
    assert time.monotonic() - began < WITHIN
    assert door.taps - taps == 3
    door.press("Next, please")
    return number


def keeps_the_door(door: Phone, booked: str) -> set[int]:
    """One let in; with no signal another, and whoever had booked; then all is merged, and heads counted."""
    door.press("The door: let people in")
    door.sees("12 numbers are ready on this phone")
    numbers = {lets_in(door)}
    door.sees("Everything is sent.")
    with door.away():
        numbers.add(given(door))
        find(door, int(booked))
        door.sees(ON_PHONE)
    door.sees(f"Heard now: number {booked} has come.")
    door.sees("Everything is sent.")
    door.tap(door.page.get_by_role("tab", name="Count heads"))
    for _ in range(4):
        door.press("One more")
    door.sees("At all doors together, here: 4")
    return numbers


def answers_what_is_open(surgeon: Phone) -> None:
    """From the list of what still needs an answer, below the table, until nothing does."""
    surgeon.press("Your table: see people")
    todo = surgeon.page.get_by_role("region", name="Without an answer in your sessions")
    surgeon.tap(todo.get_by_text("1 question", exact=True))
    expect(todo.get_by_role("article")).to_contain_text(QUESTION)
    surgeon.tap(todo.get_by_role("button", name="Answer", exact=True))
    todo.get_by_label("Your answer").fill(ANSWER)
    surgeon.press("Send the answer")
    surgeon.sees("Your answer is shown.")
    surgeon.sees("Every question in your sessions has an answer, or somebody is at it.")


def sees_everybody(surgeon: Phone, numbers: set[str]) -> None:
    """From "here" to "done" for each: whoever is next is called until nobody waits."""
    surgeon.page.get_by_label("Your place, such as table 3").fill("table 3")
    surgeon.press("Here")
    surgeon.sees("You are: here, table 3")
    for n in range(1, len(numbers) + 1):
        surgeon.press("Anyone")
        expect(called(surgeon)).to_have_count(n, timeout=PATIENCE)
    assert set(called(surgeon).all_inner_texts()) == numbers


def figures(organiser: Phone) -> dict[str, str]:
    organiser.press("Open the report")
    organiser.heading("What the day came to")
    lines = organiser.page.locator(".figures > div")
    expect(lines.first).to_be_visible(timeout=PATIENCE)
    return {one.locator("dt").inner_text(): one.locator("dd").inner_text() for one in lines.all()}


def test_a_day_that_begins_with_nothing_is_set_up_lived_and_reported(server: Served, people: Phones) -> None:
    not_across_midnight()
    organiser, asker, booker = people(), people(), people()
    join(organiser, server.home, "organiser")
    founds_a_day(organiser)
    staff = team(organiser, people)
    puts_in_sessions(organiser)
    assert server.get("/api/v1/events/spring-surgery/").status == 404
    opens_it_to_all(organiser)
    paper = printed(organiser, server)
    assert set(paper.values()) == {(200, "application/pdf"), (200, "image/svg+xml")}
    assert paper["Poster of the day (SVG)"] == (200, "image/svg+xml")
    sessions = server.get("/api/v1/events/spring-surgery/").json()["sessions"]
    codes = {one["title"]: one["code"] for one in sessions}

    asker.ask(codes["Safer albums"], QUESTION)
    staff["moderator"].press("Review what was sent")
    staff["moderator"].sees(QUESTION)
    staff["moderator"].press("Show")
    staff["moderator"].sees("Nothing waits")
    surgeon = staff["surgeon"]
    answers_what_is_open(surgeon)
    asker.open("/mine")
    asker.sees(ANSWER)

    booked = hold(booker, codes["Bring your phone"])
    walked_in = keeps_the_door(staff["door"], booked)
    sees_everybody(surgeon, {booked, *map(str, walked_in)})
    booker.sees("It's your turn: table 3")
    for _ in range(3):
        surgeon.tap(surgeon.page.get_by_role("button", name="Done", exact=True).first)
    expect(called(surgeon)).to_have_count(0, timeout=PATIENCE)
    booker.sees("Thank you for coming.")

    came = figures(organiser)
    assert (came["Helped or took part"], came["Counted at the door"]) == ("3", "4")
    assert (came["Questions shown"], came["Questions answered"]) == ("1", "1")
