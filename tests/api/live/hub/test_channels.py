"""The hub: one reading and one encoding a change, nobody waits for anybody, slow readers are let go."""

import asyncio
import socket
import time
from typing import Any
from uuid import UUID

import pytest
from tests.api.live.conftest import Running
from tests.makers import a_session, a_shown_question
from tests.serving import PATIENCE, Listener

from equalterms.lib.api.asgi import chunk
from equalterms.live import render
from equalterms.live.hub import channels
from equalterms.live.hub.followers import BUFFER, Follower
from equalterms.live.snapshots import Place
from equalterms.live.watch import Late, readings
from equalterms.programme.models import Session

Message = dict[str, Any]


def path_of(session: Session) -> str:
    return f"/api/v1/sessions/{session.pk}/stream"


def test_nobody_waits_for_ever_behind_others_who_join(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readings, "PATIENCE", 0.05)

    async def work() -> None:
        lock = asyncio.Lock()
        await lock.acquire()
        with pytest.raises(Late):
            async with channels.in_time(lock):
                pass
        lock.release()
        async with channels.in_time(lock):
            assert lock.locked()
        assert not lock.locked()

    asyncio.run(work())


def test_heartbeats_stay_spread_over_all_seconds_when_followers_come_and_go(running: Running) -> None:
    session, hub_of = a_session(), running.gateway.hub
    for _ in range(channels.HEARTBEAT_SECONDS + 3):
        with running.site.follow(path_of(session)) as follower:
            follower.next()
    staying = [running.site.follow(path_of(session)) for _ in range(channels.HEARTBEAT_SECONDS)]
    for follower in staying:
        follower.next()
    while hub_of.count > len(staying):
        time.sleep(0.01)

    assert [len(ring) for ring in hub_of._rings] == [1] * channels.HEARTBEAT_SECONDS
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
                hub_of.watch.loop.call_soon_threadsafe(each.offer, chunk(frame))
            follower.next()
            heard += 1

    assert heard > BUFFER // len(frame)
    stalled.close()


def test_who_leaves_while_a_change_is_told_takes_it_from_nobody(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, offer = a_session(), Follower.offer
    followers = [running.site.follow(path_of(session)) for _ in range(40)]
    for follower in followers:
        follower.next()
    leaving, staying = followers[::2], followers[1::2]

    def offered(self: Follower, part: bytes) -> None:
        while leaving:
            leaving.pop().close()
        offer(self, part)

    monkeypatch.setattr(channels, "BATCH", 1)  # others get a turn after each of them
    monkeypatch.setattr(Follower, "offer", offered)
    channel, before = running.gateway.hub.channels[session.topic_id], session.topic.version
    asked = a_shown_question(session)
    while channel.version in {None, before}:
        time.sleep(0.01)
    a_shown_question(session)

    heard = [follower.next() for follower in staying]
    assert {change["subject"] for frame in heard for change in frame.data["changes"]} == {str(asked.pk)}
    for follower in staying:
        follower.close()


def test_a_stop_waits_for_nobody_who_does_not_read(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(channels, "ENDING", 0.2)
    session, hub_of = a_session(), running.gateway.hub
    with running.site.line() as stalled:
        stalled.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        stalled.sendall(f"GET {path_of(session)} HTTP/1.1\r\nHost: here\r\n\r\n".encode())
        while session.topic_id not in hub_of.channels or not hub_of.channels[session.topic_id].followers:
            time.sleep(0.01)
        (follower,) = hub_of.channels[session.topic_id].followers
        while not follower.transport.get_write_buffer_size():
            hub_of.watch.loop.call_soon_threadsafe(follower.offer, chunk(b"x" * 30_000))
            time.sleep(0.002)
        hub_of.watch.loop.call_soon_threadsafe(running.gateway.stop_streams)
        began = time.monotonic()
        while hub_of.count:
            time.sleep(0.01)

    assert time.monotonic() - began < PATIENCE


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
    running.gateway.hub._rings = [set().union(*running.gateway.hub._rings)] * channels.HEARTBEAT_SECONDS

    assert [follower.lines() for follower in followers] == [[b":\n"]] * 3
    for follower in followers:
        follower.close()
