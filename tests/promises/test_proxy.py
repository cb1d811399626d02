"""nginx between the outside and several servers: quicker where pages are public, and as silent as Caddy."""

import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import need
from tests.makers import a_session, a_shown_question
from tests.proxied import Proxy, proxied
from tests.services import Missing
from tests.serving import Site, serving

from equalterms.lib.api import asgi

PAGE = "/api/v1/events/leeds/live/"


def before(*ports: int) -> Any:
    try:
        return proxied(*ports)
    except Missing as missing:
        return need(str(missing))


@dataclass
class Upstream:
    """A server that counts what it is asked, and says how often with headers as ours has them."""

    asked: list[dict[bytes, bytes]] = field(default_factory=list)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.asked.append(dict(scope["headers"]))
        body = b"answer %d" % len(self.asked)
        headers = [
            (b"content-type", b"application/json"),
            (b"content-length", b"%d" % len(body)),
            (b"cache-control", b"public, max-age=1, stale-while-revalidate=20"),
            (b"vary", b"Accept-Encoding"),
        ]
        await send(asgi.start(200, headers))
        await send(asgi.body(body))


@dataclass
class Pair:
    """nginx with what is behind it."""

    upstream: Upstream
    proxy: Proxy

    def get(self, path: str = PAGE, method: str = "GET", body: bytes | None = None, **headers: str) -> bytes:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return Site(self.proxy.port).call(path, method, body, named).body


@pytest.fixture
def pair() -> Iterator[Pair]:
    upstream = Upstream()
    with serving(upstream, lifespan="off") as site, before(site.port, site.port) as proxy:
        yield Pair(upstream, proxy)


def test_a_page_is_asked_for_once_a_second_however_many_read_it(pair: Pair) -> None:
    read = {pair.get() for _ in range(20)}

    assert (read, len(pair.upstream.asked)) == ({b"answer 1"}, 1)


def test_a_page_is_never_older_than_a_second_whatever_it_allows_browsers(pair: Pair) -> None:
    first = pair.get()
    time.sleep(2.1)

    assert [first, pair.get()] == [b"answer 1", b"answer 2"]


def test_browsers_that_take_other_encodings_get_their_own_page(pair: Pair) -> None:
    codings = ["gzip, deflate, br", "gzip", "identity", "br;q=1.0, gzip"]

    read = [pair.get(Accept_Encoding=coding) for coding in codings]

    assert read == [b"answer 1", b"answer 2", b"answer 3", b"answer 1"]
    assert [one[b"accept-encoding"] for one in pair.upstream.asked] == [b"br", b"gzip", b"identity"]


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        (PAGE + "?a=1", {}),
        (PAGE, {"Authorization": "Bearer of-somebody"}),
        ("/api/v1/sessions/abcde/questions/", {}),
        ("/api/v1/proofs/", {}),
    ],
)
def test_whatever_is_not_the_same_for_everybody_is_asked_for_each_time(
    pair: Pair, path: str, headers: dict[str, str]
) -> None:
    assert [pair.get(path, **headers) for _ in range(2)] == [b"answer 1", b"answer 2"]


@pytest.mark.parametrize("path", [PAGE, "/api/v1/sessions/abcde/stream", "/api/v1/sessions/abcde/"])
def test_anon_31_nginx_passes_on_neither_cookies_nor_addresses(pair: Pair, path: str) -> None:
    told = {"Cookie": "who=somebody", "Referer": "https://example.org/secret", "User-Agent": "A phone"}

    pair.get(path, X_Forwarded_For="203.0.113.0", X_Forwarded_Proto="https", **told)

    (asked,) = pair.upstream.asked
    assert asked.keys() <= {b"host", b"x-forwarded-for", b"x-forwarded-proto", b"accept-encoding"}
    assert (asked[b"x-forwarded-for"], asked[b"x-forwarded-proto"]) == (b"203.0.113.0", b"https")
    assert asked[b"host"] == b"127.0.0.1:%d" % pair.proxy.port


def test_anon_31_nginx_adds_no_address_of_its_own(pair: Pair) -> None:
    pair.get()

    assert b"127.0.0.1" not in {value for asked in pair.upstream.asked for value in asked.values()}


def test_anon_31_nginx_keeps_nothing_of_what_is_sent(pair: Pair) -> None:
    pair.get(f"/api/v1/sessions/planted-{'x' * 8}/", "PUT", b"planted words" * 4000, Referer="planted")
    pair.get("/nothing/planted%00")
    pair.get(PAGE)

    end = time.monotonic() + 5
    while not (public := holding(pair.proxy.folder, b"\r\n\r\nanswer")) and time.monotonic() < end:
        time.sleep(0.05)  # a page is put into the cache after it has been sent

    assert len(public) == 1
    assert holding(pair.proxy.folder, b"planted") == []
    assert (pair.proxy.folder / "said").read_bytes() == b""


def holding(folder: Path, mark: bytes) -> list[str]:
    """Names of the files below that hold `mark`."""
    found = []
    for path in [path for path in folder.rglob("*") if path.is_file()]:
        with suppress(FileNotFoundError):  # renamed, or taken away, meanwhile
            found += [path.name] if mark in path.read_bytes() else []
    return found


@pytest.fixture
def whole(site: Site) -> Iterator[Proxy]:
    with before(site.port, site.port) as proxy:
        yield proxy


def test_a_page_passes_nginx_with_its_tag_and_is_not_read_twice(site: Site, whole: Proxy) -> None:
    session = a_session()
    a_shown_question(session)
    path = f"/api/v1/sessions/{session.pk}/live/"
    direct, through = site.call(path), Site(whole.port).call(path)

    again = Site(whole.port).call(path, headers={"If-None-Match": through.headers["etag"]})

    assert (direct.body, direct.headers["etag"]) == (through.body, through.headers["etag"])
    assert through.headers["cache-control"] == direct.headers["cache-control"]
    assert (again.status, again.body) == (304, b"")


def test_a_stream_passes_nginx_as_it_comes(whole: Proxy) -> None:
    session = a_session()
    with Site(whole.port).follow(f"/api/v1/sessions/{session.pk}/stream") as follower:
        hello = follower.next()
        question = a_shown_question(session)
        change = follower.next()

    assert (hello.event, change.event) == ("hello", "change")
    assert change.data["changes"][0]["subject"] == str(question.pk)
