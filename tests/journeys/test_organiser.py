"""What an organiser does around a day: clashes, a session on the spot, files in and out, a rehearsal."""

import json
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect
from tests.journeys.desk import Desk
from tests.journeys.phones import PATIENCE, Phone, Phones, faultless, new_phone
from tests.journeys.tables import signed_in
from tests.journeys.test_axe import complaints
from tests.journeys.test_bench import at_the_desk
from tests.journeys.test_places import hold
from tests.served import Served

pytestmark = pytest.mark.journey
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark", "viewport": {"width": 320, "height": 740}},
}


@pytest.fixture
def organiser(phones: Phones, desk: Desk) -> Phone:
    return at_the_desk(phones(), desk, "organiser", "people#sessions")


def a_schedule(desk: Desk) -> dict[str, Any]:
    """A small file in frab's shape: one session in a room of its own, on the day."""
    starts = desk.sessions()[0]["starts"]
    date = starts[:10]
    talk = {
        "id": 901,
        "guid": "7d1d6c2e-6b1c-4a58-9f33-0d8f6a5c9e01",
        "date": f"{date}T13:00:00+00:00",
        "start": "13:00",
        "duration": "00:30",
        "room": "Garden",
        "title": "Knots for beginners",
        "type": "workshop",
        "persons": [],
        "links": [],
    }
    room = {"Garden": [talk]}
    day = {
        "index": 1,
        "date": date,
        "day_start": f"{date}T06:00:00+00:00",
        "day_end": f"{date}T23:00:00+00:00",
        "rooms": room,
    }
    conference = {
        "acronym": "knots",
        "title": "Knots",
        "start": date,
        "end": date,
        "daysCount": 1,
        "timeslot_duration": "00:15",
        "time_zone_name": "Europe/London",
        "rooms": [{"name": "Garden"}],
        "days": [day],
    }
    return {"schedule": {"version": "1", "conference": conference}}


def chosen(phone: Phone, name: str, content: bytes) -> None:
    field = phone.page.get_by_label("Schedule file")
    field.set_input_files({"name": name, "mimeType": "application/json", "buffer": content})
    phone.press("See what would change")


def test_a_session_is_added_on_the_spot_in_few_taps_and_everybody_sees_it(
    phones: Phones, organiser: Phone
) -> None:
    asker = phones()
    asker.open("/e/leeds")
    before = organiser.taps
    organiser.press("Add an open-space session")
    form = organiser.page.get_by_role("form", name="Add an open-space session")
    form.get_by_label("Title").fill("Tea and passwords")
    form.get_by_label("Where?").select_option(index=1)
    organiser.press("Add it")

    organiser.sees(re.compile("“Tea and passwords” is on the programme"))
    assert organiser.taps - before == 2
    asker.sees("Tea and passwords")


def test_two_sessions_at_once_in_a_room_are_warned_of_until_one_of_them_moves(
    desk: Desk, organiser: Phone
) -> None:
    here = next(one for one in desk.sessions() if one["room"])
    copy = {"kind": "talk", "title": "Twice here", "starts": here["starts"], "ends": here["ends"]}
    made = desk.call(
        "organiser", "POST", "events/leeds/sessions/", {**copy, "room": here["room"]["id"]}
    ).json()
    organiser.page.reload()
    organiser.sees(f"Two sessions in {here['room']['name']} at once")

    warned = organiser.page.get_by_role("region", name="What cannot be at once")
    organiser.tap(warned.get_by_role("button", name=re.compile("^Twice here, ")).first)
    form = organiser.page.locator(f"#line-{made['id']} form")
    form.get_by_label("Room", exact=True).select_option("")
    organiser.tap(form.get_by_role("button", name="Save"))
    organiser.sees("Saved.")
    expect(warned.get_by_role("button", name=re.compile("^Twice here, "))).to_have_count(0, timeout=PATIENCE)


def on_the_plan(phone: Phone, title: str) -> Locator:
    phone.press("Move sessions on a plan")
    item = phone.page.get_by_role("button", name=re.compile(f" to .*{title}"))
    expect(item).to_be_visible(timeout=PATIENCE)
    return item


def quarters_later(moment: str, quarters: int) -> str:
    later = datetime.fromisoformat(moment) + timedelta(minutes=15 * quarters)
    return later.isoformat().replace("+00:00", "Z")


def test_a_session_is_moved_by_keyboard_and_what_a_colleague_did_meanwhile_stands(
    desk: Desk, organiser: Phone
) -> None:
    before = desk.session("my very first account")
    organiser.may_be_refused = {412}
    organiser.page.set_viewport_size({"width": 1280, "height": 800})
    item = on_the_plan(organiser, "my very first account")
    item.focus()
    keys = organiser.page.keyboard
    keys.press("Enter")
    organiser.sees(re.compile("^Picked up “Surgery: my very first account”"))
    for key in ("ArrowDown", "ArrowDown", "ArrowRight"):
        keys.press(key)
    organiser.sees(re.compile("^11:00 to 12:00, Garden Room"))
    keys.press("Enter")
    organiser.sees(re.compile("^“Surgery: my very first account” is moved: 11:00 to 12:00, Garden Room."))
    organiser.sees(re.compile("^Two sessions in Garden Room at once"))

    moved = desk.session("my very first account")
    assert [moved[name] for name in ("starts", "ends")] == [
        quarters_later(before[name], 2) for name in ("starts", "ends")
    ]
    assert moved["room"]["name"] == "Garden Room"

    organiser.press("Undo this move")
    organiser.sees(re.compile("^Undone."))
    assert desk.session("my very first account") == before

    expect(item).to_be_focused()
    expect(item).to_be_enabled(timeout=PATIENCE)
    keys.press("Enter")
    keys.press("ArrowUp")
    desk.change_session(before["id"], {"room": None})
    keys.press("Enter")
    organiser.sees(re.compile("meanwhile: it is now 10:30 to 11:30, No room yet. Nothing was overwritten"))
    theirs = desk.session("my very first account")
    assert (theirs["starts"], theirs["room"]) == (before["starts"], None)
    desk.change_session(before["id"], {"room": before["room"]["id"]})


def test_a_session_is_dragged_by_mouse_and_the_printed_programme_has_it_there(
    browser: Browser, day: Served, desk: Desk, organiser: Phone
) -> None:
    before = desk.session("bring anything")
    wide = new_phone(browser, day.url, viewport={"width": 1280, "height": 2600}, is_mobile=False)
    signed_in(wide, desk.account("organiser"), "people#sessions")
    item = on_the_plan(wide, "bring anything")
    item.scroll_into_view_if_needed()
    box, mouse = item.bounding_box(), wide.page.mouse
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + 10
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + box["width"], y + 24 * 4, steps=8)
    wide.sees(re.compile("^15:30 to 16:30, Garden Room"))
    wide.page.keyboard.press("Escape")
    mouse.up()
    wide.sees(re.compile("is back where it was: 14:30 to 15:30, Library Table"))
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + box["width"], y + 24 * 4, steps=8)
    mouse.up()
    wide.sees(re.compile("is moved: 15:30 to 16:30, Garden Room."))
    faultless([wide])

    moved = desk.session("bring anything")
    assert (moved["starts"], moved["room"]["name"]) == (quarters_later(before["starts"], 4), "Garden Room")
    organiser.open("/e/leeds/programme").get_by_role("searchbox").fill("bring anything")
    printed = organiser.page.get_by_role("main").get_by_role("listitem").filter(has_text="bring anything")
    expect(printed).to_contain_text("15:30 to 16:30", timeout=PATIENCE)


def test_a_finger_moves_a_session_by_its_handle_alone(desk: Desk, organiser: Phone) -> None:
    before = desk.session("topics from the wall")
    organiser.press("Move sessions on a plan")
    organiser.page.get_by_label("Room shown").select_option("Garden Room")
    item = organiser.page.get_by_role("button", name=re.compile(" to .*topics from the wall"))
    item.scroll_into_view_if_needed()
    slide(organiser, item, 30, 48)
    assert desk.session("topics from the wall") == before
    slide(organiser, item.locator(".plan-grip"), None, 48)

    organiser.sees(re.compile("is moved: 14:00 to 15:00, Garden Room."))
    assert desk.session("topics from the wall")["starts"] == quarters_later(before["starts"], 2)


def slide(phone: Phone, what: Locator, x: int | None, down: int) -> None:
    """A finger goes down on `what`, so many pixels along, and up again further down."""
    box = what.bounding_box()
    assert box
    at = {"x": box["x"] + (box["width"] / 2 if x is None else x), "y": box["y"] + box["height"] / 2}
    finger = phone.context.new_cdp_session(phone.page)
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [at]})
    for part in range(1, 9):
        moved = [{**at, "y": at["y"] + down * part / 8}]
        finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": moved})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_a_programme_is_brought_in_once_its_changes_were_looked_at(desk: Desk, organiser: Phone) -> None:
    organiser.may_be_refused = {400}
    organiser.tap(organiser.page.get_by_role("tab", name="More"))
    chosen(organiser, "broken.json", b"{}")
    organiser.sees("This file cannot be imported, and nothing was changed.")

    chosen(organiser, "knots.json", json.dumps(a_schedule(desk)).encode())
    organiser.sees("This would change")
    organiser.tap(organiser.page.get_by_text("1 new session"))
    organiser.sees("Knots for beginners")
    assert not any("Knots" in one["title"] for one in desk.sessions())
    organiser.press("Apply these changes")
    organiser.sees("Done. The programme is as the file says.")
    assert any("Knots" in one["title"] for one in desk.sessions())


def test_the_report_is_read_and_kept(desk: Desk, organiser: Phone) -> None:
    organiser.open("/desk/leeds/report")
    organiser.heading("What the day came to")
    organiser.sees("Helped or took part")
    for name, file in (
        ("Download as a table (CSV)", "leeds-report.csv"),
        ("Download as text (Markdown)", "leeds-report.md"),
    ):
        with organiser.page.expect_download() as coming:
            organiser.press(name)
        assert coming.value.suggested_filename == file
        assert coming.value.path().stat().st_size > 100
        organiser.sees(f"{file} is in your downloads.")


def test_a_day_like_it_is_made_and_rehearsed_and_nothing_of_the_rehearsal_stays(
    organiser: Phone, phones: Phones, desk: Desk
) -> None:
    organiser.tap(organiser.page.get_by_role("tab", name="More"))
    form = organiser.page.get_by_role("form", name="Another day like this one")
    form.get_by_label("Title").fill("Spring surgery")
    form.get_by_label("Address").fill("spring")
    form.get_by_label("Date of its first session").fill("2090-03-20")
    organiser.press("Make the draft")
    expect(organiser.page).to_have_url(re.compile("/desk/spring/people#day$"), timeout=PATIENCE)
    organiser.press("Publish the day")
    organiser.sees("Everybody with the address sees it.")

    organiser.tap(organiser.page.get_by_role("tab", name="More"))
    organiser.press("Begin a rehearsal")
    organiser.sees("The rehearsal has begun.")
    organiser.page.reload()
    band = organiser.sees("A rehearsal runs: all that is sent now is deleted when it ends.")
    asker = phones()
    asker.open("/e/spring")
    asker.sees("This is a rehearsal: all that is sent now is deleted before the day begins.")
    text = "Does this reach anybody?"
    first = desk.day.get("/api/v1/events/spring/").json()["sessions"][0]
    code = first["code"]
    asker.ask(code, text)
    asker.sees("Sent. Somebody reads it before others do.")
    organiser.open("/desk/spring/reviews")
    organiser.sees(text)
    organiser.press("Show")
    organiser.sees("Nothing waits")
    asker.open(f"/s/{code}")
    card = asker.page.get_by_role("article").filter(has_text=text)
    expect(card).to_be_visible(timeout=PATIENCE)
    organiser.open("/desk/spring/people#more")
    organiser.press("End the rehearsal")
    organiser.sees(re.compile("End it and delete every question"))
    organiser.press("Yes, end it and delete them")
    organiser.sees("The rehearsal is over. What was sent in it is deleted.")
    expect(band).to_have_count(0, timeout=PATIENCE)
    organiser.open("/desk/spring/reviews#shown")
    organiser.heading("Review")
    expect(organiser.page.get_by_role("main")).not_to_contain_text(text)
    asker.page.reload()
    asker.heading(re.compile(re.escape(first["title"])))
    expect(card).to_have_count(0, timeout=PATIENCE)


def test_cancelling_a_session_asks_first_and_whoever_holds_a_place_reads_of_it(
    phones: Phones, desk: Desk, organiser: Phone
) -> None:
    session = desk.session("bring anything")
    title, line = session["title"], organiser.page.locator(f"#line-{session['id']}")
    booker = phones()
    hold(booker, str(session["code"]))
    organiser.press(f"Edit {title}")
    organiser.press("Cancel this session")
    organiser.sees(f"Cancel “{title}”? It stays on the programme and says so.")
    organiser.press("No, it takes place")
    assert desk.session("bring anything")["state"] == "planned"

    organiser.press("Cancel this session")
    organiser.press("Yes, cancel it")
    expect(line).to_contain_text("Cancelled", timeout=PATIENCE)
    booker.open("/mine")
    booker.sees("This session was cancelled, so nobody will be called there.")
    expect(booker.page.locator(".ticket")).to_have_count(0)


@pytest.mark.parametrize("look", list(LOOKS))
def test_axe_finds_nothing_on_what_an_organiser_sees(
    browser: Browser, day: Served, desk: Desk, look: str
) -> None:
    phone = new_phone(browser, day.url, bypass_csp=True, **LOOKS[look])
    found = {}
    signed_in(phone, desk.account("organiser"), "people#sessions")
    phone.press("Add an open-space session")
    found["sessions"] = complaints(phone)
    phone.press("Move sessions on a plan")
    phone.page.get_by_label("Room shown").select_option("Main Hall")
    phone.tap(phone.page.get_by_role("button", name=re.compile(" to .*Opening")))
    phone.sees(re.compile("^Picked up “Opening"))
    found["plan"] = complaints(phone)
    phone.tap(phone.page.get_by_role("tab", name="More"))
    phone.sees("To print")
    phone.tap(phone.page.get_by_text("The card of one session"))
    chosen(phone, "knots.json", json.dumps(a_schedule(desk)).encode())
    phone.sees(re.compile("This would change|This file changes nothing"))
    found["more"] = complaints(phone)
    phone.open("/desk/leeds/report")
    phone.sees("Helped or took part")
    found["report"] = complaints(phone)
    faultless([phone])

    assert {page: problems for page, problems in found.items() if problems} == {}


def test_two_organisers_never_overwrite_each_other_unseen(phones: Phones, desk: Desk) -> None:
    made = desk.call(
        "organiser",
        "POST",
        "events/leeds/sessions/",
        {
            "kind": "talk",
            "title": "Two pens",
            **{name: desk.sessions()[0][name] for name in ("starts", "ends")},
        },
    ).json()
    first, second = (at_the_desk(phones(), desk, "organiser", "people#sessions") for _ in range(2))
    for phone in (first, second):
        phone.may_be_refused = {412}
        phone.tap(phone.page.get_by_role("button", name="Edit Two pens"))
    forms = [phone.page.locator(f"#line-{made['id']} form").first for phone in (first, second)]
    forms[0].get_by_label("Title", exact=True).fill("Two pens, one page")
    forms[1].get_by_label("Title", exact=True).fill("Both of us")
    forms[1].get_by_label("What happens here").fill("We write together.")
    first.tap(forms[0].get_by_role("button", name="Save"))
    first.sees("Saved.")

    second.tap(forms[1].get_by_role("button", name="Save"))
    second.sees(re.compile("^Somebody else changed this in the meantime. Nothing of yours is lost"))
    second.sees("Title, now: Two pens, one page")
    expect(forms[1].get_by_label("Title", exact=True)).to_have_value("Both of us")
    assert desk.session("Two pens")["title"] == "Two pens, one page"
    second.press("Take theirs: Title")
    expect(forms[1].get_by_label("Title", exact=True)).to_have_value("Two pens, one page")
    second.tap(forms[1].get_by_role("button", name="Save"))
    second.sees("Saved.")
    kept = desk.call("organiser", "GET", f"desk/sessions/{made['id']}/").json()
    assert (kept["title"], kept["about"]) == ("Two pens, one page", "We write together.")

    first.tap(first.page.get_by_role("button", name="Edit Two pens, one page"))
    first.press("Cancel this session")
    first.press("Yes, cancel it")
    expect(first.page.locator(f"#line-{made['id']}")).to_contain_text("Cancelled", timeout=PATIENCE)
    assert desk.call("organiser", "GET", f"desk/sessions/{made['id']}/").json()["state"] == "cancelled"
