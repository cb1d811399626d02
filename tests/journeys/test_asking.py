"""Asking without a name, from the session's address to the answer."""

import pytest
from playwright.sync_api import expect
from tests.journeys.desk import Desk
from tests.journeys.phones import Phone, Phones

pytestmark = pytest.mark.journey
SESSION = "photos and privacy"


@pytest.fixture
def code(desk: Desk) -> str:
    return str(desk.session(SESSION)["code"])


def test_from_the_address_to_a_sent_question_it_takes_three_taps(phone: Phone, code: str) -> None:
    phone.open(f"/s/{code}")

    phone.press("Ask a question")
    phone.tap(phone.page.get_by_label("Your question"))
    phone.page.keyboard.type("Do pictures remember where they were taken?")
    phone.press("Send without a name")

    phone.sees("Sent. Somebody reads it before others do.")
    phone.sees("It is kept on this phone, under My questions.")
    assert phone.taps == 3


def test_anon_13_nothing_that_is_sent_says_who_asks(phone: Phone, code: str) -> None:
    phone.ask(code, "Can my landlord see what I post?")
    phone.sees("Sent. Somebody reads it before others do.")

    assert phone.page.evaluate("document.cookie") == ""
    assert phone.context.cookies() == []
    assert {one.url.split("/")[2] for one in phone.requests} == {phone.url.split("/")[2]}
    telling = ("cookie", "authorization", "referer")
    assert [one.url for one in phone.requests if any(map(one.all_headers().get, telling))] == []


@pytest.fixture
def moderator(phones: Phones, desk: Desk) -> Phone:
    """Somebody who looks after the day, with the review queue on the screen."""
    account = desk.account("moderator")
    phone = phones()
    phone.open("/sign-in")
    phone.page.get_by_label("E-mail").fill(account["email"])
    phone.page.get_by_label("Password", exact=True).fill(account["password"])
    phone.press("Sign in")
    phone.heading("Your desk")
    phone.press("Review what was sent")
    return phone


def test_a_question_is_shown_live_and_its_answer_comes_back(
    phones: Phones, moderator: Phone, desk: Desk, code: str
) -> None:
    asker, follower = phones(), phones()
    text = "How do I take my face out of somebody's album?"
    follower.open(f"/s/{code}")
    follower.sees("Live")
    card = follower.page.get_by_role("article").filter(has_text=text)

    asker.ask(code, text)
    asker.sees("Sent. Somebody reads it before others do.")
    assert card.count() == 0
    moderator.tap(moderator.page.get_by_role("button").filter(has_text=text))
    expect(moderator.page.get_by_role("article")).to_contain_text(text)
    moderator.press("Show")
    expect(card).to_be_visible()
    follower.tap(card.get_by_role("button", name="Me too"))
    expect(card).to_contain_text("1 person asks this")
    review = desk.review(text, "shown")
    desk.answer(review["subject"], "Ask them first. Then there is a button for it.")

    expect(card).to_contain_text("Ask them first. Then there is a button for it.")
    assert len(follower.sent(f"/s/{code}$")) == 1
    asker.open("/mine")
    asker.sees("Answered")
    asker.sees("Ask them first. Then there is a button for it.")
