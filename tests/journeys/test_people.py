"""Who runs a day: let in by a link, seen, and taken away again."""

import re
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect
from tests.journeys.desk import Desk
from tests.journeys.phones import PATIENCE, Phone, Phones
from tests.journeys.test_bench import at_the_desk

pytestmark = pytest.mark.journey
PASSWORD = "seven quiet otters"


@pytest.fixture
def organiser(phones: Phones, desk: Desk) -> Phone:
    return at_the_desk(phones(), desk, "organiser", "people")


def link(phone: Phone) -> str:
    """The link that was just told, as a path of this day."""
    told = phone.page.locator("code.copy-link")
    expect(told).to_be_visible(timeout=PATIENCE)
    return re.sub(r"^https?://[^/]+", "", told.inner_text())


def invited(organiser: Phone, name: str, role: str) -> str:
    form = organiser.page.get_by_role("form", name="Invite somebody")
    form.get_by_label("Their name").fill(name)
    form.get_by_label("As", exact=True).select_option(role)
    organiser.tap(form.get_by_role("button", name="Make a link"))
    return link(organiser)


def joined(phone: Phone, address: str, email: str) -> Phone:
    phone.open(address)
    phone.page.get_by_label("Your e-mail").fill(email)
    phone.page.get_by_label("Password", exact=True).fill(PASSWORD)
    phone.page.get_by_label("Keep me signed in on this phone").check()
    phone.press("Join and sign in")
    phone.heading("Your desk")
    return phone


def test_somebody_is_invited_joins_and_has_their_role_taken_away(phones: Phones, organiser: Phone) -> None:
    moderator = joined(phones(), invited(organiser, "Robin", "moderator"), "robin@leeds.example.org")
    moderator.open("/desk/leeds/reviews")
    moderator.heading("Review")

    organiser.page.reload()
    organiser.sees("robin@leeds.example.org")
    organiser.press("Take away: Robin, moderator")
    organiser.sees("Take this role away from Robin?")
    organiser.press("Yes, take it away")
    organiser.sees("Robin no longer has this role.")
    moderator.may_be_refused = {403, 404}
    moderator.open("/desk")
    moderator.sees("You have no role at any event yet")


def test_a_link_that_went_astray_is_taken_back(phones: Phones, organiser: Phone) -> None:
    address = invited(organiser, "Sasha", "surgeon")
    organiser.press("Take back the link for Sasha")
    organiser.press("Yes, take it back")
    organiser.sees("The link for Sasha no longer works.")

    stranger = phones()
    stranger.may_be_refused = {400, 404, 409, 410}
    stranger.open(address)
    stranger.heading("This invitation is over")


def test_the_last_organiser_stays(organiser: Phone) -> None:
    organiser.sees("The last organiser stays")


def test_a_co_moderator_decides_in_one_session_and_in_no_other(
    phones: Phones, desk: Desk, organiser: Phone
) -> None:
    here, there = desk.session("photos and privacy"), desk.session("my very first account")
    asker = phones()
    asker.ask(here["code"], "Who may see my holiday pictures?")
    desk.review("Who may see my holiday pictures?")
    asker.ask(there["code"], "Which name do I choose?")
    desk.review("Which name do I choose?")
    form = organiser.page.get_by_role("form", name="Help in one session")
    form.get_by_label("Session").select_option(here["title"])
    form.get_by_label("Their name").fill("Kit")
    form.get_by_label("For how long").select_option("2 hours")
    organiser.tap(form.get_by_role("button", name="Make a link"))

    helper = phones()
    helper.open(link(organiser))
    helper.heading(re.compile("Help in"))
    helper.press("Join and sign in")
    helper.heading("Your desk")
    helper.sees(re.compile(f"Only in “{here['title']}”"))
    helper.press("Review what was sent")
    pick = helper.page.get_by_role("button").filter(has_text="Who may see my holiday pictures?")
    helper.tap(pick)
    expect(helper.page.get_by_role("main")).not_to_contain_text("Which name do I choose?")
    helper.page.keyboard.press("1")
    helper.sees("Shown. Everybody can see it now.")
    assert len(desk.reviews("Who may see my holiday pictures?", "shown")) == 1
    organiser.page.reload()
    organiser.sees(re.compile(f"moderator, only in “{here['title']}”, until"))


def test_a_lost_password_is_replaced_by_a_new_way_in(phones: Phones, organiser: Phone) -> None:
    old = joined(phones(), invited(organiser, "Noor", "door"), "noor@leeds.example.org")
    old.may_be_refused = {401}
    organiser.page.reload()
    organiser.press("New way in for Noor")

    phone = phones()
    phone.open(link(organiser))
    phone.heading("A new password")
    phone.page.get_by_label("Password", exact=True).fill("eight slow herons")
    phone.press("Keep it and sign in")
    phone.heading("Your desk")
    again = phones()
    again.open("/sign-in")
    again.page.get_by_label("E-mail").fill("noor@leeds.example.org")
    again.page.get_by_label("Password", exact=True).fill("eight slow herons")
    again.press("Sign in")
    again.heading("Your desk")


def test_one_signs_out_everywhere(phones: Phones, desk: Desk, organiser: Phone) -> None:
    lost = joined(phones(), invited(organiser, "Yusra", "moderator"), "yusra@leeds.example.org")
    lost.may_be_refused = {401}
    mine = phones()
    mine.open("/sign-in")
    mine.page.get_by_label("E-mail").fill("yusra@leeds.example.org")
    mine.page.get_by_label("Password", exact=True).fill(PASSWORD)
    mine.press("Sign in")
    mine.heading("Your desk")

    mine.press("Sign out everywhere")
    mine.press("Yes, sign out everywhere")
    mine.heading("Sign in to run the day")
    lost.open("/desk/leeds/reviews")
    lost.sees("You are signed out. Please sign in again.")


def test_a_surgeon_shows_a_photo_and_takes_it_away(phones: Phones, desk: Desk) -> None:
    surgeon = at_the_desk(phones(), desk, "surgeon", "answers")
    surgeon.open("/desk#profile")
    surgeon.sees("There is no photo")
    picture = BytesIO()
    Image.new("RGB", (300, 200), "teal").save(picture, "PNG")
    field = surgeon.page.get_by_label("Choose a photo")
    field.set_input_files({"name": "me.png", "mimeType": "image/png", "buffer": picture.getvalue()})
    expect(surgeon.page.get_by_role("img", name="The photo you chose")).to_be_visible()
    surgeon.press("Use this photo")
    surgeon.sees("Your photo is kept.")
    expect(surgeon.page.get_by_label("Everybody may see my photo")).to_be_checked()
    surgeon.sees("This is your photo.")

    visitor = phones()
    visitor.open("/e/leeds/surgeons")
    face = visitor.page.locator("img.face")
    expect(face).to_have_count(1, timeout=PATIENCE)
    assert face.evaluate(
        "(one) => ['width', 'height', 'alt', 'loading'].map((name) => one.getAttribute(name))"
    ) == ["56", "56", "", "lazy"]
    visitor.until("() => document.querySelector('img.face').naturalWidth > 0")

    surgeon.press("Remove the photo")
    surgeon.press("Yes, remove it")
    surgeon.sees("There is no photo")
    visitor.page.reload()
    visitor.heading("Surgeons")
    expect(face).to_have_count(0, timeout=PATIENCE)


def test_a_profile_is_published_by_whoever_it_is_of_and_taken_down_everywhere_in_one_step(
    phones: Phones, desk: Desk, organiser: Phone
) -> None:
    code, question = str(desk.session("photos and privacy")["code"]), "Do hidden albums stay hidden?"
    phones().ask(code, question)
    desk.show(question)
    surgeon = joined(phones(), invited(organiser, "Bea", "surgeon"), "bea@leeds.example.org")
    list_of_all, thread = phones(), phones()
    list_of_all.open("/e/leeds/surgeons")
    list_of_all.heading("Surgeons")
    bea = list_of_all.page.get_by_role("link", name="Bea")
    expect(bea).to_have_count(0)

    surgeon.press("Edit your profile")
    surgeon.press("Publish your profile")
    surgeon.sees("Published: people see your profile")
    surgeon.open("/desk/leeds/answers")
    mine = surgeon.page.get_by_role("article").filter(has_text=question)
    surgeon.tap(mine.get_by_role("button", name="Answer", exact=True))
    mine.get_by_label("Your answer").fill("From others, yes. From whoever has your phone, no.")
    surgeon.press("Send the answer")
    surgeon.sees("Your answer is shown.")
    list_of_all.page.reload()
    expect(bea).to_be_visible(timeout=PATIENCE)
    thread.open(f"/s/{code}")
    card = thread.page.get_by_role("article").filter(has_text=question)
    expect(card).to_contain_text("Bea", timeout=PATIENCE)

    surgeon.open("/desk#profile")
    surgeon.press("Take your profile down")
    surgeon.sees("Not published: nobody sees it, and your answers are signed “a surgeon”.")
    list_of_all.page.reload()
    list_of_all.heading("Surgeons")
    expect(bea).to_have_count(0, timeout=PATIENCE)
    thread.page.reload()
    expect(card).to_contain_text("a surgeon", ignore_case=True, timeout=PATIENCE)
    expect(card).not_to_contain_text("Bea")
