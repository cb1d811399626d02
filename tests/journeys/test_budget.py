"""What a first visit costs."""

from urllib.parse import urlsplit

import pytest
from tests.journeys.phones import Phone

pytestmark = pytest.mark.journey
MOST_REQUESTS = 9
MOST_BYTES = 60_000


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
