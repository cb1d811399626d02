"""A question for surgeons alone, and its answer in private."""

import json
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from tests.journeys.desk import Desk
from tests.journeys.phones import Phone, Phones
from tests.journeys.test_bench import at_the_desk

pytestmark = pytest.mark.journey
SESSION = "photos and privacy"
TEXT = "My sister reads my phone. What can I do?"
REPLY = "Set a code only you know. We can do it at table 3."


def asked(phone: Phone, desk: Desk, text: str) -> Phone:
    """Somebody who asked the surgeons alone."""
    phone.open(f"/s/{desk.session(SESSION)['code']}/ask")
    phone.page.get_by_label("Your question").fill(text)
    phone.page.get_by_text("Choices", exact=True).tap()
    phone.page.get_by_label("Surgeons only").tap()
    phone.press("Send without a name")
    phone.sees("Sent. Somebody reads it before others do.")
    return phone


def test_a_private_reply_is_read_with_no_request_that_says_mine(phones: Phones, desk: Desk) -> None:
    asker = asked(phones(), desk, TEXT)
    since = len(asker.requests)
    desk.answer(desk.show(TEXT), REPLY)

    asker.open("/mine")
    asker.sees(REPLY)
    asker.sees("Only you can read this.")

    kept = asker.shelf("receipts").values()
    own = [mark for one in kept for mark in (one["id"], one["box"], one["secret"]["seed"])]
    sent = [one for one in asker.requests[since:] if urlsplit(one.url).path.startswith("/api/")]
    assert any(one.url.endswith("/notes/") for one in sent)  # positive control: they were fetched
    said = json.dumps([[one.url, one.all_headers(), one.post_data or ""] for one in sent])
    assert [mark for mark in own if mark in said] == []
    assert {one.method for one in sent} == {"GET"}
    assert [one.url for one in sent if "authorization" in one.all_headers()] == []

    other = phones()
    other.open(f"/s/{desk.session(SESSION)['code']}")
    other.sees("Live")
    assert [text for text in (TEXT, REPLY) if text in other.page.content()] == []


def test_a_private_reply_is_shown_to_the_safety_lead(phones: Phones, desk: Desk) -> None:
    text, reply = "May I write to you about my manager?", "Keep such things to yourself."
    asker = asked(phones(), desk, text)
    desk.answer(desk.show(text), reply)
    asker.open("/mine")
    asker.sees(reply)

    asker.press("Show it to the safety lead")
    asker.sees("They do not see who you are.")
    asker.press("Yes, show it")
    asker.sees("The safety lead has this reply.")

    lead = at_the_desk(phones(), desk, "organiser", "reviews#care")
    pick = lead.page.get_by_role("button").filter(has_text=text)
    lead.tap(pick)
    lead.sees("A private reply was shown to you")
    lead.sees(reply)
    lead.press("Done")
    lead.sees("Done. Thank you. Take a moment for yourself too.")
    expect(pick).to_have_count(0)
