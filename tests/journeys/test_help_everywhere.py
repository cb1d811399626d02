"""Help stands on every page, whoever opens it, and with no signal."""

import re

import pytest
from playwright.sync_api import expect
from tests.architecture.tree import APP
from tests.journeys.desk import Desk
from tests.journeys.phones import Phone

pytestmark = pytest.mark.journey
# Screens for a projector: nobody holds them in a hand.
BIG = {"/e/:event/wall", "/s/:code/wall"}


def routes() -> list[str]:
    """Every address the app knows, as its own table has them."""
    table = (APP / "app/routes.ts").read_text()
    return re.findall(r'(?:route\(|pattern: )"(/[^"]*)"', table)


def test_care_03_help_is_one_tap_away_on_every_page(phone: Phone, desk: Desk) -> None:
    code, found = desk.session("photos and privacy")["code"], []
    phone.may_be_refused = {400, 401, 403, 404}
    phone.open("/e/leeds")
    phone.heading("Leeds Social Media Surgery")
    phone.settled()
    for pattern in dict.fromkeys(routes()):
        if pattern in BIG:
            continue
        path = pattern.replace(":event", "leeds").replace(":code", code).replace(":tool", "reviews")
        phone.open(path.replace(":id", "0f0e0d0c-0b0a-4908-8706-050403020100"))
        help_now = phone.page.get_by_role("link", name="Help now")
        expect(help_now).to_be_visible()
        expect(help_now).to_have_attribute("href", "/help")
        found.append(pattern)
    assert {"/", "/s/:code", "/s/:code/ask", "/mine", "/r", "/desk", "/desk/:event/:tool"} <= set(found)

    phone.lose_signal()
    phone.page.get_by_role("link", name="Help now").tap()
    phone.heading("Help now")
    expect(phone.page.locator("main a[href^='tel:']").first).to_be_visible()
