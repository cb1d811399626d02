"""The hot lane: the view's own bytes, made once a version, never older than what is known."""

import asyncio
import gzip
import threading
import time
import tracemalloc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import brotli
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.api.live.conftest import Running
from tests.booked import a_booking, a_called_booking, a_surgeon_here
from tests.makers import a_session, a_shown_comment, a_shown_question, a_surgeon, an_event
from tests.serving import Answer, Site, record_elsewhere

from equalterms.bookings.actions.lines import publish_lines
from equalterms.config.asgi import safe_headers
from equalterms.lib import problems
from equalterms.live import hot
from equalterms.live.hot import Copy, HotLane, best_coding, takes_json
from equalterms.live.watch import Watch, watching
from equalterms.programme.models import Event, EventState, Session
from equalterms.questions.models import Question, Spotlight

ENCODED = {"gzip": gzip.decompress, "br": brotli.decompress}


def live(session: Session) -> str:
    return f"/api/v1/sessions/{session.pk}/live/"


def pages(session: Session) -> list[str]:
    event = session.event
    return [live(session), f"/api/v1/events/{event.slug}/live/", f"/api/v1/events/{event.pk}/"]


def a_line(event: Event, *places: str) -> None:
    """A surgery with somebody called to each of these tables, and to one more, and somebody who waits."""
    surgery = a_session(event, kind="surgery", capacity=6)
    for place in ("table 3", *places):
        a_called_booking(surgery, a_surgeon_here(event, place=place))
    a_booking(surgery, "here", labels=["Forms"])
    publish_lines()


def from_django(site: Site, path: str, **headers: str) -> Answer:
    """The same page past the hot lane: it leaves every query to Django."""
    return site.call(path + "?past", headers=headers)


def test_it_gives_the_views_bytes_for_every_page(running: Running) -> None:
    session = a_session()
    a_surgeon(session.event, session)
    Spotlight.objects.create(session=session, question=a_shown_question(session))
    a_shown_comment(session)
    a_line(session.event)

    for path in pages(session):
        hot_answer, view = running.site.call(path), from_django(running.site, path)

        assert (hot_answer.status, hot_answer.body) == (view.status, view.body)
        for name in ("content-type", "content-length", "etag", "cache-control", "referrer-policy"):
            assert (name, hot_answer.headers[name]) == (name, view.headers[name])
    assert running.gateway.hot.rebuilds == 3


def test_it_gives_the_views_bytes_in_whatever_state(running: Running) -> None:
    texts = st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40), max_size=5)

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(texts=texts, warning=st.booleans(), comments=st.integers(0, 3), surgeries=st.integers(0, 3))
    def check(texts: list[str], warning: bool, comments: int, surgeries: int) -> None:
        session = a_session()
        for _ in range(surgeries):
            a_line(session.event, *texts)
        for text in texts:
            a_shown_question(session, text=text, warning="loud" if warning else "")
        for _ in range(comments):
            a_shown_comment(session)

        answers = [running.site.call(path).body for path in pages(session)]

        assert answers == [from_django(running.site, path).body for path in pages(session)]

    check()


def test_a_stream_of_a_page_that_lies_ready_is_still_a_stream(site: Site) -> None:
    session = a_session()
    for _ in range(3):
        site.call(live(session))
        with site.follow(f"/api/v1/sessions/{session.pk}/stream") as follower:
            assert follower.next().event == "hello"


@pytest.mark.parametrize("coding", ["gzip", "br"])
def test_encodings_are_of_the_same_bytes_and_have_tags_of_their_own(site: Site, coding: str) -> None:
    session = a_session()
    plain = site.call(live(session))

    encoded = site.call(live(session), headers={"Accept-Encoding": coding})

    assert encoded.headers["content-encoding"] == coding
    assert ENCODED[coding](encoded.body) == plain.body
    assert encoded.headers["etag"] != plain.headers["etag"]
    assert (encoded.headers["vary"], plain.headers["vary"]) == ("Accept-Encoding", "Accept-Encoding")


@pytest.mark.parametrize("coding", ["identity", "gzip", "br"])
def test_a_known_copy_is_a_304_until_something_changes(site: Site, coding: str) -> None:
    session = a_session()
    asked = {"Accept-Encoding": coding}
    tag = site.call(live(session), headers=asked).headers["etag"]
    known = {**asked, "If-None-Match": f'"other", W/{tag}'}

    same = site.call(live(session), headers=known)
    a_shown_question(session)
    changed = site.call(live(session), headers=known)

    assert (same.status, same.body, same.headers["etag"]) == (304, b"", tag)
    assert changed.status == 200
    assert changed.headers["etag"] != tag


def test_a_quiet_poll_costs_at_most_500_bytes(site: Site) -> None:
    path = live(a_session())
    tag = site.call(path).headers["etag"]
    asked = f"GET {path} HTTP/1.1\r\nHost: day.example\r\nIf-None-Match: {tag}\r\nConnection: close\r\n\r\n"

    answer = site.raw(asked.encode())

    assert answer.startswith(b"HTTP/1.1 304")
    assert len(answer) <= 500


def test_django_knows_the_lanes_tags_too(site: Site) -> None:
    session = a_session()

    for path in pages(session):
        tag = site.call(path).headers["etag"]
        assert from_django(site, path, **{"If-None-Match": tag}).status == 304


def test_head_has_the_headers_of_get(site: Site) -> None:
    session = a_session()
    got = site.call(live(session))

    head = site.call(live(session), "HEAD")

    assert head.body == b""
    assert {**head.headers, "date": ""} == {**got.headers, "date": ""}


def test_a_write_is_seen_by_the_next_reader(site: Site) -> None:
    session = a_session()
    before = site.call(live(session)).json()
    question = a_shown_question(session)
    after = site.call(live(session)).json()

    assert before["questions"] == []
    assert [item["id"] for item in after["questions"]] == [str(question.pk)]
    assert after["version"] == before["version"] + 1


def test_fifty_readers_cause_one_rebuild_a_version(running: Running) -> None:
    session = a_session()
    for expected in (1, 2):
        a_shown_question(session)
        start = threading.Barrier(50)

        def read(_: int, start: threading.Barrier = start) -> bytes:
            start.wait()
            return running.site.call(live(session)).body

        with ThreadPoolExecutor(50) as readers:
            bodies = set(readers.map(read, range(50)))

        assert len(bodies) == 1
        assert running.gateway.hot.rebuilds == expected


def test_a_write_of_another_process_is_seen_without_a_bell(running: Running) -> None:
    session = a_session()
    before = running.site.call(live(session)).json()["version"]
    record_elsewhere(session.topic_id, "notes", session.pk)

    answers = iter(lambda: running.site.call(live(session)).json()["version"], before + 1)

    assert set(answers) <= {before}
    assert running.gateway.hot.rebuilds == 2


def test_unknown_and_draft_addresses_are_django_404s_and_are_not_kept(running: Running) -> None:
    event = an_event(state=EventState.DRAFT)
    path = f"/api/v1/events/{event.slug}/live/"
    before = running.site.call(path)
    type(event).objects.update(state=EventState.PUBLISHED)

    after = running.site.call(path)

    assert (before.status, before.json()) == (404, problems.problem(404))
    assert after.status == 200


def test_a_slug_a_code_and_an_id_share_one_copy(running: Running) -> None:
    session = a_session()

    bodies = {running.site.call(f"/api/v1/sessions/{ref}/live/").body for ref in (session.pk, session.code)}

    assert len(bodies) == 1
    assert running.gateway.hot.rebuilds == 1


@pytest.mark.parametrize(
    ("method", "query", "headers"),
    [
        ("GET", "?x=1", {}),
        ("GET", "", {"Authorization": "Bearer x"}),
        ("GET", "", {"Range": "bytes=0-1"}),
        ("GET", "", {"Accept": "text/html"}),
        ("GET", "", {"Accept": "application/json; indent=4"}),
        ("GET", "", {"Accept": "application/json;q=0, */*"}),
        ("POST", "", {}),
        ("OPTIONS", "", {}),
    ],
)
def test_what_is_not_in_its_table_is_djangos(
    running: Running, method: str, query: str, headers: dict[str, str]
) -> None:
    session = a_session()
    running.site.call(live(session))

    answer = running.site.call(live(session) + query, method, b"" if method == "POST" else None, headers)

    assert "content-security-policy" in answer.headers  # only Django's middleware puts it there
    assert running.gateway.hot.rebuilds == 1


def test_cookies_and_other_headers_change_nothing(site: Site) -> None:
    session = a_session()
    plain = site.call(live(session))

    other = site.call(
        live(session), headers={"Cookie": "a=1", "Origin": "https://x.example", "Accept": "*/*"}
    )

    assert {**other.headers, "date": ""} == {**plain.headers, "date": ""}
    assert other.body == plain.body
    assert other.headers["access-control-allow-origin"] == "*"


def test_where_only_some_sites_may_read_a_named_origin_is_djangos() -> None:
    watch = Watch()
    lane = HotLane(watch, public=[], any_origin=False)

    assert lane._wanted([(b"origin", b"https://x.example")]) is None


def test_the_least_used_copies_leave_when_there_are_too_many(running: Running) -> None:
    lane = running.gateway.hot
    sessions = [a_session() for _ in range(3)]
    running.site.call(live(sessions[0]))
    lane.most = lane.size * 2 + lane.size // 2

    for session in (sessions[1], sessions[0], sessions[2]):
        running.site.call(live(session))

    assert list(lane.copies) == [sessions[0].topic_id, sessions[2].topic_id]
    assert lane.size == sum(copy.size for copy in lane.copies.values())


def test_a_thousand_sessions_stay_within_the_memory_they_may_take() -> None:
    """Counted with all that a copy is made of, not its bytes alone."""
    lane = HotLane(Watch(), public=safe_headers(), most=2 * 1024 * 1024)
    lane._install(uuid4(), Copy(1, b"warm", lane.public))
    before = lane.size
    tracemalloc.start()
    try:
        for number in range(1000):
            topic = uuid4()
            lane.watch.use(topic)
            lane._install(topic, Copy(2**39 + number, b'{"session":%d}' % number * 20, lane.public))
        taken, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert len(lane.copies) < 1000
    assert before < lane.size <= lane.most
    # What was heard of a thousand topics is a little beside it, and leaves with the next check.
    assert taken <= lane.most * 1.25


@contextmanager
def a_database_that_stands_still(watch: Watch) -> Iterator[None]:
    """Whatever is checked waits in the checking thread behind a question that has no answer yet."""
    answered = threading.Event()
    asked = asyncio.run_coroutine_threadsafe(watch._checker.ask(answered.wait), watch.loop)
    try:
        yield
    finally:
        answered.set()
        asked.exception(10)


def test_a_copy_that_is_merely_unconfirmed_is_confirmed_and_not_made_anew(running: Running) -> None:
    sessions, watch = [a_session() for _ in range(3)], running.gateway.hot.watch
    for session in sessions:
        running.site.call(live(session))
    watch.every = 3600
    time.sleep(watching.TRUSTED + watching.EVERY + 0.1)

    with ThreadPoolExecutor(12) as readers:
        with a_database_that_stands_still(watch):
            waiting = [readers.submit(running.site.call, live(sessions[number % 3])) for number in range(12)]
            time.sleep(0.3)  # so that all of them have come
            asked = watch._checker._pool._work_queue.qsize()
        answers = [one.result() for one in waiting]

    assert asked == 1
    assert {answer.status for answer in answers} == {200}
    assert running.gateway.hot.rebuilds == 3


def test_a_database_that_does_not_answer_is_a_503_and_not_an_old_copy(running: Running) -> None:
    session, watch = a_session(), running.gateway.hot.watch
    running.site.call(live(session))
    watch._checker.patience = 0.2

    with a_database_that_stands_still(watch):
        time.sleep(watching.TRUSTED + 0.1)
        answer = running.site.call(live(session))

    assert (answer.status, answer.json()) == (503, problems.problem(503))
    assert answer.headers["retry-after"] == "2"


def test_a_false_rumour_costs_one_reading_and_no_more(running: Running) -> None:
    session = a_session()
    running.site.call(live(session))
    running.gateway.hot.watch.hear({session.topic_id: 2**60})

    versions = [running.site.call(live(session)).json()["version"] for _ in range(3)]

    assert versions == [session.topic.version] * 3
    assert running.gateway.hot.rebuilds == 2
    assert Question.objects.count() == 0


@pytest.mark.parametrize(
    ("accept", "taken"),
    [
        (b"*/*", True),
        (b"text/html, */*;q=0.1", True),
        (b"application/*", True),
        (b"APPLICATION/JSON", True),
        (b"text/html", False),
        (b"application/json;q=0", False),
        (b"application/json;q=0, */*", False),
        (b"application/json;q=nonsense", False),
        (b"application/json;version=2", False),
    ],
)
def test_an_accept_header_takes_json_or_not(accept: bytes, taken: bool) -> None:
    assert takes_json(accept) is taken


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        (b"gzip, deflate, br", "br"),
        (b"gzip;q=1.0, br;q=0", "gzip"),
        (b"*", "br"),
        (b"*;q=0", "identity"),
        (b"deflate", "identity"),
        (b"identity", "identity"),
        (b"gzip;q=,", "identity"),
    ],
)
def test_the_smallest_encoding_a_client_takes_is_chosen(accepted: bytes, coding: str) -> None:
    assert best_coding(accepted) == coding


def test_meanings_of_headers_are_kept_within_bounds() -> None:
    known: dict[bytes, Any] = {b"": "first"}
    for number in range(2000):
        hot.remember(known, b"%d" % number, number)

    assert len(known) <= 256
    assert (known[b""], known[b"1999"]) == ("first", 1999)
