"""Holding a place: sent once, with a number to say; given back; and a waiting list that moves up."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Playwright, expect
from tests.journeys.desk import Desk
from tests.journeys.phones import Phone, faultless, kept_phone
from tests.served import Served

pytestmark = pytest.mark.journey
SURGERY = "bring anything"
SMALL = "policy people can use"
PLACES = 14
EXIT = "https://www.bbc.co.uk/weather"
# The list moves up at ticks of half a minute, and a phone reads of it within seconds.
TWO_TICKS = 75_000


@pytest.fixture
def open_app(
    playwright: Playwright, shell: str, tmp_path: Path, day: Served
) -> Iterator[Callable[[], Phone]]:
    """Opens the app of one and the same phone; what was open before is closed first."""
    opened: list[Phone] = []

    def open_again() -> Phone:
        for before in opened[-1:]:
            before.context.close()
        opened.append(kept_phone(playwright, shell, tmp_path / "phone", day.url))
        return opened[-1]

    yield open_again
    faultless(opened)


def number(phone: Phone) -> str:
    """The number to say aloud, which stands in big."""
    said: Locator = phone.page.locator(".ticket strong")
    expect(said).to_have_text(re.compile(r"^\d{3}$"))
    return said.text_content() or ""


def hold(phone: Phone, code: str) -> str:
    phone.open(f"/s/{code}/place")
    phone.press("Hold a place")
    return number(phone)


def test_a_place_held_with_no_signal_is_sent_once_and_its_number_opens_without_a_network(
    open_app: Callable[[], Phone], desk: Desk
) -> None:
    code = desk.session(SURGERY)["code"]
    phone = open_app()
    phone.open(f"/s/{code}")
    phone.sees("Live")
    phone.press("Hold a place")
    phone.page.get_by_text("What would you like help with?").tap()
    phone.page.get_by_label("photos", exact=True).check()
    phone.settled()
    phone.keeps("places")
    phone.lose_signal()
    phone.press("Hold a place")
    phone.sees("Not sent yet")
    phone.sees("Help with: photos")

    phone = open_app()
    phone.open("/mine")
    phone.sees("Held for you")
    ticket = number(phone)
    path = f"desk/events/{desk.event}/tickets/?ticket={ticket}"
    (found,) = desk.call("organiser", "GET", path).json()["results"]
    assert (found["state"], found["session"]["code"], found["labels"]) == ("held", code, ["photos"])

    phone.lose_signal()
    phone.page.reload()
    assert number(phone) == ticket


def test_a_place_is_given_back_after_a_question(phone: Phone, desk: Desk) -> None:
    ticket = hold(phone, desk.session(SURGERY)["code"])
    phone.open("/mine")
    phone.heading("My questions")
    phone.press("Give it back")
    phone.sees("Give this place back? Somebody else gets it.")
    phone.press("Yes, give it back")
    phone.sees("Somebody else can have it now.")

    found = desk.call("organiser", "GET", f"desk/events/{desk.event}/tickets/?ticket={ticket}").json()
    assert found == {"results": []}


def test_whoever_taps_i_am_here_is_in(phone: Phone, desk: Desk) -> None:
    ticket = hold(phone, desk.session("very beginning")["code"])
    phone.press("I'm here")
    phone.sees("Come in and take a seat.")

    (found,) = desk.call("organiser", "GET", f"desk/events/{desk.event}/tickets/?ticket={ticket}").json()[
        "results"
    ]
    assert found["state"] == "here"


def test_somebody_on_the_waiting_list_moves_up_when_a_place_comes_free(phone: Phone, desk: Desk) -> None:
    session = desk.session(SMALL)
    door = f"desk/events/{desk.event}"
    spares = desk.call("organiser", "POST", f"{door}/spares/", {"count": PLACES}).json()["spares"]
    for spare in spares:
        desk.call("organiser", "PUT", f"{door}/tickets/{spare['id']}/", {"session": session["id"]})
    phone.open(f"/s/{session['code']}/place")
    phone.page.get_by_role("button", name=re.compile("Hold a place|Wait for a place")).tap()
    phone.sees("On the waiting list")
    ticket = number(phone)

    for spare in spares:
        desk.call("organiser", "POST", f"desk/bookings/{spare['id']}/left/", {})

    expect(phone.page.get_by_role("main")).to_contain_text("Held for you", timeout=TWO_TICKS)
    assert number(phone) == ticket


def test_nothing_that_is_asked_for_says_whose_place_it_is(phone: Phone, desk: Desk) -> None:
    code = desk.session(SURGERY)["code"]
    hold(phone, code)
    before = len(phone.requests)
    phone.open("/mine")
    number(phone)
    phone.page.wait_for_timeout(2000)

    assert [one.url for one in phone.requests[before:] if "/bookings/" in one.url] == []
    assert [one.url for one in phone.requests[before:] if one.method != "GET"] == []


def test_after_leaving_quickly_no_place_is_in_sight(phone: Phone, desk: Desk) -> None:
    code = desk.session(SURGERY)["code"]
    ticket = hold(phone, code)
    phone.context.route(EXIT, lambda route: route.fulfill(content_type="text/html", body="<h1>Rain</h1>"))
    phone.press("Leave quickly")
    phone.page.wait_for_url(EXIT)
    phone.open(f"/s/{code}/place")
    phone.heading("Hold a place")

    expect(phone.page.get_by_text(ticket)).to_have_count(0)
