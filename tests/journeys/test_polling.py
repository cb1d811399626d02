"""Where streams do not pass, asking again shows the same; a hidden tab asks for nothing."""

import re
import time

import pytest
from playwright.sync_api import Route, expect
from tests.journeys.desk import Desk
from tests.journeys.phones import Phone, Phones

pytestmark = pytest.mark.journey
# No browser without a screen hides a tab, so the page is told what a browser would tell it.
TURN = """(hidden) => {
    Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
    const state = hidden ? "hidden" : "visible";
    Object.defineProperty(document, "visibilityState", { configurable: true, get: () => state });
    document.dispatchEvent(new Event("visibilitychange"));
}"""


@pytest.fixture
def code(desk: Desk) -> str:
    return str(desk.session("photos and privacy")["code"])


def block(route: Route) -> None:
    route.abort("blockedbyclient")


def test_where_streams_are_blocked_polling_shows_the_same(phones: Phones, desk: Desk, code: str) -> None:
    asker, streaming, polling = phones(), phones(), phones()
    polling.may_be_away = True
    polling.context.route("**/stream*", block)
    for phone in (streaming, polling):
        phone.open(f"/s/{code}")
    streaming.sees("Live")
    polling.sees("Live, checked every few seconds")
    text = "Is there a quiet way to leave a group?"

    asker.ask(code, text)  # who does not report their own, so theirs looks a little different
    asker.sees("Sent. Somebody reads it before others do.")
    desk.answer(desk.show(text), "Mute it first, then leave at night.")

    for phone in (streaming, polling):
        card = phone.page.get_by_role("article").filter(has_text=text)
        expect(card).to_contain_text("Mute it first, then leave at night.", timeout=30_000)
    shown = [[], [""]]
    end = time.monotonic() + 30
    while shown[0] != shown[1] and time.monotonic() < end:
        shown = [lines(phone) for phone in (streaming, polling)]
    assert shown[0] == shown[1]


def lines(phone: Phone) -> list[str]:
    """What stands in the list, with what waits behind "Show 1 new": something else may come meanwhile."""
    waiting = phone.page.get_by_role("button", name=re.compile("^Show .*new"))
    if waiting.is_visible():
        waiting.click()
    return sorted(phone.page.get_by_role("tabpanel").inner_text().splitlines())


def test_a_hidden_tab_closes_its_streams_and_catches_up_when_looked_at(
    phones: Phones, desk: Desk, code: str
) -> None:
    asker, phone = phones(), phones()
    phone.may_be_away = True
    text = "Can I read along without being seen?"
    phone.open(f"/s/{code}")
    phone.sees("Live")
    assert len(streams(phone)) == 1

    phone.page.evaluate(TURN, True)
    phone.sees("Paused while out of sight")
    assert streams(phone) == []
    asker.ask(code, text)
    asker.sees("Sent. Somebody reads it before others do.")
    desk.show(text)
    phone.page.evaluate(TURN, False)

    phone.sees(text)
    phone.sees("Live")
    assert len(streams(phone)) == 1


def streams(phone: Phone) -> list[str]:
    """The streams a phone has open now."""
    return [one.url for one in phone.sent("/stream") if one not in phone.ended]
