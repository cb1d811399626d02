"""axe finds nothing to complain about on any page, however it is looked at."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from tests.architecture.tree import ROOT
from tests.journeys.desk import Desk
from tests.journeys.phones import PATIENCE, Phone, faultless, new_phone
from tests.served import Served

pytestmark = pytest.mark.journey
AXE = ROOT / "pwa" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async (tags) => (await axe.run(document, { runOnly: { type: "tag", values: tags } })).violations
    .map((found) => `${found.id}: ${found.nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`)"""
PUBLIC = [
    "/", "/e/leeds", "/e/leeds/programme", "/e/leeds/surgeons", "/s/{code}", "/s/{code}#talk",
    "/s/{code}#about", "/s/{code}/ask", "/mine", "/help", "/privacy", "/settings", "/sign-in", "/r",
    "/invite", "/nowhere", "/e/leeds/wall", "/s/{code}/wall", "/s/{code}/place",
]  # fmt: skip
DESK = [
    "/desk", "/desk/leeds/reviews", "/desk/leeds/reviews#care", "/desk/leeds/answers", "/desk/leeds/people",
    "/desk/leeds/people#day", "/desk/leeds/people#close", "/desk/leeds/acts", "/desk/leeds/kindness",
    "/desk/leeds/table", "/desk/leeds/door",
    "/desk/leeds/board", "/desk#profile",
]  # fmt: skip
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "narrow": {"viewport": {"width": 320, "height": 640}},
    "quiet": {},
    "large text": {},
}
TWICE_AS_LARGE = (
    "addEventListener('DOMContentLoaded', () => document.documentElement.style.fontSize = '200%')"
)


@pytest.fixture(params=list(LOOKS))
def looked_at(browser: Browser, day: Served, request: pytest.FixtureRequest) -> Iterator[Phone]:
    """A phone on which axe may run: the content policy would keep it out."""
    phone = new_phone(browser, day.url, bypass_csp=True, reduced_motion="reduce", **LOOKS[request.param])
    if request.param == "large text":
        phone.context.add_init_script(TWICE_AS_LARGE)
    if request.param == "quiet":
        phone.open("/settings").get_by_label("Quiet mode").check()
    yield phone
    faultless([phone])


def complaints(phone: Phone) -> list[str]:
    expect(phone.page.get_by_role("heading", level=1)).to_be_visible(timeout=PATIENCE)
    phone.page.wait_for_function("!document.querySelector('[aria-busy=true]')")
    phone.page.add_script_tag(path=AXE)
    found: list[str] = phone.page.evaluate(RUN, RULES)
    wide: int = phone.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return found + [f"{wide} px wider than the screen"] * (wide > 0)


def test_axe_finds_nothing_on_the_pages_of_everybody(looked_at: Phone, desk: Desk) -> None:
    code = desk.session("photos and privacy")["code"]
    surgeon = desk.sessions()[1]["surgeons"][0]["id"]
    found = {}
    for place in [*PUBLIC, f"/e/leeds/surgeons/{surgeon}"]:
        looked_at.open(place.format(code=code))
        found[place] = complaints(looked_at)

    assert {place: problems for place, problems in found.items() if problems} == {}


@pytest.mark.parametrize("looked_at", ["light", "dark"], indirect=True)
def test_axe_finds_nothing_while_somebody_asks(looked_at: Phone, desk: Desk) -> None:
    page, found = looked_at.page, {}
    looked_at.open(f"/s/{desk.session('photos and privacy')['code']}/ask")
    looked_at.press("Send without a name")
    page.get_by_role("alert").wait_for()
    found["nothing written"] = complaints(looked_at)
    page.get_by_label("Your question").fill("I want to kill myself. My number is 07700 900123.")
    page.get_by_role("link", name="Samaritans").wait_for()
    looked_at.press("Send without a name")
    looked_at.sees("This may tell people who you are")
    page.get_by_text("Choices", exact=True).tap()
    found["help lines, a trace, choices"] = complaints(looked_at)
    looked_at.press("Keep it and send")
    looked_at.sees("Sent. Somebody reads it before others do.")
    looked_at.press("Write it down")
    page.get_by_role("img", name="QR code").wait_for()
    found["a receipt in words"] = complaints(looked_at)
    looked_at.open("/mine")
    looked_at.press("Change it")
    page.get_by_text("Open something you sent, with its eight words").tap()
    found["my questions, one being changed"] = complaints(looked_at)
    with looked_at.away():
        page.reload()
        looked_at.heading("My questions")
        found["no signal"] = complaints(looked_at)

    assert {state: problems for state, problems in found.items() if problems} == {}


@pytest.mark.parametrize("looked_at", ["light", "dark"], indirect=True)
def test_axe_finds_nothing_while_somebody_reports(looked_at: Phone, desk: Desk) -> None:
    page, found = looked_at.page, {}
    code = desk.session("photos and privacy")["code"]
    for place in ("questions", "talk"):
        looked_at.open(f"/s/{code}#{place}")
        item = page.get_by_role("article").filter(has=page.get_by_role("button", name="Report")).first
        item.get_by_role("button", name="Report").tap()
        item.get_by_text("What is the matter with it?").wait_for()
        found[f"{place}, the reasons"] = complaints(looked_at)
        item.get_by_role("button", name="I am worried about them").tap()
        item.get_by_text("It is sent.").wait_for()
        found[f"{place}, a report"] = complaints(looked_at)

    assert {state: problems for state, problems in found.items() if problems} == {}


def test_axe_finds_nothing_on_the_pages_of_staff(looked_at: Phone, desk: Desk) -> None:
    account = desk.account("organiser")
    looked_at.open("/sign-in")
    looked_at.page.get_by_label("E-mail").fill(account["email"])
    looked_at.page.get_by_label("Password", exact=True).fill(account["password"])
    looked_at.page.get_by_label("Keep me signed in on this phone").check()
    looked_at.press("Sign in")
    looked_at.heading("Your desk")
    width = looked_at.page.evaluate("innerWidth")
    # A bar at the thumb covers a part of what is scrolled into sight next: so look at all of it at once.
    looked_at.page.set_viewport_size({"width": width, "height": 3000})
    found = {}
    for place in DESK:
        looked_at.open(place)
        found[place] = complaints(looked_at)

    assert {place: problems for place, problems in found.items() if problems} == {}
