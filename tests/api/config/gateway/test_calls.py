"""One call of a WSGI application, as PEP 3333 has it."""

import sys
import threading
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from equalterms.config.gateway.calls import Call, Crew


def called(app: Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]) -> Call:
    call = Call({})
    call.run(app)
    return call


def test_headers_are_kept_in_order_and_twice_where_they_came_twice() -> None:
    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        start_response("200 OK", [("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"), ("Transfer-Encoding", "x")])
        return [b"ab", b"c"]

    assert called(app).headers == [
        (b"set-cookie", b"a=1"),
        (b"set-cookie", b"b=2"),
        (b"content-length", b"3"),
    ]


def test_what_is_written_comes_before_what_is_returned() -> None:
    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        write = start_response("200 OK", [])
        write(b"first ")
        return [b"second"]

    assert called(app).body.open().read() == b"first second"


def test_an_application_may_start_again_to_say_that_it_failed() -> None:
    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        start_response("200 OK", [("X-Half", "done")])
        try:
            raise ValueError
        except ValueError:
            start_response("500 Oh", [], sys.exc_info())
        return [b""]

    assert (called(app).status, called(app).headers) == (500, [(b"content-length", b"0")])


def test_starting_twice_without_a_reason_is_an_error() -> None:
    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        start_response("200 OK", [])
        start_response("200 OK", [])
        return []

    with pytest.raises(RuntimeError, match="twice"):
        called(app)


def test_an_application_that_never_starts_is_an_error() -> None:
    with pytest.raises(RuntimeError, match="did not call"):
        called(lambda environ, start_response: [])


def test_a_crew_works_in_its_own_threads_and_finishes_what_it_was_given() -> None:
    crew, names = Crew(2), []
    crew.start()
    for _ in range(10):
        crew.give(lambda: names.append(threading.current_thread().name))

    crew.stop()

    assert len(names) == 10
    assert set(names) <= {"django-0", "django-1"}
