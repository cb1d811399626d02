"""The talk of a session: numbers for names, replies, reactions."""

import re

import pytest
from playwright.sync_api import expect
from tests.journeys.desk import Desk
from tests.journeys.phones import Phone, Phones

pytestmark = pytest.mark.journey
SESSION = "my very first account"


def speak(phone: Phone, text: str) -> None:
    """Says `text` in the box that is open."""
    phone.page.get_by_role("textbox").last.fill(text)
    phone.press("Send without a name")


def test_people_talk_by_number_and_reply_to_each_other(phones: Phones, desk: Desk) -> None:
    one, other = phones(), phones()
    code = desk.session(SESSION)["code"]
    first, second = "I was scared of my first post too.", "It gets easier after the third."
    for phone in (one, other):
        phone.open(f"/s/{code}#talk")
        phone.sees("Live")

    one.press("Say something")
    speak(one, first)
    one.sees("Waiting for review")
    desk.show(first)
    heard = other.page.get_by_role("article").filter(has_text=first).last
    expect(heard).to_contain_text("Person")

    other.tap(heard.get_by_role("button", name="Reply to Person").first)
    speak(other, second)
    other.sees("Waiting for review")
    desk.show(second)
    article = one.page.get_by_role("article").filter(has_text=second).last
    waiting = one.page.get_by_role("button", name=re.compile("^Show .*new"))
    expect(article.or_(waiting).first).to_be_visible()
    if waiting.is_visible():
        one.tap(waiting)
    expect(article).to_be_visible()

    one.tap(article.get_by_role("button", name=re.compile("^Thanks")))
    expect(one.page.get_by_text("Said.").first).to_be_attached()
