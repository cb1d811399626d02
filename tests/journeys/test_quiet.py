"""Quiet mode: nothing moves, and nothing is asked for, until somebody wants it."""

import pytest
from tests.journeys.desk import Desk
from tests.journeys.phones import Phone, Phones

pytestmark = pytest.mark.journey
MINUTE = 60_000
MOVING = "document.getAnimations().filter((one) => one.playState === 'running').length"


def test_care_11_in_quiet_mode_a_minute_passes_without_a_request_or_a_motion(
    phone: Phone, phones: Phones, desk: Desk
) -> None:
    code = desk.session("photos and privacy")["code"]
    text = "Does quiet mean that nobody hears me?"
    phone.page.clock.install()
    phone.open("/settings").get_by_label("Quiet mode").check()
    phone.settled()
    phone.open(f"/s/{code}")
    phone.sees("Quiet: nothing moves until you ask")
    phone.page.clock.run_for(10_000)  # notes, challenges and the rest of the day have come
    phone.page.wait_for_timeout(3000)
    asked = len(phone.requests)
    other = phones()
    other.ask(code, text)
    other.sees("Sent. Somebody reads it before others do.")
    desk.show(text)

    for _ in range(6):
        phone.page.clock.run_for(MINUTE // 6)
        assert phone.page.evaluate(MOVING) == 0
    assert [one.url for one in phone.requests[asked:]] == []
    assert phone.page.get_by_text(text).count() == 0

    phone.press("Look for what is new")
    phone.sees(text)
