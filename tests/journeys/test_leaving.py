"""Leaving quickly, and a phone that forgets."""

import pytest
from playwright.sync_api import Route, expect
from tests.journeys.desk import Desk
from tests.journeys.phones import Phone

pytestmark = pytest.mark.journey
EXIT = "https://www.bbc.co.uk/weather"
# Presses the button and looks at the screen before anything else can run.
PRESS = """() => {
    document.querySelector("button.leave").click();
    const shown = [...document.querySelectorAll("body *")].filter((one) => one.checkVisibility());
    return [shown.length, document.title];
}"""
KEPT = """async () => [
    (await indexedDB.databases()).map(({ name }) => name),
    await caches.keys(),
    (await navigator.serviceWorker.getRegistrations()).length,
    localStorage.length + sessionStorage.length,
]"""


@pytest.fixture
def asker(phone: Phone, desk: Desk) -> Phone:
    """Somebody who has asked, and writes something more."""

    def weather(route: Route) -> None:
        route.fulfill(content_type="text/html", body="<!doctype html><title>Weather</title><h1>Rain</h1>")

    phone.context.route(EXIT, weather)
    code = desk.session("photos and privacy")["code"]
    phone.ask(code, "Who sees that I was here?")
    phone.sees("Sent. Somebody reads it before others do.")
    phone.settled()
    phone.press("Ask something else")
    phone.page.get_by_label("Your question").fill("Something nobody must read")
    return phone


def test_care_06_the_page_is_gone_before_the_press_has_ended(asker: Phone) -> None:
    assert asker.page.evaluate(PRESS) == [0, "…"]

    asker.page.wait_for_url(EXIT)


def test_care_06_back_does_not_return_to_it(asker: Phone) -> None:
    asker.press("Leave quickly")
    asker.page.wait_for_url(EXIT)

    asker.page.go_back(wait_until="commit")
    asker.page.wait_for_url(EXIT)

    expect(asker.page.get_by_role("heading", name="Rain")).to_be_visible()


def test_care_06_shift_three_times_leaves_too(asker: Phone) -> None:
    for _ in range(3):
        asker.page.keyboard.press("Shift")

    asker.page.wait_for_url(EXIT)


def test_care_06_drafts_are_wiped_and_my_questions_are_out_of_sight_until_brought_back(
    asker: Phone, desk: Desk
) -> None:
    asker.press("Leave quickly")
    asker.page.wait_for_url(EXIT)

    asker.open(f"/s/{desk.session('photos and privacy')['code']}/ask")
    expect(asker.page.get_by_label("Your question")).to_have_value("")
    expect(asker.page.get_by_role("link", name="My questions")).to_have_count(0)
    asker.open("/settings")
    asker.press("Show My questions again")
    asker.press("My questions")
    asker.sees("Who sees that I was here?")


def test_anon_32_a_phone_forgets_everything(asker: Phone) -> None:
    asker.open("/settings")
    assert asker.page.evaluate(KEPT) != [[], [], 0, 0]

    asker.press("Forget this phone")
    asker.press("Yes, forget everything here")
    asker.sees("This phone has forgotten everything.")

    assert asker.page.evaluate(KEPT) == [[], [], 0, 0]
