"""The hub: one reading and one encoding a change, nobody waits for anybody, slow readers are let go."""

import asyncio
import socket
import time
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from tests.api.live.conftest import Running
from tests.makers import a_session, a_shown_question
from tests.serving import Listener

from equalterms.live import hub, render
from equalterms.live.hub import Channel, Follower
from equalterms.live.snapshots import Place
from equalterms.live.watch import Late, readings
from equalterms.programme.models import Session

Message = dict[str, Any]


class Client:
    """What a server's `send` does, under the control of a test."""

    def __init__(self) -> None:
        self.got: list[bytes] = []
        self.open = asyncio.Event()
        self.open.set()
        self.aborted = False

    async def send(self, message: Any) -> None:
        await self.open.wait()
        self.got.append(message["body"])

    def abort(self) -> None:
        self.aborted = True

    def follower(self) -> Follower:
        place = Place("session", uuid4(), uuid4())
        follower = Follower(Channel(place), self.send, self.abort)
        follower.behind = False
        return follower


def in_a_loop(work: Callable[[], Awaitable[None]]) -> None:
    async def run() -> None:
        await work()

    asyncio.run(run())


def path_of(session: Session) -> str:
    return f"/api/v1/sessions/{session.pk}/stream"


def test_a_frame_is_handed_over_at_once_without_a_task() -> None:
    async def work() -> None:
        client = Client()
        follower = client.follower()
        follower.offer(b"one")
        assert (client.got, follower.task) == ([b"one"], None)

    in_a_loop(work)


def test_a_client_that_cannot_take_a_frame_gets_all_of_them_later_in_order() -> None:
    async def work() -> None:
        slow, quick = Client(), Client()
        followers = [slow.follower(), quick.follower()]
        slow.open.clear()
        for frame in (b"one", b"two", b"three"):
            for follower in followers:
                follower.offer(frame)
        assert (slow.got, quick.got) == ([], [b"one", b"two", b"three"])
        slow.open.set()
        await asyncio.sleep(0.01)
        assert slow.got == [b"one", b"two", b"three"]
        followers[0].offer(b"four")
        assert slow.got[-1] == b"four"

    in_a_loop(work)


def test_a_client_whose_buffer_is_full_is_let_go() -> None:
    async def work() -> None:
        client = Client()
        follower = client.follower()
        client.open.clear()
        for _ in range(hub.BUFFER // 1000):
            follower.offer(b"x" * 1000)
        before = client.aborted
        follower.offer(b"x" * 1000)
        assert (before, client.aborted, follower.waiting) == (False, True, [])

    in_a_loop(work)


def test_what_was_missed_counts_and_takes_no_room_from_what_comes_meanwhile() -> None:
    async def work() -> None:
        client = Client()
        follower = client.follower()
        follower.behind = True
        follower.begin(b"m" * hub.BUFFER * 2)
        for _ in range(hub.BUFFER // 1024):
            follower.offer(b"x" * 1024)
        assert (client.aborted, follower.size) == (False, hub.BUFFER * 3)
        await follower.catch_up()
        assert (follower.size, follower.most, len(client.got)) == (0, hub.BUFFER, 1 + hub.BUFFER // 1024)

    in_a_loop(work)


def test_a_client_that_takes_nothing_for_too_long_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub, "PATIENCE", 0.05)

    async def work() -> None:
        client = Client()
        follower = client.follower()
        client.open.clear()
        follower.offer(b"one")
        assert follower.task is not None
        await follower.task
        assert (client.aborted, follower.waiting, follower.size) == (True, [], 0)

    in_a_loop(work)


def test_nobody_waits_for_ever_behind_others_who_join(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readings, "PATIENCE", 0.05)

    async def work() -> None:
        lock = asyncio.Lock()
        await lock.acquire()
        with pytest.raises(Late):
            async with hub.in_time(lock):
                pass
        lock.release()
        async with hub.in_time(lock):
            assert lock.locked()
        assert not lock.locked()

    in_a_loop(work)


def test_heartbeats_stay_spread_over_all_seconds_when_followers_come_and_go(running: Running) -> None:
    session, hub_of = a_session(), running.gateway.hub
    for _ in range(hub.HEARTBEAT_SECONDS + 3):
        with running.site.follow(path_of(session)) as follower:
            follower.next()
    staying = [running.site.follow(path_of(session)) for _ in range(hub.HEARTBEAT_SECONDS)]
    for follower in staying:
        follower.next()
    while hub_of.count > len(staying):
        time.sleep(0.01)

    assert [len(ring) for ring in hub_of._rings] == [1] * hub.HEARTBEAT_SECONDS
    for follower in staying:
        follower.close()


def test_who_comes_back_from_different_places_causes_one_rendering_of_each_subject(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, rendered = a_session(), []
    form = render.FORMS["question"]

    def counted(place: Place, ids: list[UUID]) -> render.Items:
        rendered.extend(ids)
        return form(place, ids)

    monkeypatch.setitem(render.FORMS, "question", counted)
    first = session.topic.version
    asked = [a_shown_question(session).pk for _ in range(8)]
    followers = [running.site.follow(path_of(session), first + behind) for behind in range(8)]
    for behind, follower in enumerate(followers):
        follower.next()
        subjects = [change["subject"] for change in follower.next().data["changes"]]
        assert subjects == [str(ident) for ident in asked[behind:]]
    for follower in followers:
        follower.close()

    assert sorted(rendered) == sorted(asked)


def test_one_change_is_read_and_spelt_once_for_all(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    session, calls = a_session(), []
    spell = render.change

    def counted(version: int, changes: list[Message]) -> bytes:
        calls.append(version)
        return spell(version, changes)

    monkeypatch.setattr(render, "change", counted)
    followers = [running.site.follow(path_of(session)) for _ in range(20)]
    for follower in followers:
        follower.next()

    a_shown_question(session)
    frames = {follower.next().raw for follower in followers}

    assert (len(frames), len(calls)) == (1, 1)
    for follower in followers:
        follower.close()


def test_many_who_come_back_from_the_same_place_share_one_reading(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, calls = a_session(), []
    missed = render.missed

    def counted(place: Place, after: int, version: int, shown: render.Shown) -> bytes:
        calls.append(after)
        return missed(place, after, version, shown)

    monkeypatch.setattr(render, "missed", counted)
    last = session.topic.version
    a_shown_question(session)
    followers = [running.site.follow(path_of(session), last) for _ in range(20)]

    assert {[follower.next(), follower.next()][1].event for follower in followers} == {"change"}
    assert calls == [last]
    for follower in followers:
        follower.close()


def test_a_burst_is_told_in_few_frames_and_without_a_gap(running: Running) -> None:
    session = a_session()
    with running.site.follow(path_of(session)) as follower:
        last = follower.next().id
        asked = [str(a_shown_question(session).pk) for _ in range(30)]
        seen: list[str] = []
        frames = 0
        while len(seen) < 30:
            frame = follower.next()
            frames += 1
            seen += [change["subject"] for change in frame.data["changes"]]

    assert seen == asked
    assert frames < 30
    assert frame.id == (last or 0) + 30


def test_a_reader_who_stalls_is_dropped_and_the_others_hear_everything(running: Running) -> None:
    session = a_session()
    stalled = running.site.line()
    stalled.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    stalled.sendall(f"GET {path_of(session)} HTTP/1.1\r\nHost: here\r\n\r\n".encode())
    with running.site.follow(path_of(session)) as follower:
        follower.next()
        hub_of = running.gateway.hub
        while hub_of.count < 2:
            time.sleep(0.01)
        channel = hub_of.channels[session.topic_id]
        frame = b"event: change\ndata: {}\n" + b": " + b"x" * 60_000 + b"\n\n"
        heard = 0
        while len(channel.followers) == 2:
            for each in tuple(channel.followers):
                hub_of.watch.loop.call_soon_threadsafe(each.offer, frame)
            follower.next()
            heard += 1

    assert heard > hub.BUFFER // len(frame)
    stalled.close()


def test_a_follower_that_leaves_is_forgotten(running: Running) -> None:
    session = a_session()
    with running.site.follow(path_of(session)) as follower:
        follower.next()
        assert set(running.gateway.hub.channels) == {session.topic_id}

    while running.gateway.hub.count:
        time.sleep(0.01)
    assert running.gateway.hub.channels == {}


def test_each_follower_hears_a_heartbeat(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    session = a_session()
    followers: list[Listener] = [running.site.follow(path_of(session)) for _ in range(3)]
    for follower in followers:
        follower.next()
    running.gateway.hub._rings = [set().union(*running.gateway.hub._rings)] * hub.HEARTBEAT_SECONDS

    assert [follower.lines() for follower in followers] == [[b":\n"]] * 3
    for follower in followers:
        follower.close()
