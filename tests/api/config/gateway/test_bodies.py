"""Bodies kept whole."""

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from equalterms.config.gateway.bodies import UPLOADS, Gone, Kept, Limit, Refused, read_body


def receiving(*messages: dict[str, Any]) -> Callable[[], Any]:
    waiting: Iterator[dict[str, Any]] = iter(messages)

    async def receive() -> dict[str, Any]:
        message = next(waiting, None)
        if message is None:
            await asyncio.sleep(60)
        return message or {}

    return receive


def part(body: bytes, *, more: bool = True) -> dict[str, Any]:
    return {"type": "http.request", "body": body, "more_body": more}


def taken(headers: list[tuple[bytes, bytes]], *messages: dict[str, Any], size: int = 10) -> Kept:
    limit = Limit(size=size, seconds=0.05)
    return asyncio.run(read_body({"headers": headers}, receiving(*messages), limit))


CHUNKED = [(b"transfer-encoding", b"chunked")]


def test_few_bytes_stay_in_memory_and_many_go_into_a_file() -> None:
    kept = Kept(4)
    kept.write(b"1234")
    few = kept.file
    kept.write(b"5")

    assert few is None
    assert kept.file is not None
    assert (kept.size, kept.open().read(), kept.open().read()) == (5, b"12345", b"12345")
    kept.close()


def test_a_request_without_a_body_is_not_waited_for() -> None:
    assert taken([]).size == 0


def test_all_parts_are_taken() -> None:
    assert taken(CHUNKED, part(b"ab"), part(b"c", more=False)).open().read() == b"abc"


@pytest.mark.parametrize("length", [b"11", b"99999999999999999999"])
def test_an_announced_length_beyond_the_limit_is_refused(length: bytes) -> None:
    with pytest.raises(Refused, match="413"):
        taken([(b"content-length", length)])


def test_parts_beyond_the_limit_are_refused() -> None:
    with pytest.raises(Refused, match="413"):
        taken(CHUNKED, part(b"x" * 6), part(b"x" * 5))


def test_what_does_not_arrive_in_time_is_refused() -> None:
    with pytest.raises(Refused, match="408"):
        taken(CHUNKED, part(b"ab"))


def test_a_client_that_leaves_is_not_answered() -> None:
    with pytest.raises(Gone):
        taken(CHUNKED, part(b"ab"), {"type": "http.disconnect"})


@pytest.mark.parametrize(
    ("path", "large"),
    [
        ("/api/v1/desk/events/leeds/imports/", True),
        ("/api/v1/surgeons/7b1c/photo/", True),
        ("/api/v1/surgeons/7b1c/", False),
        ("/api/v1/surgeons/7b1c/photo/0123.jpg", False),
        ("/api/v1/desk/events/leeds/", False),
        ("/api/v1/desk/events/leeds/x/imports/", False),
        ("/api/v1/sessions/abc34/questions/imports/", False),
    ],
)
def test_few_addresses_carry_more_than_a_form(path: str, large: bool) -> None:
    assert any(upload.fullmatch(path) for upload in UPLOADS) is large
