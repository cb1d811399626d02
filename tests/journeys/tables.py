"""People at the door and at the tables of a served day, each with a phone."""

from typing import Any

from playwright.sync_api import Locator, expect
from tests.journeys.desk import Desk
from tests.journeys.phones import PATIENCE, Phone

SURGERY = "photos and privacy"
PASSWORD = "quite-long-and-unlikely-22"


def signed_in(phone: Phone, account: dict[str, str], place: str) -> Phone:
    """Signed in on this phone, with one of the desk's pages open."""
    phone.open("/sign-in")
    phone.page.get_by_label("E-mail").fill(account["email"])
    phone.page.get_by_label("Password", exact=True).fill(account["password"])
    phone.page.get_by_label("Keep me signed in on this phone").check()
    phone.press("Sign in")
    phone.heading("Your desk")
    phone.open(f"/desk/leeds/{place}")
    return phone


def colleague(desk: Desk, role: str, name: str) -> dict[str, str]:
    """Somebody who has just taken up an invitation to help at the day."""
    made = desk.call("organiser", "POST", "desk/events/leeds/invitations/", {"role": role, "name": name})
    account = {"email": f"{name.lower()}@leeds.example.org", "password": PASSWORD}
    token = made.json()["url"].partition("#")[2]
    taken = {"token": token, "name": name, **account}
    answer = desk.day.call("POST", "/api/v1/invitations/accept/", taken)
    assert answer.status < 300, answer.body
    return account


def at_the_door(phone: Phone, account: dict[str, str]) -> Phone:
    """The door's page, with its numbers fetched ahead."""
    signed_in(phone, account, "door")
    phone.sees("12 numbers are ready on this phone")
    return phone


def for_surgery(phone: Phone, desk: Desk) -> None:
    phone.page.get_by_label("For which session?").select_option(str(desk.session(SURGERY)["id"]))


def given(phone: Phone) -> int:
    """Gives somebody new a number; answers it, as it stands big on the screen."""
    phone.press("Give a number")
    number = int(phone.page.locator(".door-given .door-number").inner_text())
    phone.press("Next, please")
    return number


def at_a_table(phone: Phone, account: dict[str, str], place: str) -> Phone:
    """A surgeon who has said where they are."""
    signed_in(phone, account, "table")
    phone.page.get_by_label("Your place, such as table 3").fill(place)
    phone.press("Here")
    expect(phone.page.get_by_role("heading", name=f"You are: here, {place}")).to_be_visible(timeout=PATIENCE)
    return phone


def empty_line(desk: Desk) -> None:
    """Everybody whom the demonstration day has in its lines is seen and off; its surgeon is away."""
    where = "desk/events/leeds/presence/"
    desk.call("surgeon", "PUT", where, {"state": "away", "place": ""})
    desk.call("surgeon", "PUT", where, {"state": "here", "place": "table 1"})
    headers = {"Authorization": f"Bearer {desk.tokens['surgeon']}"}
    wanted = {"what": "person", "any": True}
    while True:
        answer = desk.day.call("POST", "/api/v1/desk/events/leeds/take/", wanted, headers)
        if answer.status == 404:
            break
        desk.call("surgeon", "POST", f"desk/bookings/{answer.json()['person']['id']}/served/", {})
    desk.call("surgeon", "PUT", where, {"state": "away", "place": ""})


def called(phone: Phone) -> Locator:
    """The numbers of those at this table."""
    return phone.page.locator(".taken .number")


def door_of(desk: Desk) -> dict[str, Any]:
    """The surgery as the door sees it."""
    sessions: list[dict[str, Any]] = desk.call("organiser", "GET", "desk/events/leeds/door/").json()[
        "sessions"
    ]
    return next(one for one in sessions if SURGERY in one["title"])
