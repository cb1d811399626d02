"""Following over HTTP: hello, change, replay, reset, and what is refused."""

import random
from uuid import uuid4

import pytest
from django.db import transaction
from tests.api.live.conftest import Running
from tests.makers import a_session, a_shown_comment, a_shown_question, a_surgeon, an_event
from tests.serving import Frame, Site, record_elsewhere, serving

from equalterms.config.asgi import gateway
from equalterms.journal.models import Entry, Topic
from equalterms.lib import problems
from equalterms.live import stream
from equalterms.programme.models import EventState, Session
from equalterms.questions import actions as questions
from equalterms.questions.models import Question
from equalterms.safety.models import Review, State

LATEST = 2**62


def path_of(session: Session) -> str:
    return f"/api/v1/sessions/{session.pk}/stream"


def version_of(session: Session) -> int:
    return Topic.objects.get(pk=session.topic_id).version


def conceal(question: Question) -> None:
    with transaction.atomic():
        Review.objects.filter(subject=question.pk).update(state=State.HIDDEN)
        questions.conceal(question=question)


def subjects(frame: Frame) -> list[tuple[str, str]]:
    return [(change["kind"], change["subject"]) for change in frame.data["changes"]]


def test_a_stream_says_hello_with_the_version_and_is_never_stored(site: Site) -> None:
    session = a_session()

    with site.follow(path_of(session)) as follower:
        hello = follower.next()
        headers = follower.answer.headers

    version = version_of(session)
    assert hello == Frame("hello", version, {"version": version}, hello.raw)
    assert b"retry: 3000\n" in hello.raw
    assert (headers["Content-Type"], headers["Cache-Control"]) == ("text/event-stream", "no-store")
    assert (headers["X-Content-Type-Options"], headers["Referrer-Policy"]) == ("nosniff", "no-referrer")
    assert headers["Access-Control-Allow-Origin"] == "*"


def test_a_change_reaches_every_follower_in_the_same_bytes_and_its_public_form(site: Site) -> None:
    session = a_session()
    followers = [site.follow(path_of(session)) for _ in range(3)]
    for follower in followers:
        follower.next()

    question = a_shown_question(session, text="How do I begin?")
    frames = [follower.next() for follower in followers]

    version = version_of(session)
    public = site.call(f"/api/v1/sessions/{session.pk}/questions/{question.pk}/").json()
    change = {"kind": "question", "subject": str(question.pk), "item": public}
    assert frames[0] == Frame("change", version, {"version": version, "changes": [change]}, frames[0].raw)
    assert len({frame.raw for frame in frames}) == 1
    for follower in followers:
        follower.close()


def test_a_withdrawn_item_is_null_and_its_words_are_in_no_frame(site: Site) -> None:
    session = a_session()
    start = version_of(session)
    question = a_shown_question(session, text="planted words")
    shown = site.call(f"/api/v1/sessions/{session.pk}/live/").body
    conceal(question)

    with site.follow(path_of(session), last=start) as follower:
        hello, change = follower.next(), follower.next()

    assert b"planted words" in shown
    assert b"planted words" not in hello.raw + change.raw
    assert change.data["changes"] == [{"kind": "question", "subject": str(question.pk), "item": None}]


def test_replay_starts_at_the_last_id_and_folds_to_one_item_a_subject(site: Site) -> None:
    session = a_session()
    start = version_of(session)
    first, second = a_shown_question(session), a_shown_question(session)
    conceal(first)

    with site.follow(path_of(session), last=start) as follower:
        hello, change = follower.next(), follower.next()

    version = version_of(session)
    assert (hello.id, hello.data) == (start, {"version": version})
    assert change.id == version
    assert subjects(change) == [("question", str(second.pk)), ("question", str(first.pk))]


def test_the_last_event_id_wins_over_after(site: Site) -> None:
    session = a_session()
    start = version_of(session)
    a_shown_question(session)
    now = version_of(session)

    with site.follow(f"{path_of(session)}?after={start}") as by_after:
        assert by_after.next().id == start
        assert by_after.next().event == "change"
    with site.follow(f"{path_of(session)}?after={start}", last=now) as by_header:
        assert by_header.next().id == now


@pytest.mark.parametrize("cursor", ["nonsense", "-5", "1e3", "0", "7", str(LATEST), "9" * 30, "٣"])
def test_a_cursor_that_is_no_version_of_ours_gets_a_reset(site: Site, cursor: str) -> None:
    session = a_session()

    with site.follow(path_of(session), last=cursor.encode().decode("latin-1")) as follower:
        hello, reset = follower.next(), follower.next()

    version = version_of(session)
    assert (hello.event, hello.data) == ("hello", {"version": version})
    assert hello.id != version
    assert reset == Frame("reset", version, {"version": version}, reset.raw)


def test_a_cursor_whose_entries_are_pruned_gets_a_reset(site: Site) -> None:
    session = a_session()
    start = version_of(session)
    for _ in range(3):
        a_shown_question(session)
    Entry.objects.get(topic=session.topic_id, version=start + 1).delete()

    with site.follow(path_of(session), last=start) as pruned:
        assert [pruned.next().event, pruned.next().event] == ["hello", "reset"]
    with site.follow(path_of(session), last=start + 1) as kept:
        assert [kept.next().event, kept.next().event] == ["hello", "change"]


def test_a_cursor_more_than_200_behind_gets_a_reset(site: Site) -> None:
    session = a_session()
    start = version_of(session)
    Topic.objects.filter(pk=session.topic_id).update(version=start + 201)
    Entry.objects.bulk_create(
        Entry(topic_id=session.topic_id, version=start + step, kind="notes", subject=session.pk)
        for step in range(1, 202)
    )

    with site.follow(path_of(session), last=start) as far:
        assert [far.next().event, far.next().event] == ["hello", "reset"]
    with site.follow(path_of(session), last=start + 1) as near:
        near.next()
        assert near.next().data["changes"] == [
            {"kind": "notes", "subject": str(session.pk), "item": {"session": str(session.pk)}}
        ]


def test_twenty_drops_lose_nothing_and_repeat_nothing(site: Site) -> None:
    """The connection is cut after a random number of blocks; each time the browser's rule is followed:
    the last id seen is sent."""
    session, choice = a_session(), random.Random(20)  # noqa: S311 - repeatable, nothing secret
    last, seen, asked = version_of(session), [], []
    for _ in range(20):
        asked += [str(a_shown_question(session).pk) for _ in range(choice.randint(0, 3))]
        with site.follow(path_of(session), last=last) as follower:
            frames = [follower.next()]
            if version_of(session) != last and choice.random() < 0.6:
                frames.append(follower.next())
            for frame in frames:
                last = frame.id or last
                seen += [subject for _, subject in subjects(frame)] if frame.event == "change" else []
            assert "reset" not in [frame.event for frame in frames]
    with site.follow(path_of(session), last=last) as follower:
        follower.next()
        if version_of(session) != last:
            seen += [subject for _, subject in subjects(follower.next())]

    assert seen == asked


def test_an_events_stream_carries_the_printed_day_and_the_counts(site: Site) -> None:
    event = an_event()
    session = a_session(event)
    a_surgeon(event, session)
    with site.follow(f"/api/v1/events/{event.slug}/stream") as follower:
        follower.next()
        a_shown_comment(session)
        frame = follower.next()

    counts = {"id": str(session.pk), "questions": 0, "answered": 0, "comments": 1}
    assert frame.data["changes"] == [{"kind": "counts", "subject": str(session.pk), "item": counts}]


def test_a_write_of_another_process_reaches_a_follower(site: Site) -> None:
    session = a_session()
    with site.follow(path_of(session)) as follower:
        follower.next()
        record_elsewhere(session.topic_id, "session", session.pk)
        frame = follower.next()

    assert subjects(frame) == [("session", str(session.pk))]
    shown = site.call(f"/api/v1/sessions/{session.pk}/live/").json()
    assert frame.data["changes"][0]["item"] == shown["session"]


def test_unknown_sessions_and_drafts_are_a_404_problem(site: Site) -> None:
    draft = a_session(an_event(state=EventState.DRAFT))
    paths = [path_of(draft), f"/api/v1/sessions/{uuid4()}/stream", "/api/v1/events/nowhere/stream"]

    answers = [site.call(path) for path in paths]

    assert [answer.status for answer in answers] == [404] * 3
    assert [answer.json() for answer in answers] == [problems.problem(404)] * 3


def test_other_methods_are_a_405_problem(site: Site) -> None:
    session = a_session()

    answers = [site.call(path_of(session), method, b"") for method in ("POST", "PUT", "PATCH", "DELETE")]

    assert [(answer.status, answer.json()["code"]) for answer in answers] == [(405, "wrong-method")] * 4
    assert {answer.headers["content-type"] for answer in answers} == {"application/problem+json"}


def test_head_answers_without_a_stream(site: Site) -> None:
    answer = site.call(path_of(a_session()), "HEAD")

    assert (answer.status, answer.headers["content-type"], answer.body) == (200, "text/event-stream", b"")


def test_a_day_that_becomes_a_draft_ends_its_streams(site: Site) -> None:
    session = a_session()
    with site.follow(path_of(session)) as follower:
        follower.next()
        type(session.event).objects.update(state=EventState.DRAFT)
        record_elsewhere(session.topic_id, "session", session.pk)
        with pytest.raises(EOFError):
            follower.next()

    assert site.call(path_of(session)).status == 404


def test_when_there_are_too_many_followers_others_are_asked_to_return(running: Running) -> None:
    session = a_session()
    running.gateway.hub.most = 1
    with running.site.follow(path_of(session)) as follower:
        follower.next()
        answer = running.site.call(path_of(session))

    assert (answer.status, answer.json()["code"], answer.headers["retry-after"]) == (503, "busy", "5")


def test_an_empty_cursor_is_none() -> None:
    assert stream.cursor_of({"headers": [(b"last-event-id", b"")], "query_string": b"after="}) is None


def test_a_new_server_takes_over_where_the_old_one_stopped(running: Running) -> None:
    session = a_session()
    with running.site.follow(path_of(session)) as follower:
        last = follower.next().id
        running.gateway.hub.watch.loop.call_soon_threadsafe(running.gateway.stop_streams)
        ending = follower.lines()
        with pytest.raises(EOFError):
            follower.next()
    refused = running.site.call(path_of(session))
    asked = [a_shown_question(session) for _ in range(2)]

    successor = gateway()
    with (
        serving(successor, successor.stop_streams) as next_site,
        next_site.follow(path_of(session), last) as again,
    ):
        again.next()
        change = again.next()

    assert ending[0].startswith(b"retry: ")
    assert 1000 <= int(ending[0][7:]) <= 8000
    assert refused.status == 503
    assert subjects(change) == [("question", str(question.pk)) for question in asked]
    assert Question.objects.count() == 2
