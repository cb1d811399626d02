"""A receipt made on one phone and opened on another: by its words, or by its QR code."""

import re
from collections.abc import Callable
from itertools import count

import pytest
from playwright.sync_api import expect
from tests.journeys.desk import Desk
from tests.journeys.phones import Phone, Phones

pytestmark = pytest.mark.journey
SESSION = "my very first account"
SENT = "Sent. Somebody reads it before others do."
number = count(1)
Second = Callable[[Phone], Phone]


def fragments(phone: Phone) -> list[str]:
    """What the QR codes of the receipts on the phone say after the hash."""
    secrets = [one["secret"] for one in phone.shelf("receipts").values()]
    return ["1.{event}.{kind}.{seed}".format_map(secret) for secret in secrets]


def words_of(phone: Phone) -> str:
    """The eight words of the one receipt on the screen, written down as people do: four letters of each."""
    phone.press("Write it down")
    written = phone.page.get_by_role("listitem").filter(has_text=re.compile(r"^[a-z]{3,8}$"))
    expect(written).to_have_count(8)
    return " ".join(word[:4] for word in written.all_inner_texts())


def to_mine(phone: Phone) -> None:
    phone.tap(phone.page.get_by_role("main").get_by_role("link", name="My questions"))


BY_WORDS = pytest.mark.parametrize("on_a_second_phone", ["words"], indirect=True)
BY_QR = pytest.mark.parametrize("on_a_second_phone", ["QR code"], indirect=True)


@pytest.fixture(params=["words", "QR code"])
def on_a_second_phone(phones: Phones, request: pytest.FixtureRequest) -> Second:
    """Opens the one receipt of a phone on another one, which has been at the day before."""

    def by_words(first: Phone) -> Phone:
        words, second = words_of(first), phones()
        second.may_be_refused = {404}  # words do not say what they are for: a question is looked for first
        second.open("/e/leeds")
        second.heading("Leeds Social Media Surgery")
        second.press("My questions")
        second.page.get_by_text("Open something you sent, with its eight words").tap()
        second.page.get_by_label("The words of your receipt").fill(words.upper())
        second.press("Open")
        return second

    def by_qr(first: Phone) -> Phone:
        (fragment,) = fragments(first)
        second = phones()
        second.open(f"/r#{fragment}")
        expect(second.page).to_have_url(re.compile("/r$"))
        to_mine(second)
        return second

    return by_words if request.param == "words" else by_qr


@pytest.fixture
def asked(phones: Phones, desk: Desk) -> tuple[Phone, str]:
    """A phone that has asked, its receipt card on the screen, and what it asked."""
    phone, text = phones(), f"May I bring somebody along, number {next(number)}?"
    phone.ask(desk.session(SESSION)["code"], text)
    phone.sees(SENT)
    return phone, text


def news(phone: Phone) -> None:
    phone.press("Look for news")


def test_a_question_is_followed_from_a_second_phone(
    asked: tuple[Phone, str], on_a_second_phone: Second, desk: Desk
) -> None:
    first, text = asked
    second = on_a_second_phone(first)
    second.sees("Waiting for review")

    question = desk.show(text)
    news(second)
    second.sees("Shown")
    second.sees(text)
    desk.answer(question, "Yes, do. There is tea for two.")
    news(second)

    second.sees("Answered")
    second.sees("Yes, do. There is tea for two.")


@BY_QR
def test_why_it_was_sent_back_is_read_on_a_second_phone(
    asked: tuple[Phone, str], on_a_second_phone: Second, desk: Desk
) -> None:
    first, text = asked
    review = desk.review(text)
    said = {"reason": "names-somebody", "note": "Please leave out the ward."}
    desk.call("moderator", "POST", f"desk/reviews/{review['id']}/return/", said)

    second = on_a_second_phone(first)

    second.sees("Sent back to you")
    second.sees("It names somebody, or somebody could be recognised.")
    second.sees("They wrote: Please leave out the ward.")


@BY_WORDS
def test_one_that_was_joined_with_another_shows_the_answer_of_both(
    asked: tuple[Phone, str], on_a_second_phone: Second, phones: Phones, desk: Desk
) -> None:
    first, text = asked
    other, alike = phones(), f"Can my sister come too, number {next(number)}?"
    other.ask(desk.session(SESSION)["code"], alike)
    other.sees(SENT)
    review, into = desk.review(text), desk.review(alike)
    kept = desk.show(alike)
    desk.call("moderator", "POST", f"desk/reviews/{review['id']}/merge/", {"into": into["id"]})
    desk.answer(kept, "Everybody is welcome.")

    second = on_a_second_phone(first)

    second.sees("Somebody asked the same.")
    second.sees(alike)
    second.sees("Everybody is welcome.")
    first.open("/mine")
    first.sees(text)
    first.sees("Everybody is welcome.")


@BY_WORDS
def test_one_that_was_withdrawn_cannot_be_opened_any_more(
    asked: tuple[Phone, str], on_a_second_phone: Second, desk: Desk, phones: Phones
) -> None:
    first, text = asked
    second = on_a_second_phone(first)
    second.sees("Waiting for review")
    second.press("Withdraw")
    second.press("Yes, withdraw it")
    second.sees("It is gone for everyone.")
    assert desk.reviews(text) == []

    third = phones()
    third.may_be_refused = {404}
    (fragment,) = fragments(first)
    third.open(f"/r#{fragment}")
    third.heading("There is nothing for this receipt")
    first.may_be_refused = {404}
    first.open(f"/r#{fragment}")
    first.heading("There is nothing for this receipt")
    to_mine(first)
    first.sees("It is gone for everyone.")


def test_what_was_said_in_a_talk_is_followed_from_a_second_phone(
    phones: Phones, on_a_second_phone: Second, desk: Desk
) -> None:
    first, text = phones(), f"I will bring cake, number {next(number)}."
    first.open(f"/s/{desk.session(SESSION)['code']}#talk")
    first.press("Say something")
    first.page.get_by_role("textbox").last.fill(text)
    first.press("Send without a name")
    first.sees("Waiting for review")
    first.page.get_by_text("More", exact=True).last.tap()

    second = on_a_second_phone(first)
    second.sees("What I said")
    second.sees("Waiting for review")
    desk.show(text)
    news(second)

    second.sees(text)
    second.sees("Shown")


def test_the_receipt_is_written_down_or_not_kept_in_one_tap_each(asked: tuple[Phone, str]) -> None:
    first, text = asked
    first.context.grant_permissions(["clipboard-read", "clipboard-write"])
    first.sees("It is kept on this phone, under My questions.")
    words = words_of(first)
    expect(first.page.get_by_role("img", name="QR code")).to_be_visible()
    first.press("Copy the words")
    first.sees("Copied.")
    copied = first.page.evaluate("navigator.clipboard.readText()")
    assert [word[:4] for word in copied.split()] == words.split()

    first.press("Don't keep it here")
    first.sees("This phone has forgotten it.")
    assert fragments(first) == []

    first.press("Keep it after all")
    first.sees("It is kept on this phone, under My questions.")
    first.open("/mine")
    first.sees(text)


def test_opening_ones_own_receipt_again_keeps_the_words(asked: tuple[Phone, str]) -> None:
    first, text = asked
    (fragment,) = fragments(first)

    first.open(f"/r#{fragment}")
    first.heading("What you sent is on this phone now")

    first.sees(text)


def test_a_question_is_changed_and_withdrawn_with_no_signal(asked: tuple[Phone, str], desk: Desk) -> None:
    first, text = asked
    first.open("/mine")
    first.sees("Waiting for review")
    first.settled()
    other = f"{text} And a dog?"

    with first.away():
        first.press("Change it")
        first.page.get_by_label("Your question, changed").fill(other)
        first.press("Send the change")
        first.sees("The change is on its way.")
        assert desk.reviews(other) == []
    expect(first.page.get_by_text("The change is on its way.")).to_have_count(0)
    first.sees(other)
    assert (len(desk.reviews(other)), desk.reviews(text)) == (1, [])

    with first.away():
        first.press("Withdraw")
        first.press("Yes, withdraw it")
    first.sees("It is gone for everyone.")
    assert desk.reviews(other) == []
