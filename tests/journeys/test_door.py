"""The door: somebody new in a few taps, with a signal or without, found by number, and counted."""

import pytest
from playwright.sync_api import expect
from tests.journeys.desk import Desk
from tests.journeys.phones import PATIENCE, SHELF, Phone, Phones
from tests.journeys.tables import at_the_door, colleague, door_of, for_surgery, given

pytestmark = pytest.mark.journey
ON_PHONE = "Checked in on this phone. We will hear about it when there is signal."
# The number is off the screen before the phone has kept that; a page loaded in between shows it again.
NEXT_IS_KEPT = f"async () => Object.values(await ({SHELF})('drafts')).every((typed) => !typed.given)"


@pytest.fixture(scope="module")
def doorkeeper(desk: Desk) -> dict[str, str]:
    return colleague(desk, "door", "Dora")


@pytest.fixture
def door(phones: Phones, doorkeeper: dict[str, str]) -> Phone:
    return at_the_door(phones(), doorkeeper)


def find(door: Phone, number: int) -> None:
    door.page.get_by_label("Ticket number").fill(str(number))
    door.press("Find")


def test_whoever_keeps_the_door_has_no_other_tool_that_shows_people(door: Phone) -> None:
    tools = door.page.get_by_role("navigation", name="Desk", exact=True).get_by_role("link")

    assert set(tools.all_inner_texts()) - {"Board"} == {"Desk", "Door"}


def test_somebody_new_has_a_number_in_one_tap_and_is_in_the_line(door: Phone, desk: Desk) -> None:
    before = door_of(desk)["here"]
    for_surgery(door, desk)

    door.taps = 0
    door.press("Give a number")
    expect(door.page.locator(".door-given .door-number")).to_be_visible()
    assert door.taps == 1

    door.sees("Everything is sent.")
    assert door_of(desk)["here"] == before + 1


def test_with_no_signal_people_get_numbers_and_are_in_the_line_when_it_is_back(
    door: Phone, desk: Desk
) -> None:
    before = door_of(desk)["here"]
    for_surgery(door, desk)

    with door.away():
        numbers = {given(door) for _ in range(3)}
        door.sees("3 things you did wait on this phone.")
        assert door_of(desk)["here"] == before

    door.sees("Everything is sent.")
    assert len(numbers) == 3
    assert door_of(desk)["here"] == before + 3


def test_the_door_opens_again_with_no_signal_and_sends_what_it_did_when_it_is_back(
    door: Phone, desk: Desk
) -> None:
    before = door_of(desk)["here"]
    door.settled()
    door.page.reload()
    door.heading("The door")

    with door.away():
        for_surgery(door, desk)
        given(door)
        door.until(NEXT_IS_KEPT)
        door.page.reload()
        door.heading("The door")
        door.sees("1 thing you did waits on this phone.")
        given(door)
        door.sees("2 things you did wait on this phone.")

    door.sees("Everything is sent.")
    assert door_of(desk)["here"] == before + 2


def test_a_check_in_with_no_signal_says_where_it_is_and_what_became_of_it(door: Phone, desk: Desk) -> None:
    for_surgery(door, desk)
    number = given(door)
    door.sees("Everything is sent.")

    with door.away():
        find(door, number)
        door.sees(ON_PHONE)
    door.sees(f"Heard now: number {number} has come.")

    with door.away():
        find(door, 9999)
        door.sees(ON_PHONE)
    door.sees("Nobody has number 9999 today.")
    door.press("I have seen it: 9999")
    expect(door.page.get_by_text("Please look at these")).to_have_count(0)


def test_a_number_is_found_and_taken_out_and_unknown_ones_are_said(door: Phone, desk: Desk) -> None:
    for_surgery(door, desk)
    number = given(door)
    door.sees("Everything is sent.")

    find(door, number)
    expect(door.page.get_by_role("article")).to_contain_text("Is here", timeout=PATIENCE)
    door.press("Gone away")
    door.press("Yes, take it out")
    door.sees(f"Number {number} is taken out.")

    find(door, number)
    door.sees(f"Nobody has number {number} today.")


def test_heads_are_counted_with_no_signal_and_add_up_over_two_doors(
    phones: Phones, door: Phone, doorkeeper: dict[str, str], desk: Desk
) -> None:
    other = at_the_door(phones(), doorkeeper)
    session = str(desk.session("photos and privacy")["id"])

    for phone in (door, other):
        phone.tap(phone.page.get_by_role("tab", name="Count heads"))
        phone.page.get_by_label("Who is counted?").select_option(session)
    with door.away():
        for count in range(1, 5):
            door.press("One more")
            expect(door.page.locator(".door-number")).to_have_text(str(count))
        door.press("One fewer")
    other.press("One more")

    door.sees("At all doors together, here: 4")
    assert door_of(desk)["heads"] == 4


def test_somebody_new_is_let_in_by_keyboard_alone(door: Phone, desk: Desk) -> None:
    door.page.get_by_label("For which session?").focus()
    door.page.keyboard.press("Tab")
    while door.page.evaluate("document.activeElement.type") != "submit":
        door.page.keyboard.press("Tab")
    door.page.keyboard.press("Enter")
    expect(door.page.locator(".door-given h2")).to_be_focused()

    door.page.keyboard.press("Tab")
    door.page.keyboard.press("Enter")
    expect(door.page.get_by_role("heading", name="Somebody new")).to_be_focused()
