"""Answers that are made outside Django."""

from equalterms.lib.api import asgi
from equalterms.lib.problems import problem_bytes


def test_a_problem_is_the_same_as_djangos_for_its_status() -> None:
    start, body = asgi.problem(413, headers=[(b"x-content-type-options", b"nosniff")])

    assert (start["type"], start["status"]) == ("http.response.start", 413)
    assert body == {"type": "http.response.body", "body": problem_bytes(413), "more_body": False}
    assert start["headers"] == [
        (b"content-type", b"application/problem+json"),
        (b"content-length", b"%d" % len(body["body"])),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
    ]


def test_a_busy_server_says_when_to_come_back() -> None:
    start, _ = asgi.problem(503, headers=[], retry_after=2)

    assert (b"retry-after", b"2") in start["headers"]


def test_a_body_may_be_followed_by_more() -> None:
    assert asgi.body(b"one", more=True) == {"type": "http.response.body", "body": b"one", "more_body": True}
