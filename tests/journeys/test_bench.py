"""What a moderator does with what was sent: undo, join, care and pace, on a phone and by keyboard."""

import pytest
from playwright.sync_api import expect
from tests.journeys.desk import Desk
from tests.journeys.phones import PATIENCE, Phone, Phones
from tests.served import Served

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def code(desk: Desk) -> str:
    return str(desk.session("photos and privacy")["code"])


def at_the_desk(phone: Phone, desk: Desk, role: str, place: str) -> Phone:
    """Signed in on this phone, with one of the desk's pages open."""
    account = desk.account(role)
    phone.open("/sign-in")
    phone.page.get_by_label("E-mail").fill(account["email"])
    phone.page.get_by_label("Password", exact=True).fill(account["password"])
    phone.page.get_by_label("Keep me signed in on this phone").check()
    phone.press("Sign in")
    phone.heading("Your desk")
    phone.open(f"/desk/leeds/{place}")
    return phone


def pick(phone: Phone, text: str) -> None:
    phone.tap(phone.page.get_by_role("button").filter(has_text=text))
    expect(phone.page.get_by_role("article")).to_contain_text(text)


def test_a_decision_is_undone_by_one_key(phones: Phones, desk: Desk, code: str) -> None:
    text = "How do I undo what I have posted?"
    phones().ask(code, text)
    moderator = at_the_desk(phones(), desk, "moderator", "reviews")
    pick(moderator, text)

    moderator.page.keyboard.press("1")
    moderator.sees("Shown. Everybody can see it now.")
    assert len(desk.reviews(text, "shown")) == 1
    moderator.page.keyboard.press("u")
    moderator.sees("Undone. It is in “Waiting” again.")

    assert len(desk.reviews(text, "held")) == 1


def test_a_question_is_joined_with_another_on_a_phone_and_taken_apart(
    phones: Phones, desk: Desk, code: str
) -> None:
    one, other = "Can my boss read what I post at night?", "Does my employer see my late posts?"
    phones().ask(code, one)
    phones().ask(code, other)
    desk.show(other)
    moderator = at_the_desk(phones(), desk, "moderator", "reviews")
    pick(moderator, one)

    moderator.press("Join")
    moderator.page.get_by_label("Find the other by a word in it").fill("employer")
    moderator.page.get_by_label(other).check()
    expect(moderator.page.locator(".both")).to_contain_text(one)
    expect(moderator.page.locator(".both")).to_contain_text(other)
    moderator.press("Join them")
    moderator.sees("Joined. Everybody who asked either reads the same answers.")
    joined = desk.review(one, "merged")
    assert joined["into"] == desk.reviews(other, "shown")[0]["id"]

    moderator.tap(moderator.page.get_by_role("link", name="Joined"))
    pick(moderator, one)
    moderator.press("Take apart")
    moderator.sees("Taken apart.")
    assert desk.reviews(one, "merged") == []


def test_what_needs_a_kind_answer_comes_first_has_an_owner_and_is_handed_on(
    phones: Phones, desk: Desk, code: str
) -> None:
    text = "I want to kill myself and nobody would notice."
    phones().ask(code, text)
    moderator = at_the_desk(phones(), desk, "moderator", "reviews#care")
    pick(moderator, text)
    moderator.sees("May need a kind, quick answer")
    moderator.sees("With the safety lead")

    moderator.press("Take it")
    moderator.sees("With you")
    moderator.press("Hand over")
    moderator.press("Hand it over")
    moderator.sees("With the safety lead")
    moderator.press("Return")
    note = moderator.page.get_by_label("Your note")
    moderator.page.get_by_text("Kind words to begin with").tap()
    moderator.tap(moderator.page.get_by_role("button", name="Begin with these: I have read this"))
    assert note.input_value().startswith("I have read this and I am sorry")
    assert "detected" not in moderator.page.get_by_role("main").inner_text().lower()
    moderator.press("Return it")
    moderator.sees("Returned with your note.")

    assert [row["care"] for row in desk.reviews(text, "returned")] == [False]


def test_a_surgeon_asks_the_safety_lead_in_one_tap(phones: Phones, desk: Desk, code: str) -> None:
    text = "Who can I talk to when the night is long?"
    phones().ask(code, text)
    desk.show(text)
    surgeon = at_the_desk(phones(), desk, "surgeon", "answers")
    card = surgeon.page.get_by_role("article").filter(has_text=text)

    surgeon.tap(card.get_by_role("button", name="Ask the safety lead"))
    expect(card).to_contain_text("The safety lead knows.", timeout=PATIENCE)

    assert [row["care"] for row in desk.reviews(text, "shown")] == [True]


def test_a_session_is_paused_from_the_bench_and_its_line_stands_in_the_audit_list(
    phones: Phones, desk: Desk, code: str
) -> None:
    moderator = at_the_desk(phones(), desk, "moderator", "reviews")
    moderator.page.get_by_label("Session").select_option(code)
    moderator.press("Pace")

    moderator.press("Pause it")
    moderator.sees("Saved.")
    assert desk.call("moderator", "GET", f"desk/sessions/{code}/flow/").json()["paused"] is True
    moderator.press("Go on")
    moderator.sees("It takes questions")

    lines = desk.call("moderator", "GET", "desk/events/leeds/acts/?page_size=200").json()["results"]
    assert {"pause", "resume"} <= {line["act"] for line in lines}
    moderator.open("/desk/leeds/acts")
    moderator.heading("Who did what")
    moderator.page.get_by_role("button", name="Undo").first.wait_for()


def test_without_a_signal_the_desk_says_why_it_is_empty(phones: Phones, desk: Desk, day: Served) -> None:
    moderator = at_the_desk(phones(), desk, "moderator", "reviews")
    moderator.page.get_by_role("article").wait_for()
    with moderator.away():
        moderator.tap(moderator.page.get_by_role("link", name="Hidden"))
        moderator.sees("What the desk reads is never kept on this phone")
