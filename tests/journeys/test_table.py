"""A surgeon's table: whoever is next is called once, seen, and off; nobody is called twice."""

import pytest
from playwright.sync_api import expect
from tests.journeys.desk import Desk
from tests.journeys.phones import PATIENCE, Phone, Phones
from tests.journeys.tables import (
    at_a_table,
    at_the_door,
    called,
    colleague,
    door_of,
    empty_line,
    for_surgery,
    given,
)

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def second(desk: Desk) -> dict[str, str]:
    return colleague(desk, "surgeon", "Ada")


@pytest.fixture(autouse=True)
def nobody_waits(desk: Desk) -> None:
    empty_line(desk)


@pytest.fixture
def door(phones: Phones, desk: Desk) -> Phone:
    door = at_the_door(phones(), desk.account("organiser"))
    for_surgery(door, desk)
    return door


@pytest.fixture
def table(phones: Phones, desk: Desk) -> Phone:
    phone = at_a_table(phones(), desk.account("surgeon"), "table 3")
    phone.may_be_refused = {404}
    return phone


def test_a_walk_in_is_called_to_a_table_and_done(door: Phone, table: Phone) -> None:
    number = given(door)
    door.sees("Everything is sent.")

    table.press("Anyone")
    expect(called(table)).to_have_text(str(number), timeout=PATIENCE)
    table.sees(f"Number {number} is called to you.")
    table.sees("In the room")
    table.press("Done")

    table.sees(f"Number {number} is done. The number is free again.")
    expect(called(table)).to_have_count(0)


def test_two_surgeons_never_get_the_same_person(
    phones: Phones, door: Phone, table: Phone, second: dict[str, str]
) -> None:
    other = at_a_table(phones(), second, "window")
    other.may_be_refused = {404}
    numbers = {str(given(door)), str(given(door))}
    door.sees("Everything is sent.")

    for phone in (table, other):
        phone.press("Anyone")
    for phone in (table, other):
        expect(called(phone)).to_have_count(1, timeout=PATIENCE)
    assert {called(table).inner_text(), called(other).inner_text()} == numbers

    other.press("Anyone")
    other.sees("Nobody waits just now.")
    for phone in (table, other):
        phone.press("Done")
        expect(called(phone)).to_have_count(0, timeout=PATIENCE)


def test_whoever_was_given_a_number_with_no_signal_is_called_once_it_is_back(
    door: Phone, table: Phone, desk: Desk
) -> None:
    with door.away():
        number = given(door)
        door.sees("1 thing you did waits on this phone.")
        table.press("Anyone")
        table.sees("Nobody waits just now.")
    door.sees("Everything is sent.")

    table.press("Anyone")
    expect(called(table)).to_have_text(str(number), timeout=PATIENCE)
    here = door_of(desk)["here"]
    table.press("Not here")
    table.press("Yes, take them out")
    table.sees(f"Number {number} is out of the line.")
    assert door_of(desk)["here"] == here - 1


def test_somebody_is_handed_to_a_colleague_and_put_back_by_them(
    phones: Phones, door: Phone, table: Phone, second: dict[str, str], desk: Desk
) -> None:
    other = at_a_table(phones(), second, "window")
    number = given(door)
    door.sees("Everything is sent.")
    table.press("Anyone")
    expect(called(table)).to_have_text(str(number), timeout=PATIENCE)

    table.press("Hand over")
    table.page.get_by_label("To whom?").select_option(label="Ada, window")
    table.press("Hand it over")
    table.sees("It is with Ada now.")
    expect(called(other)).to_have_text(str(number), timeout=PATIENCE)

    other.press("Away")
    other.press("Go, put them back")
    other.sees("You are away.")
    table.press("Anyone")
    expect(called(table)).to_have_text(str(number), timeout=PATIENCE)
    table.press("Done")
    expect(called(table)).to_have_count(0, timeout=PATIENCE)


def test_the_next_question_is_taken_and_answered_aloud_with_a_line(
    phones: Phones, table: Phone, desk: Desk
) -> None:
    text = "May I post a picture of my breakfast?"
    phones().ask(str(desk.session("photos and privacy")["code"]), text)
    desk.show(text)
    card = table.page.locator("article").filter(has=table.page.get_by_role("button", name="Let it go"))

    table.press("Any question")
    expect(card).to_have_count(1, timeout=PATIENCE)
    taken = card.locator(".prose").inner_text()
    table.press("Answered aloud")
    table.page.get_by_label("Your answer", exact=True).fill("We talked about it at the table.")
    table.press("Send the answer")
    table.sees("Your answer is shown.")
    expect(card).to_have_count(0, timeout=PATIENCE)

    path = "desk/events/leeds/questions/?state=answered&page_size=200"
    found = {row["text"]: row for row in desk.call("surgeon", "GET", path).json()["results"]}
    assert found[taken]["answers"][-1]["spoken"] is True


def test_a_table_is_kept_by_keyboard_alone(door: Phone, table: Phone) -> None:
    number = given(door)
    door.sees("Everything is sent.")

    table.page.get_by_role("button", name="Anyone").focus()
    table.page.keyboard.press("Enter")
    expect(table.page.get_by_role("heading", name=f"Number {number}")).to_be_focused(timeout=PATIENCE)
    table.page.keyboard.press("Tab")
    expect(table.page.get_by_role("button", name="Done")).to_be_focused()
    table.page.keyboard.press("Enter")

    table.sees(f"Number {number} is done")
    expect(table.page.get_by_role("button", name="Undo")).to_be_focused()
    table.page.keyboard.press("Enter")
    table.sees(f"Number {number} is still with you.")
    table.page.get_by_role("button", name="Done").focus()
    table.page.keyboard.press("Enter")
    table.sees(f"Number {number} is done. The number is free again.")
    expect(table.page.get_by_role("heading", name="Who comes next")).to_be_focused(timeout=PATIENCE)


def test_without_a_signal_the_table_says_that_nothing_has_changed(table: Phone) -> None:
    with table.away():
        table.press("Busy")
        table.sees("That did not reach the server. Nothing has changed; please try again.")
    table.press("Busy")
    table.sees("You are busy. Nobody is sent to you meanwhile.")
