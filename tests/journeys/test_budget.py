"""What a first visit costs."""

import json
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Request
from tests.journeys.desk import Desk
from tests.journeys.phones import Phone

pytestmark = pytest.mark.journey
MOST_REQUESTS = 9
MOST_REQUESTS_OF_A_SESSION = 12
SECOND = 1000
MOST_BYTES = 60_000
MOST_SHIFT = 0.02
SLOW = {"offline": False, "latency": 300, "downloadThroughput": 200_000, "uploadThroughput": 90_000}
# When a text first stood on the page (ms since the epoch). What starts once a page is drawn is kept out.
SEEN = """addEventListener("load", (event) => event.stopImmediatePropagation());
new MutationObserver(() => {
    if (!globalThis.seen && document.body?.textContent.includes(%s)) globalThis.seen = Date.now();
}).observe(document, { childList: true, subtree: true, characterData: true });"""
SHIFTS = """() => new Promise((done) => {
    let sum = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
    setTimeout(() => done(sum), 500);
})"""


@pytest.fixture
def requests_until(phone: Phone) -> Callable[[str, str], list[Request]]:
    """Opens an address; answers what was asked for until a text stood on the screen."""

    def open_and_count(path: str, text: str) -> list[Request]:
        phone.context.add_init_script(SEEN % json.dumps(text))
        phone.open(path)
        phone.sees(text)
        phone.page.wait_for_timeout(SECOND)  # so that each request knows when it began
        seen: float = phone.page.evaluate("globalThis.seen")
        return [one for one in phone.requests if not one.service_worker and one.timing["startTime"] <= seen]

    return open_and_count


def test_the_programme_is_on_screen_after_nine_requests_to_nobody_else(
    phone: Phone, requests_until: Callable[[str, str], list[Request]]
) -> None:
    requests = requests_until("/e/leeds/programme", "Opening: hello, and how today works")

    assert len(requests) <= MOST_REQUESTS, [one.url for one in requests]
    assert {urlsplit(one.url).netloc for one in requests} == {urlsplit(phone.url).netloc}
    assert [one.url for one in requests if one.resource_type == "font"] == []
    sizes = [one.sizes() for one in requests]
    assert sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes) <= MOST_BYTES


def test_the_questions_of_a_session_are_on_screen_after_twelve_requests(
    requests_until: Callable[[str, str], list[Request]], desk: Desk
) -> None:
    code = desk.session("photos and privacy")["code"]

    requests = requests_until(f"/s/{code}", "How do I stop my photos from showing where I took them?")

    assert len(requests) <= MOST_REQUESTS_OF_A_SESSION, [one.url for one in requests]


@pytest.mark.parametrize("place", ["/e/leeds", "/e/leeds/programme", "/e/leeds/surgeons", "/help", "/mine"])
def test_nothing_jumps_while_a_page_comes_over_a_slow_network(phone: Phone, place: str) -> None:
    line = phone.context.new_cdp_session(phone.page)
    line.send("Network.emulateNetworkConditions", SLOW)
    phone.open(place)
    phone.page.get_by_role("heading", level=1).wait_for()
    phone.page.wait_for_load_state("networkidle")

    assert phone.page.evaluate(SHIFTS) <= MOST_SHIFT
