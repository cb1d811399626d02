"""What a first visit costs."""

from urllib.parse import urlsplit

import pytest
from tests.journeys.phones import Phone

pytestmark = pytest.mark.journey
MOST_REQUESTS = 9
MOST_BYTES = 60_000
MOST_SHIFT = 0.02
SLOW = {"offline": False, "latency": 300, "downloadThroughput": 200_000, "uploadThroughput": 90_000}
SHIFTS = """() => new Promise((done) => {
    let sum = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
    setTimeout(() => done(sum), 500);
})"""


def test_the_programme_is_on_screen_after_nine_requests_to_nobody_else(phone: Phone) -> None:
    phone.open("/e/leeds/programme")
    phone.sees("Opening: hello, and how today works")
    requests = list(phone.requests)

    assert len(requests) <= MOST_REQUESTS, [one.url for one in requests]
    assert {urlsplit(one.url).netloc for one in requests} == {urlsplit(phone.url).netloc}
    assert [one.url for one in requests if one.resource_type == "font"] == []
    assert (
        sum(one.sizes()["responseBodySize"] + one.sizes()["responseHeadersSize"] for one in requests)
        <= MOST_BYTES
    )


@pytest.mark.parametrize("place", ["/e/leeds", "/e/leeds/programme", "/e/leeds/surgeons", "/help", "/mine"])
def test_nothing_jumps_while_a_page_comes_over_a_slow_network(phone: Phone, place: str) -> None:
    line = phone.context.new_cdp_session(phone.page)
    line.send("Network.emulateNetworkConditions", SLOW)
    phone.open(place)
    phone.page.get_by_role("heading", level=1).wait_for()
    phone.page.wait_for_load_state("networkidle")

    assert phone.page.evaluate(SHIFTS) <= MOST_SHIFT
