"""Everything an asker and a moderator do, without a pointer."""

import json

import pytest
from playwright.sync_api import expect
from tests.journeys.desk import Desk
from tests.journeys.phones import Phone, Phones
from tests.served import Served

pytestmark = pytest.mark.journey
MOST_STOPS = 60
FOCUSED = """() => {
    const at = document.activeElement;
    const said = at?.getAttribute("aria-label") || at?.labels?.[0]?.textContent || at?.textContent || "";
    return said.trim();
}"""
RING = "() => getComputedStyle(document.activeElement).outlineStyle !== 'none'"


def tab_to(phone: Phone, name: str) -> None:
    """Goes on by the Tab key until something called `name` has the focus, which must be visible."""
    for _ in range(MOST_STOPS):
        phone.page.keyboard.press("Tab")
        if str(phone.page.evaluate(FOCUSED)).startswith(name):
            assert phone.page.evaluate(RING)
            return
    raise AssertionError(f"the keyboard does not lead to {name}")


def test_a_question_is_asked_by_keyboard_alone(phone: Phone, desk: Desk) -> None:
    code = desk.session("photos and privacy")["code"]
    phone.open(f"/s/{code}")
    phone.heading("Surgery: photos and privacy")

    tab_to(phone, "Skip")
    tab_to(phone, "Ask a question")
    phone.page.keyboard.press("Enter")
    phone.heading("Ask a question")
    tab_to(phone, "Your question")
    phone.page.keyboard.type("Can I do all of this by keyboard?")
    tab_to(phone, "Send without a name")
    phone.page.keyboard.press("Enter")

    expect(phone.page.get_by_role("heading", name="Your receipt")).to_be_visible()
    phone.sees("Sent. Somebody reads it before others do.")
    desk.show("Can I do all of this by keyboard?")


def test_tabs_of_a_session_are_changed_by_arrows(phone: Phone, desk: Desk) -> None:
    code = desk.session("photos and privacy")["code"]
    phone.open(f"/s/{code}")
    phone.heading("Surgery: photos and privacy")

    tab_to(phone, "Questions")
    phone.page.keyboard.press("ArrowRight")
    expect(phone.page.get_by_role("tab", name="Talk")).to_have_attribute("aria-selected", "true")


def test_a_moderator_shows_by_one_key(phones: Phones, desk: Desk, day: Served) -> None:
    accounts = json.loads((day.home / "demo-accounts.json").read_text())
    account = next(one for one in accounts if one["role"] == "moderator")
    moderator = phones()
    moderator.open("/sign-in")
    tab_to(moderator, "E-mail")
    moderator.page.keyboard.type(account["email"])
    tab_to(moderator, "Password")
    moderator.page.keyboard.type(account["password"])
    moderator.page.keyboard.press("Enter")
    moderator.heading("Your desk")
    tab_to(moderator, "Review what was sent")
    moderator.page.keyboard.press("Enter")
    moderator.heading("Review")
    moderator.page.get_by_role("button", name="Show", exact=True).wait_for()
    before = {row["id"] for row in held(desk)}

    moderator.page.keyboard.press("1")
    moderator.page.get_by_text("Shown. Everybody can see it now.").wait_for(state="attached")

    assert len(before - {row["id"] for row in held(desk)}) == 1


def held(desk: Desk) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = desk.call(
        "moderator", "GET", "desk/events/leeds/reviews/?state=held&page_size=200"
    ).json()["results"]
    return rows
