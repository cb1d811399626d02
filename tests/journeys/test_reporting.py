"""Reporting in two taps: a question or what somebody said, without a name, undoable, also with no signal."""

import json
import re
from itertools import count
from typing import Any

import pytest
from playwright.sync_api import Locator, expect
from tests.journeys.desk import Desk
from tests.journeys.phones import PATIENCE, Phone, Phones

pytestmark = pytest.mark.journey
SESSION = "photos and privacy"
FOLDED = "Some people asked us to look at this."
number = count(1)


def show_a_question(phone: Phone, desk: Desk) -> tuple[str, str]:
    """A question asked from `phone` and shown: the code of its session, and its words."""
    code, text = desk.session(SESSION)["code"], f"Is this one all right, number {next(number)}?"
    phone.ask(code, text)
    phone.sees("Sent. Somebody reads it before others do.")
    desk.show(text)
    return code, text


def show_a_comment(phone: Phone, desk: Desk) -> tuple[str, str]:
    code, text = desk.session(SESSION)["code"], f"I say this, number {next(number)}."
    phone.open(f"/s/{code}#talk")
    phone.press("Say something")
    phone.page.get_by_role("textbox").last.fill(text)
    phone.press("Send without a name")
    phone.sees("Waiting for review")
    desk.show(text)
    return code, text


def item(phone: Phone, text: str) -> Locator:
    """The question or comment with these words, on the screen."""
    found = phone.page.get_by_role("article").filter(has_text=text).last
    expect(found).to_be_visible(timeout=PATIENCE)
    return found


def report(phone: Phone, found: Locator, reason: str) -> None:
    phone.tap(found.get_by_role("button", name=re.compile("^Report")))
    phone.tap(found.get_by_role("button", name=reason, exact=True))


def reports_of(desk: Desk, text: str) -> list[dict[str, Any]]:
    """Why people reported it, with counts, as moderators see it."""
    rows = desk.call("moderator", "GET", f"desk/events/{desk.event}/reviews/?lane=reported").json()["results"]
    return [one for row in rows if row["text"] == text for one in row["reports"]]


def test_care_10_a_question_is_reported_in_two_taps_without_a_name(phones: Phones, desk: Desk) -> None:
    asker, reader = phones(), phones()
    code, text = show_a_question(asker, desk)
    reader.open(f"/s/{code}")
    question = item(reader, text)

    report(reader, question, "It is unkind")
    expect(question).to_contain_text("Thank you. A moderator will look at it.")

    assert reader.taps == 2
    assert reports_of(desk, text) == [{"reason": "unkind", "count": 1}]
    (sent,) = reader.sent("/reports/")
    assert json.loads(sent.post_data or "").keys() == {"reason", "proof"}
    telling = ("cookie", "authorization", "referer")
    assert [name for name in telling if sent.all_headers().get(name)] == []


def test_care_10_three_reports_fold_a_question_for_everybody_until_a_moderator_lets_it_stand(
    phones: Phones, desk: Desk
) -> None:
    asker, follower = phones(), phones()
    code, text = show_a_question(asker, desk)
    follower.open(f"/s/{code}")
    question = item(follower, text)
    words = question.get_by_text(text)
    expect(words).to_be_visible()
    for reason in ("It is unkind", "It names somebody", "It is an advert"):
        reader = phones()
        reader.open(f"/s/{code}")
        report(reader, item(reader, text), reason)
        reader.sees("Thank you. A moderator will look at it.")

    expect(question).to_contain_text(f"{FOLDED} Show it", timeout=PATIENCE)
    expect(words).to_be_hidden()
    follower.tap(question.get_by_text(FOLDED))
    expect(words).to_be_visible()

    review = desk.review(text, "shown")
    desk.call("moderator", "POST", f"desk/reviews/{review['id']}/keep/", {})
    expect(question).not_to_contain_text(FOLDED, timeout=PATIENCE)
    late = phones()
    late.open(f"/s/{code}")
    report(late, item(late, text), "Something else")
    late.sees("A moderator has looked at this already and let it stand.")
    expect(question).not_to_contain_text(FOLDED)


def test_care_10_a_report_can_be_taken_back(phones: Phones, desk: Desk) -> None:
    asker, reader = phones(), phones()
    code, text = show_a_question(asker, desk)
    reader.open(f"/s/{code}")
    report(reader, item(reader, text), "Something else")
    reader.sees("Thank you. A moderator will look at it.")

    reader.page.reload()
    question = item(reader, text)
    reader.tap(question.get_by_role("button", name="You reported this"))
    with reader.page.expect_response(lambda answer: answer.request.method == "DELETE"):
        reader.tap(question.get_by_role("button", name="Take it back"))

    expect(question).to_contain_text("Taken back.")
    assert reports_of(desk, text) == []


def test_care_10_a_report_made_with_no_signal_waits_and_arrives_once(phones: Phones, desk: Desk) -> None:
    asker, reader = phones(), phones()
    code, text = show_a_question(asker, desk)
    reader.open(f"/s/{code}")
    reader.settled()
    question = item(reader, text)

    with reader.away():
        report(reader, question, "It names somebody")
        expect(question).to_contain_text("It is safe on your phone and goes by itself")
        assert reports_of(desk, text) == []
    expect(question).to_contain_text("Thank you. A moderator will look at it.", timeout=PATIENCE)

    assert reports_of(desk, text) == [{"reason": "names-somebody", "count": 1}]


def test_care_10_worry_about_somebody_shows_help_lines_and_promises_no_rescue(
    phones: Phones, desk: Desk
) -> None:
    speaker, reader = phones(), phones()
    code, text = show_a_comment(speaker, desk)
    reader.open(f"/s/{code}#talk")
    comment = item(reader, text)

    report(reader, comment, "I am worried about them")

    expect(comment).to_contain_text("A moderator will look soon.")
    expect(comment).to_contain_text("we cannot send anybody")
    expect(comment.get_by_role("link", name="In danger now? Call 999")).to_be_visible()
    expect(comment.get_by_role("link", name=re.compile("Samaritans"))).to_be_visible()
    expect(comment).to_contain_text("It is sent.")
    assert [row["care"] for row in desk.reviews(text, "shown")] == [True]


def test_care_10_nobody_is_offered_to_report_their_own(phones: Phones, desk: Desk) -> None:
    asker, reader = phones(), phones()
    code, text = show_a_question(asker, desk)
    for phone in (asker, reader):
        phone.open(f"/s/{code}")
    reports = re.compile("^Report")

    expect(item(reader, text).get_by_role("button", name=reports)).to_have_count(1)
    expect(item(asker, text).get_by_role("button", name=reports)).to_have_count(0)


def test_after_leaving_quickly_nobody_sees_what_was_reported_here(phones: Phones, desk: Desk) -> None:
    asker, reader = phones(), phones()
    code, text = show_a_question(asker, desk)
    reader.open(f"/s/{code}")
    report(reader, item(reader, text), "It is unkind")
    expect(item(reader, text).get_by_role("button", name="You reported this")).to_be_visible()
    reader.context.route("https://www.bbc.co.uk/weather", lambda route: route.fulfill(body="Rain"))
    reader.press("Leave quickly")
    reader.page.wait_for_url("https://www.bbc.co.uk/weather")

    reader.open(f"/s/{code}")
    expect(item(reader, text).get_by_role("button", name="Report this question")).to_be_visible()
