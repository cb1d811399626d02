"""The wall of a room and the board of a day: what a projector shows, live, without a network, and after."""

import re

import pytest
from playwright.sync_api import expect
from tests.journeys.desk import Desk
from tests.journeys.phones import PATIENCE, Phone, Phones
from tests.journeys.test_bench import at_the_desk

pytestmark = pytest.mark.journey

PROJECTOR = {
    "viewport": {"width": 1280, "height": 720},
    "device_scale_factor": 1,
    "is_mobile": False,
    "has_touch": True,
}
SMALLEST = """() => parseFloat(getComputedStyle(document.querySelector(".wall-words")).fontSize)"""
WHOLE = """() => {
    const words = document.querySelector(".wall-words").getBoundingClientRect();
    const box = document.querySelector(".wall-box").getBoundingClientRect();
    return words.bottom <= box.bottom + 1 && words.right <= box.right + 1;
}"""
LATER = """() => {
    const past = Date.now, later = 61 * 60 * 1000;
    Date.now = () => past() + later;
}"""


@pytest.fixture
def session(desk: Desk) -> dict[str, str]:
    found = desk.session("photos and privacy")
    return {"id": found["id"], "code": found["code"]}


@pytest.fixture
def wall(phones: Phones, session: dict[str, str]) -> Phone:
    projector = phones(**PROJECTOR)
    projector.open(f"/s/{session['code']}/wall")
    expect(projector.page.locator(".wall-qr")).to_be_visible(timeout=PATIENCE)
    return projector


def question_now(wall: Phone) -> str:
    return wall.page.locator(".wall-words").inner_text()


def shows(wall: Phone, text: str) -> None:
    expect(wall.page.locator(".wall-words")).to_have_text(text, timeout=PATIENCE)


def test_a_question_put_on_the_wall_is_there_at_once_and_leaves_it_when_it_is_withdrawn(
    phones: Phones, desk: Desk, session: dict[str, str], wall: Phone
) -> None:
    text = "Can I stop my face from being tagged?"
    asker = phones()
    asker.ask(session["code"], text)
    desk.show(text)
    moderator = at_the_desk(phones(), desk, "moderator", "answers")
    card = moderator.page.get_by_role("article").filter(has_text=text)
    expect(card).to_be_visible(timeout=PATIENCE)

    moderator.tap(card.get_by_role("button", name="Put on the wall"))
    expect(card).to_contain_text("On the wall now")
    shows(wall, text)

    asker.open("/mine")
    asker.press("Withdraw")
    asker.press("Yes, withdraw it")
    expect(wall.page.locator(".wall-words")).to_have_count(0, timeout=PATIENCE)
    expect(wall.page.get_by_role("main")).not_to_contain_text(text)


def test_a_wall_is_read_from_the_back_of_the_room(
    phones: Phones, desk: Desk, session: dict[str, str], wall: Phone
) -> None:
    short, long = "Is a private account private?", "Why would anybody want my pictures? " * 10
    asker = phones()
    for text in (short, long.strip()):
        asker.ask(session["code"], text)
        desk.call("surgeon", "PUT", f"desk/sessions/{session['id']}/current/", {"question": desk.show(text)})
        shows(wall, text)
        assert wall.page.evaluate(SMALLEST) >= 40
        assert wall.page.evaluate(WHOLE)

    assert not wall.page.locator(".screen-acts").is_visible() or wall.page.wait_for_timeout(5000) is None
    expect(wall.page.get_by_role("button", name="Full screen")).to_be_hidden()
    wall.page.mouse.move(400, 300)
    expect(wall.page.get_by_role("button", name="Full screen")).to_be_visible()


def test_a_content_warning_stands_on_the_wall_instead_of_the_words(
    phones: Phones, desk: Desk, session: dict[str, str], wall: Phone
) -> None:
    marked = next(
        one
        for one in desk.day.get(f"/api/v1/sessions/{session['code']}/live/").json()["questions"]
        if one["warning"]
    )
    desk.call("surgeon", "PUT", f"desk/sessions/{session['id']}/current/", {"question": marked["id"]})

    shows(wall, f"Content warning: {marked['warning']}")
    expect(wall.page.get_by_role("main")).not_to_contain_text(marked["text"][:40])


def test_a_wall_keeps_its_question_and_its_clock_for_an_hour_without_a_network(
    phones: Phones, desk: Desk, session: dict[str, str], wall: Phone
) -> None:
    text = "Who sees it when I like something?"
    phones().ask(session["code"], text)
    desk.call("surgeon", "PUT", f"desk/sessions/{session['id']}/current/", {"question": desk.show(text)})
    shows(wall, text)
    wall.settled()
    wall.keeps("boards")
    before = wall.page.locator(".screen-time strong").inner_text()

    with wall.away():
        expect(wall.page.locator(".screen-time")).to_contain_text(
            re.compile(r"As of \d\d:\d\d"), timeout=PATIENCE
        )
        wall.page.evaluate(LATER)
        expect(wall.page.locator(".screen-time strong")).not_to_have_text(before, timeout=PATIENCE)
        assert question_now(wall) == text
        wall.page.reload()
        shows(wall, text)
        expect(wall.page.locator(".wall-qr")).to_be_visible()
        expect(wall.page.locator(".screen-time")).to_contain_text(
            re.compile(r"As of \d\d:\d\d"), timeout=PATIENCE
        )
    expect(wall.page.locator(".screen-time")).not_to_contain_text("As of", timeout=PATIENCE)


def test_a_room_has_a_wall_of_its_own_that_is_chosen_once(phones: Phones, desk: Desk) -> None:
    projector = phones(**PROJECTOR)
    projector.open("/e/leeds/wall")
    projector.heading("Which wall?")
    room = desk.session("photos and privacy")["room"]["name"]
    projector.tap(projector.page.get_by_role("link", name=re.compile(room)))

    expect(projector.page.locator(".wall-qr")).to_be_visible(timeout=PATIENCE)
    expect(projector.page.locator(".title .above")).to_have_text(room)
    expect(projector.page.get_by_role("navigation")).to_have_count(0)


def test_who_is_called_is_on_the_board_and_how_long_the_others_wait(phones: Phones, desk: Desk) -> None:
    board = at_the_desk(phones(**PROJECTOR), desk, "moderator", "board")
    board.heading("Whose turn it is")
    session = desk.session("photos and privacy")["id"]
    (spare,) = desk.call("organiser", "POST", "desk/events/leeds/spares/", {"count": 1}).json()["spares"]
    ticket = {"session": session, "labels": [], "remote": False}
    desk.call("organiser", "PUT", f"desk/events/leeds/tickets/{spare['id']}/", ticket)
    desk.call("surgeon", "PUT", "desk/events/leeds/presence/", {"state": "here", "place": "table 9"})
    here = board.page.locator(".board-here").filter(has_text="Surgeons here")
    expect(here).to_contain_text("table 9", timeout=PATIENCE)

    called = desk.call("surgeon", "POST", "desk/events/leeds/take/", {"what": "person", "any": True}).json()
    number = str(called["person"]["ticket"])
    call = board.page.locator(".board-calls li").filter(has_text=number)
    expect(call).to_contain_text("table 9", timeout=PATIENCE)

    with board.away():
        expect(board.page.locator(".screen-time")).to_contain_text(
            re.compile(r"As of \d\d:\d\d"), timeout=3 * PATIENCE
        )
        expect(call).to_be_visible()
    desk.call("surgeon", "POST", f"desk/bookings/{called['person']['id']}/served/", {})
    expect(call).to_have_count(0, timeout=2 * PATIENCE)
