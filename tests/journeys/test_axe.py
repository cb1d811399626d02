"""axe finds nothing to complain about on any page, however it is looked at."""

from collections.abc import Callable, Iterator

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
WIDTHS = {"narrow": 320, "wide": 1280}
TEXT = "(size) => document.documentElement.style.fontSize = size"


@pytest.fixture
def looked_at(browser: Browser, day: Served) -> Iterator[Phone]:
    """A phone on which axe may run: the content policy would keep it out."""
    phone = new_phone(browser, day.url, bypass_csp=True, reduced_motion="reduce")
    yield phone
    faultless([phone])


@pytest.fixture(params=["light", "dark"])
def coloured(looked_at: Phone, request: pytest.FixtureRequest) -> Phone:
    looked_at.page.emulate_media(color_scheme=request.param)
    return looked_at


def complaints(phone: Phone) -> list[str]:
    """What axe says of the page as it is now."""
    expect(phone.page.get_by_role("heading", level=1)).to_be_visible(timeout=PATIENCE)
    phone.page.wait_for_function("!document.querySelector('[aria-busy=true]')")
    if not phone.page.evaluate("'axe' in window"):
        phone.page.add_script_tag(path=AXE)
    found: list[str] = phone.page.evaluate(RUN, RULES)
    wide: int = phone.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return found + [f"{wide} px wider than the screen"] * (wide > 0)


def however_looked_at(phone: Phone, places: list[str]) -> dict[str, list[str]]:
    """What axe says of these addresses: by day, at night, on a narrow phone, on a wide screen, and with text
    twice as large."""
    page, size = phone.page, phone.page.viewport_size
    assert size is not None
    found = {}
    for place in places:
        phone.open(place)
        found[place] = complaints(phone)
        page.emulate_media(color_scheme="dark")
        found[f"{place}, at night"] = complaints(phone)
        page.emulate_media(color_scheme="light")
        for name, width in WIDTHS.items():
            page.set_viewport_size({**size, "width": width})
            found[f"{place}, {name}"] = complaints(phone)
        page.set_viewport_size(size)
        page.evaluate(TEXT, "200%")
        found[f"{place}, large text"] = complaints(phone)
        page.evaluate(TEXT, "")  # the next address may be another part of the same page
    return {place: problems for place, problems in found.items() if problems}


def in_quiet_mode(phone: Phone, places: list[str]) -> dict[str, list[str]]:
    phone.open("/settings").get_by_label("Quiet mode").check()
    found = {}
    for place in places:
        phone.open(place)
        found[place] = complaints(phone)
    return {place: problems for place, problems in found.items() if problems}


Looking = Callable[[Phone, list[str]], dict[str, list[str]]]


@pytest.mark.parametrize("look", [however_looked_at, in_quiet_mode])
def test_axe_finds_nothing_on_the_pages_of_everybody(looked_at: Phone, desk: Desk, look: Looking) -> None:
    code = desk.session("photos and privacy")["code"]
    surgeon = desk.sessions()[1]["surgeons"][0]["id"]

    assert (
        look(looked_at, [*(place.format(code=code) for place in PUBLIC), f"/e/leeds/surgeons/{surgeon}"])
        == {}
    )


def test_axe_finds_nothing_while_somebody_asks(coloured: Phone, desk: Desk) -> None:
    page, found = coloured.page, {}
    coloured.open(f"/s/{desk.session('photos and privacy')['code']}/ask")
    coloured.press("Send without a name")
    page.get_by_role("alert").wait_for()
    found["nothing written"] = complaints(coloured)
    page.get_by_label("Your question").fill("I want to kill myself. My number is 07700 900123.")
    page.get_by_role("link", name="Samaritans").wait_for()
    coloured.press("Send without a name")
    coloured.sees("This may tell people who you are")
    page.get_by_text("Choices", exact=True).tap()
    found["help lines, a trace, choices"] = complaints(coloured)
    coloured.press("Keep it and send")
    coloured.sees("Sent. Somebody reads it before others do.")
    coloured.press("Write it down")
    page.get_by_role("img", name="QR code").wait_for()
    found["a receipt in words"] = complaints(coloured)
    coloured.open("/mine")
    coloured.press("Change it")
    page.get_by_text("Open something you sent, with its eight words").tap()
    found["my questions, one being changed"] = complaints(coloured)
    with coloured.away():
        page.reload()
        coloured.heading("My questions")
        found["no signal"] = complaints(coloured)

    assert {state: problems for state, problems in found.items() if problems} == {}


def test_axe_finds_nothing_while_somebody_reports(coloured: Phone, desk: Desk) -> None:
    page, found = coloured.page, {}
    code = desk.session("photos and privacy")["code"]
    for place in ("questions", "talk"):
        coloured.open(f"/s/{code}#{place}")
        item = page.get_by_role("article").filter(has=page.get_by_role("button", name="Report")).first
        item.get_by_role("button", name="Report").tap()
        item.get_by_text("What is the matter with it?").wait_for()
        found[f"{place}, the reasons"] = complaints(coloured)
        item.get_by_role("button", name="I am worried about them").tap()
        item.get_by_text("It is sent.").wait_for()
        found[f"{place}, a report"] = complaints(coloured)

    assert {state: problems for state, problems in found.items() if problems} == {}


@pytest.mark.parametrize("look", [however_looked_at, in_quiet_mode])
def test_axe_finds_nothing_on_the_pages_of_staff(looked_at: Phone, desk: Desk, look: Looking) -> None:
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

    assert look(looked_at, DESK) == {}
