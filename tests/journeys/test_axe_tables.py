"""axe finds nothing to complain about at the door and at a table, whatever goes on there."""

import pytest
from playwright.sync_api import Browser, expect
from tests.journeys.desk import Desk
from tests.journeys.phones import PATIENCE, faultless, new_phone
from tests.journeys.tables import called, empty_line, for_surgery, given, signed_in
from tests.journeys.test_axe import complaints
from tests.served import Served

pytestmark = pytest.mark.journey
# Tall, as a bar at the thumb covers a part of what is scrolled into sight next.
NARROW = {"width": 320, "height": 3000}


@pytest.mark.parametrize("look", ["light", "dark"])
def test_axe_finds_nothing_at_the_door_and_at_a_table(
    browser: Browser, day: Served, desk: Desk, look: str
) -> None:
    empty_line(desk)
    made = [new_phone(browser, day.url, bypass_csp=True, color_scheme=look, viewport=NARROW) for _ in "12"]
    door, table = made
    found = {}
    signed_in(door, desk.account("organiser"), "door")
    door.sees("12 numbers are ready on this phone")
    for_surgery(door, desk)
    found["the door"] = complaints(door)
    number = given(door)
    door.press("Give a number")
    found["a number"] = complaints(door)
    door.page.get_by_label("Ticket number").fill(str(number))
    door.press("Find")
    expect(door.page.get_by_role("article")).to_be_visible(timeout=PATIENCE)
    door.press("Gone away")
    found["somebody found"] = complaints(door)
    for tab in ("Count heads", "Sessions"):
        door.tap(door.page.get_by_role("tab", name=tab))
        found[tab] = complaints(door)

    signed_in(table, desk.account("surgeon"), "table")
    table.page.get_by_label("Your place, such as table 3").fill("table 3")
    found["away"] = complaints(table)
    table.press("Here")
    table.sees("You are: here, table 3")
    table.press("Anyone")
    expect(called(table)).to_have_count(1, timeout=PATIENCE)
    table.press("Any question")
    table.sees("You answer: 1 question")
    found["somebody and a question"] = complaints(table)
    for form in ("Hand over", "Not here", "Send a word"):
        card = table.page.locator(".taken")
        card.get_by_role("button", name=form).tap()
        found[form] = complaints(table)
        card.get_by_role("button", name="Close").tap()
    table.press("Away")
    found["going away"] = complaints(table)
    table.press("Go, put them back")
    table.sees("You are away.")
    faultless(made)

    assert {state: problems for state, problems in found.items() if problems} == {}
