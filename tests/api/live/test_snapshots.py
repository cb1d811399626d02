"""Snapshots: what is shown at one version."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.booked import a_booking, a_called_booking, a_surgeon_here
from tests.makers import a_session, a_shown_comment, a_shown_question, a_surgeon, an_account, an_event

from equalterms.bookings.actions import hold_line
from equalterms.bookings.actions.lines import publish_lines
from equalterms.bookings.models import Line
from equalterms.journal.models import Topic
from equalterms.live import snapshots
from equalterms.programme.models import EventState, OldAddress
from equalterms.questions import actions
from equalterms.questions.models import Audience, Question, Spotlight
from equalterms.safety.models import Review, State


def queries(work: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        work()
    return len([query for query in captured if query["sql"].startswith("SELECT")])


@pytest.mark.django_db
def test_a_session_is_shown_with_its_people_questions_and_thread() -> None:
    session = a_session()
    surgeon = a_surgeon(session.event, session, name="Ada")
    question = a_shown_question(session, text="How do I begin?")
    comment = a_shown_comment(session, text="Me too.")

    snapshot = snapshots.session_live(session.pk)

    assert snapshot is not None
    session.topic.refresh_from_db()
    shown = snapshot.payload
    assert snapshot.version == shown["version"] == session.topic.version
    assert shown["session"]["id"] == str(session.pk)
    assert shown["session"]["event"]["id"] == str(session.event_id)
    assert [person["id"] for person in shown["surgeons"]] == [str(surgeon.pk)]
    assert [item["id"] for item in shown["questions"]] == [str(question.pk)]
    assert [item["id"] for item in shown["comments"]] == [str(comment.pk)]
    assert shown["more"] == {"questions": None, "comments": None}
    assert shown["counts"] == {"questions": 1, "answered": 0, "comments": 1}
    assert shown["current"] is None


@pytest.mark.django_db
def test_what_is_held_or_meant_for_surgeons_only_is_not_in_a_snapshot() -> None:
    session = a_session()
    a_shown_question(session, text="planted held words")
    Review.objects.update(state=State.HELD)
    a_shown_question(session, text="planted private words", audience=Audience.SURGEONS)
    hidden = a_surgeon(session.event, session, name="planted private name", published=False)

    snapshot = snapshots.session_live(session.pk)

    assert Question.objects.count() == 2
    assert hidden.appearances.count() == 1
    assert snapshot is not None
    assert b"planted" not in snapshots.spell(snapshot.payload)


@pytest.mark.django_db
def test_only_the_newest_40_are_in_it_and_the_next_page_holds_the_others(client: Any) -> None:
    session = a_session()
    asked = [str(a_shown_question(session).pk) for _ in range(43)]

    snapshot = snapshots.session_live(session.pk)

    assert snapshot is not None
    assert [item["id"] for item in snapshot.payload["questions"]] == asked[:2:-1]
    page = client.get(snapshot.payload["more"]["questions"]).json()
    assert [item["id"] for item in page["results"]] == asked[2::-1]
    assert page["next"] is None


@pytest.mark.django_db
def test_a_snapshot_costs_the_same_queries_however_much_is_in_it() -> None:
    session = a_session()
    costs = []
    for _ in range(3):
        question = a_shown_question(session)
        actions.answer(question=question.pk, account=an_account(), text="Like this.")
        a_shown_comment(session)
        a_surgeon(session.event, session)
        Spotlight.objects.update_or_create(session=session, defaults={"question": question})
        for _ in range(len(costs) * 10 + 1):
            surgery = a_session(session.event, kind="surgery", capacity=6)
            a_called_booking(surgery, a_surgeon_here(session.event))
        publish_lines()
        costs.append(
            (
                queries(lambda: snapshots.session_live(session.pk)),
                queries(lambda: snapshots.event_live(session.event_id)),
            )
        )

    assert costs == [(5, 7)] * 3
    assert Line.objects.count() == 33


@pytest.mark.django_db
@pytest.mark.parametrize("over", ["questions", "comments"])
def test_counts_are_the_same_whether_a_page_holds_everything_or_not(over: str) -> None:
    session = a_session()
    make = {"questions": a_shown_question, "comments": a_shown_comment}
    made = {kind: [make[kind](session) for _ in range(39)] for kind in make}
    for question in made["questions"][:3]:
        actions.answer(question=question.pk, account=an_account(), text="Like this.")

    def shown() -> tuple[dict[str, int], list[str]]:
        snapshot = snapshots.session_live(session.pk)
        assert snapshot is not None
        assert snapshot.payload["counts"] == snapshots.counts_of([session.pk])[session.pk]
        more = snapshot.payload["more"]
        return snapshot.payload["counts"], [kind for kind in more if more[kind]]

    expected = {"questions": 39, "answered": 3, "comments": 39}
    for count, more, cost in ((39, [], 5), (40, [], 5), (41, [over], 7)):
        assert shown() == (expected | {over: count}, more)
        assert queries(lambda: snapshots.session_live(session.pk)) == cost
        make[over](session)


@pytest.mark.django_db
def test_a_day_as_it_goes_lists_only_sessions_with_something_to_read() -> None:
    event = an_event()
    quiet, busy = a_session(event), a_session(event)
    question = a_shown_question(busy)
    actions.answer(question=question.pk, account=an_account(), text="Like this.")
    a_shown_question(busy)

    snapshot = snapshots.event_live(event.pk)

    event.refresh_from_db()
    assert quiet.pk != busy.pk
    assert snapshot is not None
    assert snapshot.payload == {
        "version": Topic.objects.get(pk=event.now_id).version,
        "event": {"id": str(event.pk), "slug": event.slug, "state": "published"},
        "day": event.day.version,
        "sessions": [{"id": str(busy.pk), "questions": 2, "answered": 1, "comments": 0}],
        "lines": [],
        "here": [],
    }


@pytest.mark.django_db
def test_a_day_tells_its_lines_its_calls_and_who_is_there() -> None:
    event = an_event()
    surgery, talk = a_session(event, kind="surgery", capacity=4), a_session(event, kind="talk")
    surgeon, unlisted = a_surgeon_here(event), a_surgeon_here(event, place="table 9", published=False)
    a_called_booking(surgery, surgeon, ticket=412)
    a_called_booking(surgery, unlisted, ticket=305)
    a_booking(surgery, "here", labels=["Forms"])
    a_booking(talk, "held")

    publish_lines()

    snapshot = snapshots.event_live(event.pk)
    assert snapshot is not None
    called = [{"ticket": 305, "place": "table 9"}, {"ticket": 412, "place": "table 3"}]
    line = {"session": str(surgery.pk), "seats": "free", "waiting": 1, "wait": 15, "missing": ["Forms"]}
    assert snapshot.payload["lines"] == [{**line, "called": called}]
    assert snapshot.payload["here"] == [{"surgeon": str(surgeon.pk), "state": "here", "place": "table 3"}]


@pytest.mark.django_db
def test_a_surgery_is_told_of_before_its_first_tick_as_one_where_nobody_has_come() -> None:
    event = an_event()
    surgery = a_session(event, kind="surgery")
    limited = a_session(event, kind="talk", capacity=30)

    snapshot = snapshots.event_live(event.pk)

    assert snapshot is not None
    nobody = {"waiting": 0, "wait": None, "missing": [], "called": []}
    assert sorted(snapshot.payload["lines"], key=lambda line: line["seats"]) == [
        {"session": str(limited.pk), "seats": "free", **nobody},
        {"session": str(surgery.pk), "seats": "open", **nobody},
    ]


@pytest.mark.django_db
def test_a_line_that_was_only_locked_looks_like_none() -> None:
    event = an_event()
    sessions = [a_session(event), a_session(event, capacity=9), a_session(event, kind="surgery", capacity=9)]
    before = snapshots.event_live(event.pk)

    for session in sessions:
        with transaction.atomic():
            hold_line(session)

    assert Line.objects.count() == 3
    assert snapshots.event_live(event.pk) == before


@pytest.mark.django_db
def test_where_the_day_has_a_code_tables_are_not_told() -> None:
    event = an_event(join_code="planted")
    surgery = a_session(event, kind="surgery")
    a_called_booking(surgery, a_surgeon_here(event, place="planted table"))

    snapshot = snapshots.event_live(event.pk)

    assert snapshot is not None
    assert [line["called"][0]["place"] for line in snapshot.payload["lines"]] == [""]
    assert b"planted" not in snapshots.spell(snapshot.payload)


@pytest.mark.django_db
def test_the_question_the_room_is_at_is_told_only_while_everybody_may_read_it() -> None:
    session = a_session()
    question = a_shown_question(session)
    Spotlight.objects.create(session=session, question=question)

    def current() -> str | None:
        snapshot = snapshots.session_live(session.pk)
        assert snapshot is not None
        assert snapshot.payload["current"] == snapshots.current_of(session.pk)
        return snapshots.current_of(session.pk)

    told = [current()]
    for change in ({"state": State.HIDDEN}, {"state": State.HELD}, {"state": State.MERGED}):
        Review.objects.update(**change)
        told.append(current())
    Review.objects.update(state=State.SHOWN)
    Question.objects.update(audience=Audience.SURGEONS)
    told.append(current())

    assert told == [str(question.pk), None, None, None, None]


@pytest.mark.django_db
def test_the_room_may_be_at_a_question_that_is_not_among_the_newest() -> None:
    session = a_session()
    oldest, *_ = [a_shown_question(session) for _ in range(41)]
    Spotlight.objects.create(session=session, question=oldest)

    snapshot = snapshots.session_live(session.pk)

    assert snapshot is not None
    assert str(oldest.pk) not in {item["id"] for item in snapshot.payload["questions"]}
    assert snapshot.payload["current"] == str(oldest.pk)


@pytest.mark.django_db
def test_drafts_and_strangers_have_no_snapshot() -> None:
    session = a_session(an_event(state=EventState.DRAFT))

    assert snapshots.session_live(session.pk) is None
    assert snapshots.event_live(session.event_id) is None
    assert snapshots.event_day(session.event_id) is None
    assert snapshots.session_live(uuid4()) is None


@pytest.mark.django_db
def test_a_place_is_found_by_id_slug_code_and_former_address() -> None:
    session = a_session()
    event = session.event
    OldAddress.objects.create(address="printed-once", event=event)
    day = snapshots.Place("day", event.day_id, event.pk)

    refs = [str(event.pk), event.slug, event.code, "printed-once"]

    assert [snapshots.find("day", ref) for ref in refs] == [day] * 4
    assert snapshots.find("now", event.slug) == snapshots.Place("now", event.now_id, event.pk)
    here = snapshots.Place("session", session.topic_id, session.pk)
    assert snapshots.find("session", session.code) == here
    assert snapshots.find("session", "nobody") is None


@pytest.mark.django_db
def test_the_same_rows_are_the_same_bytes() -> None:
    session = a_session()
    a_shown_question(session, text='ünïcode \u2028 and "quotes"')
    first, second = (snapshots.session_live(session.pk) for _ in range(2))

    assert first is not None
    assert second is not None
    assert snapshots.spell(first.payload) == snapshots.spell(second.payload)


@pytest.mark.django_db
def test_the_counts_of_a_day_are_asked_for_by_its_event_however_many_sessions_it_has() -> None:
    event = an_event()
    sessions = [a_session(event) for _ in range(3)]
    for session in (*sessions[:2], a_session()):
        a_shown_question(session)
        a_shown_comment(session)

    with CaptureQueriesContext(connection) as captured:
        counts = snapshots.counts_of([session.pk for session in sessions], event=event.pk)

    assert [counts[session.pk]["questions"] for session in sessions] == [1, 1, 0]
    assert [counts[session.pk]["comments"] for session in sessions] == [1, 1, 0]
    assert len(captured) == 2
    assert all(str(session.pk.hex) not in query["sql"] for query in captured for session in sessions)
