"""Asking with no signal: the question waits on the phone, and arrives exactly once."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, Route, expect
from tests.journeys.desk import Desk
from tests.journeys.phones import Phone, Phones, faultless, kept_phone
from tests.served import Served

pytestmark = pytest.mark.journey
SESSION = "first account"
SENT = "Sent. Somebody reads it before others do."
REPLAYS = 5


@pytest.fixture
def code(desk: Desk) -> str:
    return str(desk.session(SESSION)["code"])


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


def test_a_question_asked_with_no_signal_survives_a_restart_and_is_stored_once(
    open_app: Callable[[], Phone], desk: Desk, code: str
) -> None:
    text = "Can I have an account without a phone number?"
    phone = open_app()
    phone.open(f"/s/{code}")
    phone.sees("Live")
    phone.settled()
    phone.lose_signal()

    phone.ask(code, text)
    phone.sees("That didn't send yet. It is safe on your phone.")
    assert desk.reviews(text) == []

    phone = open_app()
    phone.lose_signal()
    phone.open("/mine")
    phone.sees(text)
    phone.sees("Waiting on this phone")

    phone.find_signal()
    phone.sees("Waiting for review")
    assert len(desk.reviews(text)) == 1


def test_a_question_whose_answer_never_arrives_is_sent_again_and_stored_once(
    phone: Phone, desk: Desk, code: str
) -> None:
    text = "Which of my names should I use?"
    answers: list[int] = []

    def swallow(route: Route) -> None:
        """The server takes it; the phone never hears of it."""
        answers.append(route.fetch().status)
        route.abort("connectionreset")

    phone.may_be_away = True
    phone.page.route("**/questions/*/", swallow)
    phone.ask(code, text)
    phone.sees("That didn't send yet. It is safe on your phone.")
    for _ in range(REPLAYS):
        with phone.page.expect_event("requestfailed", lambda request: request.method == "PUT"), phone.away():
            pass
    phone.page.unroute("**/questions/*/")
    with phone.away():
        pass
    phone.sees(SENT)

    assert answers[0] == 201
    assert set(answers[1:]) == {200}
    assert len(answers) > REPLAYS
    assert len(desk.reviews(text)) == 1


def test_a_vote_pressed_with_no_signal_is_counted_once(phone: Phone, desk: Desk, code: str) -> None:
    phone.open(f"/s/{code}")
    phone.sees("Live")
    phone.settled()
    card = phone.page.get_by_role("article").first
    before = int((card.get_by_text("ask this").text_content() or "").split()[0])

    with phone.away():
        phone.sees("Offline, showing")
        phone.tap(card.get_by_role("button", name="Me too"))
        expect(card).to_contain_text("It is counted as soon as there is a connection.")

    expect(card).not_to_contain_text("It is counted as soon as")
    expect(card).to_contain_text(f"{before + 1} people ask this")


def test_what_was_typed_is_still_there_after_a_reload_with_no_signal(phones: Phones, code: str) -> None:
    phone = phones()
    phone.open(f"/s/{code}/ask")
    phone.page.get_by_label("Your question").fill("I keep losing the thread of")
    phone.settled()

    with phone.away():
        phone.page.reload()
        expect(phone.page.get_by_label("Your question")).to_have_value("I keep losing the thread of")
