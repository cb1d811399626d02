"""What a phone notices while somebody writes: told beside Send, with no signal too, and to nobody else."""

import re

import pytest
from playwright.sync_api import expect
from tests.journeys.desk import Desk
from tests.journeys.phones import Phone

pytestmark = pytest.mark.journey
SESSION = "photos and privacy"
BEFORE = """(box) => Boolean(
    [...document.querySelectorAll(".notice")].find((one) => one.textContent.includes("we cannot find you"))
        ?.compareDocumentPosition(box) & Node.DOCUMENT_POSITION_FOLLOWING)"""


@pytest.fixture
def asking(phone: Phone, desk: Desk) -> Phone:
    """Somebody on the ask page of a session whose questions this phone has read, with no signal since."""
    code = desk.session(SESSION)["code"]
    phone.open(f"/s/{code}")
    phone.sees("Live")
    phone.settled()
    phone.press("Ask a question")
    phone.heading("Ask a question")
    phone.lose_signal()
    phone.page.reload()
    phone.heading("Ask a question")
    return phone


def test_care_12_nobody_can_be_found_is_said_before_the_first_question(asking: Phone) -> None:
    box = asking.page.get_by_label("Your question")

    assert box.evaluate(BEFORE)


def test_care_02_help_lines_stand_beside_an_enabled_send_with_no_signal(asking: Phone) -> None:
    page = asking.page
    page.get_by_label("Your question").fill("I want to end my life")

    for line in ("In danger now? Call 999", re.compile("Samaritans"), re.compile("NHS 111")):
        expect(page.get_by_role("main").get_by_role("link", name=line).first).to_be_visible()
    expect(page.get_by_role("button", name="Send without a name")).to_be_enabled()
    asking.press("Send without a name")
    asking.sees("That didn't send yet. It is safe on your phone.")


def test_care_02_names_numbers_and_like_questions_are_found_without_any_request(asking: Phone) -> None:
    page = asking.page
    page.wait_for_load_state("networkidle")
    before = len(asking.requests)
    box = page.get_by_label("Your question")

    box.fill("Can people see where I took my photos? Ring 07700 900123.")
    asking.sees("“07700 900123” looks like a phone number.")
    asking.sees("Already asked here")
    expect(page.get_by_role("button", name="Me too").first).to_be_visible()

    telling = re.compile("/api/(?!v1/sessions/[^/]+/(live|notes)/)")
    assert [one.url for one in asking.requests[before:] if telling.search(one.url)] == []
    assert [one.url for one in asking.requests[before:] if one.post_data] == []
