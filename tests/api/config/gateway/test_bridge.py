"""The bridge over real HTTP: slow, big and broken requests, few threads, whole answers."""

import contextvars
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from tests.serving import Site, serving

from equalterms.config.gateway import bridge as bridge_of
from equalterms.config.gateway.bodies import Limit
from equalterms.config.gateway.bridge import Bridge
from equalterms.config.gateway.calls import WsgiApp
from equalterms.lib import problems

NOSNIFF = [(b"x-content-type-options", b"nosniff")]
Start = Callable[..., Any]


@contextmanager
def bridged(app: WsgiApp, **options: Any) -> Iterator[Site]:
    bridge = Bridge(app, headers=NOSNIFF, **options)
    bridge.start()
    with serving(bridge, lifespan="off") as site:
        yield site
    bridge.stop()


def echo(environ: dict[str, Any], start_response: Start) -> list[bytes]:
    """Says how many bytes came."""
    size = len(environ["wsgi.input"].read())
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"%d bytes" % size]


def head(path: str, *lines: str) -> bytes:
    return "\r\n".join([f"PUT {path} HTTP/1.1", "Host: here", *lines, "", ""]).encode()


def problem_of(answer: bytes) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(answer.partition(b"\r\n\r\n")[2])
    return body


def test_a_body_reaches_the_application_whole() -> None:
    with bridged(echo) as site:
        assert site.call("/", "PUT", b"x" * 65536).body == b"65536 bytes"


def test_a_chunked_body_reaches_the_application_whole() -> None:
    with bridged(echo) as site:
        answer = site.call("/", "PUT", iter([b"ab", b"cde"]), {"Transfer-Encoding": "chunked"})

    assert (answer.status, answer.body) == (200, b"5 bytes")


def test_an_announced_body_that_is_too_large_is_refused_before_it_is_sent() -> None:
    with bridged(echo) as site:
        answer = site.raw(head("/", "Content-Length: 65537", "Expect: 100-continue"))

    assert answer.startswith(b"HTTP/1.1 413 ")
    assert problem_of(answer) == problems.problem(413)
    assert b"x-content-type-options: nosniff" in answer


def test_a_body_that_turns_out_too_large_is_refused_and_the_answer_arrives() -> None:
    with bridged(echo) as site:
        chunk = b"4000\r\n" + b"x" * 0x4000 + b"\r\n"
        answer = site.raw(head("/", "Transfer-Encoding: chunked") + chunk * 5 + b"0\r\n\r\n")

    assert problem_of(answer) == problems.problem(413)


def test_a_body_that_does_not_arrive_in_time_is_refused_and_nothing_runs() -> None:
    calls: list[int] = []

    def counting(environ: dict[str, Any], start_response: Start) -> list[bytes]:
        calls.append(1)
        return echo(environ, start_response)

    with bridged(counting, plain=Limit(seconds=0.2)) as site:
        answer = site.raw(head("/", "Content-Length: 10") + b"half")

    assert problem_of(answer) == problems.problem(408)
    assert calls == []


def test_many_slow_bodies_stop_nobody() -> None:
    with bridged(echo, threads=1) as site:
        slow = [site.line() for _ in range(20)]
        for line in slow:
            line.sendall(head("/", "Content-Length: 10") + b"half")

        assert site.call("/", "PUT", b"quick").body == b"5 bytes"
        for line in slow:
            line.close()


def test_a_client_that_hangs_up_halfway_leaves_no_trace() -> None:
    calls: list[str] = []

    def counting(environ: dict[str, Any], start_response: Start) -> list[bytes]:
        calls.append(environ["PATH_INFO"])
        return echo(environ, start_response)

    with bridged(counting) as site:
        with site.line() as line:
            line.sendall(head("/half", "Content-Length: 10") + b"half")
        site.call("/whole", "PUT", b"whole")

    assert calls == ["/whole"]


def test_an_upload_may_be_larger_and_lies_in_a_file() -> None:
    kinds: list[str] = []

    def looking(environ: dict[str, Any], start_response: Start) -> list[bytes]:
        kinds.append(type(environ["wsgi.input"]).__name__)
        return echo(environ, start_response)

    with bridged(looking, uploads=[re.compile("/upload/[^/]+")]) as site:
        answers = [site.call(path, "PUT", b"x" * 1_000_000).status for path in ("/upload/1", "/other/1")]

    assert answers == [200, 413]
    assert kinds == ["BufferedRandom"]


def test_beyond_the_queue_the_answer_is_try_again() -> None:
    go = threading.Event()

    def waiting(environ: dict[str, Any], start_response: Start) -> list[bytes]:
        go.wait()
        return echo(environ, start_response)

    with bridged(waiting, threads=1, waiting=1) as site:
        lines = [site.line() for _ in range(2)]
        for line in lines:
            line.sendall(b"GET / HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n")
        refused = site.call("/", "GET")
        while refused.status != 503:  # the two lines have not been read yet: this one took a place
            refused = site.call("/", "GET")
        go.set()
        answers = [line.recv(65536)[:15] for line in lines]
        for line in lines:
            line.close()

    assert answers == [b"HTTP/1.1 200 OK"] * 2
    assert refused.json() == problems.problem(503)
    assert refused.headers["retry-after"] == "2"


def test_a_client_that_hangs_up_in_the_queue_gives_back_its_place() -> None:
    go, paths = threading.Event(), []

    def waiting(environ: dict[str, Any], start_response: Start) -> list[bytes]:
        paths.append(environ["PATH_INFO"])
        go.wait()
        return echo(environ, start_response)

    with bridged(waiting, threads=1, waiting=5) as site:
        first, second = site.line(), site.line()
        first.sendall(b"GET /first HTTP/1.1\r\nHost: here\r\n\r\n")
        while not paths:
            time.sleep(0.01)
        second.sendall(b"GET /second HTTP/1.1\r\nHost: here\r\n\r\n")
        time.sleep(0.2)
        second.close()
        time.sleep(0.2)
        go.set()
        site.call("/third")
        first.close()

    assert paths == ["/first", "/third"]


def test_an_error_before_the_answer_is_a_500_that_tells_nothing() -> None:
    def failing(environ: dict[str, Any], start_response: Start) -> list[bytes]:
        raise ValueError("a secret word")

    with bridged(failing) as site:
        answer = site.call("/")

    assert answer.json() == problems.problem(500)
    assert answer.headers["content-type"] == "application/problem+json"


def test_an_error_in_the_middle_of_an_answer_is_a_whole_500(caplog: pytest.LogCaptureFixture) -> None:
    closed: list[bool] = []

    class Breaking:
        def __iter__(self) -> Iterator[bytes]:
            yield b"the first half"
            raise SystemExit("a secret word")

        def close(self) -> None:
            closed.append(True)

    def failing(environ: dict[str, Any], start_response: Start) -> Any:
        start_response("200 OK", [("X-Half", "done")])
        return Breaking()

    with bridged(failing, threads=1) as site:
        answers = [site.call("/") for _ in range(2)]

    assert [answer.json() for answer in answers] == [problems.problem(500)] * 2
    assert "x-half" not in answers[0].headers
    assert closed == [True, True]
    said = [record.getMessage() for record in caplog.records if record.name == "equalterms.bridge"]
    assert said == ["the application failed"] * 2


def test_nothing_set_by_one_request_is_seen_by_the_next() -> None:
    word: contextvars.ContextVar[str] = contextvars.ContextVar("word", default="none")

    def remembering(environ: dict[str, Any], start_response: Start) -> list[bytes]:
        seen = word.get()
        word.set("left behind")
        start_response("200 OK", [])
        return [seen.encode()]

    with bridged(remembering, threads=1) as site:
        assert [site.call("/").body for _ in range(3)] == [b"none"] * 3


def test_an_answer_larger_than_memory_allows_arrives_whole_and_holds_no_thread() -> None:
    big = b"0123456789abcdef" * 65536

    def giving(environ: dict[str, Any], start_response: Start) -> Iterator[bytes]:
        start_response("200 OK", [])
        return iter([big] * 8)

    with bridged(giving, threads=1) as site, site.line() as stalled:
        stalled.sendall(b"GET /stalled HTTP/1.1\r\nHost: here\r\n\r\n")
        answer = site.call("/")

    assert answer.headers["content-length"] == str(len(big) * 8)
    assert answer.body == big * 8


def test_head_gets_the_headers_alone() -> None:
    with bridged(echo) as site:
        answer = site.call("/", "HEAD")

    assert (answer.status, answer.headers["content-length"], answer.body) == (200, "7", b"")


def test_a_304_has_no_length() -> None:
    def unchanged(environ: dict[str, Any], start_response: Start) -> list[bytes]:
        start_response("304 Not Modified", [("Connection", "close")])
        return []

    with bridged(unchanged) as site:
        answer = site.call("/")

    assert (answer.status, answer.body) == (304, b"")
    assert {"content-length", "connection"}.isdisjoint(answer.headers)


def test_stopping_finishes_what_is_in_hand() -> None:
    began, answers = threading.Event(), []

    def slow(environ: dict[str, Any], start_response: Start) -> list[bytes]:
        began.set()
        time.sleep(0.3)
        return echo(environ, start_response)

    with bridged(slow) as site:
        asking = threading.Thread(target=lambda: answers.append(site.call("/").status))
        asking.start()
        began.wait(10)
    asking.join(10)

    assert answers == [200]
    with suppress(OSError):
        site.line().close()
        raise AssertionError("it still listens")


def test_who_has_waited_too_long_for_a_thread_is_told_and_never_runs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bridge_of, "PATIENCE", 0.2)
    go, calls = threading.Event(), []

    def waiting(environ: dict[str, Any], start_response: Start) -> list[bytes]:
        calls.append(environ["PATH_INFO"])
        go.wait()
        return echo(environ, start_response)

    with bridged(waiting, threads=1, waiting=50) as site:
        first = site.line()
        first.sendall(b"GET /first HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n")
        while not calls:
            time.sleep(0.01)
        with ThreadPoolExecutor(10) as clients:
            answers = list(clients.map(lambda _: site.call("/late"), range(10)))
        go.set()
        assert first.recv(65536).startswith(b"HTTP/1.1 200")
        first.close()
        last = site.call("/last")

    assert {(answer.status, answer.headers["retry-after"]) for answer in answers} == {(503, "2")}
    assert {answer.body for answer in answers} == {problems.problem_bytes(503)}
    assert (last.status, calls) == (200, ["/first", "/last"])


def test_a_call_that_began_in_time_is_answered_however_long_it_takes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bridge_of, "PATIENCE", 0.6)

    def slow(environ: dict[str, Any], start_response: Start) -> list[bytes]:
        time.sleep(0.4)
        return echo(environ, start_response)

    with bridged(slow, threads=1) as site, ThreadPoolExecutor(2) as clients:
        answers = list(clients.map(lambda _: site.call("/"), range(2)))

    assert [answer.status for answer in answers] == [200, 200]


def test_only_so_many_large_bodies_are_here_at_once() -> None:
    uploads = [re.compile("/upload/[^/]+")]
    with bridged(echo, uploads=uploads) as site:
        slow = [site.line() for _ in range(bridge_of.UPLOADS_AT_ONCE)]
        for line in slow:
            line.sendall(head("/upload/1", "Content-Length: 100000") + b"half")
        refused = site.call("/upload/2", "PUT", b"x" * 100_000)
        while refused.status != 503:  # not all of the slow ones had come
            refused = site.call("/upload/2", "PUT", b"x" * 100_000)
        other = site.call("/other", "PUT", b"x")
        for line in slow:
            line.close()
        answer = site.call("/upload/2", "PUT", b"x" * 100_000)
        while answer.status == 503:  # not all of them have gone
            answer = site.call("/upload/2", "PUT", b"x" * 100_000)

    assert (refused.json(), refused.headers["retry-after"]) == (problems.problem(503), "2")
    assert (other.status, answer.body) == (200, b"100000 bytes")
