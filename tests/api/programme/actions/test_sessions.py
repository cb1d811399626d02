from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from tests.journalled import telling
from tests.makers import a_room, a_session, a_surgeon, an_account, an_event

from equalterms.lib.etags import etag
from equalterms.lib.refusal import Refusal
from equalterms.people.models import Account, Act
from equalterms.programme.actions import add_session, change_session
from equalterms.programme.models import Event, Session
from equalterms.programme.rules import fingerprint, whole_session

pytestmark = pytest.mark.django_db

NINE = datetime(2026, 6, 1, 9, tzinfo=UTC)
TALK = {"title": "Tea", "starts": NINE, "ends": NINE + timedelta(hours=1)}


@pytest.fixture
def account() -> Account:
    return an_account()


@pytest.fixture
def event() -> Event:
    return an_event()


def refused(action: Any, **given: Any) -> tuple[str, list[str]]:
    with pytest.raises(Refusal) as refusal:
        action(**given)
    return refusal.value.code, [error["attr"] for error in refusal.value.errors]


def seated(session: Session) -> list[Any]:
    return list(session.appearances.order_by("position").values_list("surgeon", flat=True))


def test_a_new_session_has_its_topic_code_day_room_and_surgeons(account: Account, event: Event) -> None:
    room, second, first = a_room(event), a_surgeon(event), a_surgeon(event)
    with telling() as told:
        session = add_session(
            account=account,
            event=event,
            **TALK,
            room=room.pk,
            surgeons=[first.pk, second.pk],
            kind="workshop",
        )

    assert (session.room, session.kind, session.day, len(session.code)) == (
        room,
        "workshop",
        date(2026, 6, 1),
        5,
    )
    assert seated(session) == [first.pk, second.pk]
    assert told == {
        (session.topic_id, "session", session.pk): 1,
        (event.day_id, "session", session.pk): 1,
        (event.now_id, "session", session.pk): 1,
    }
    assert Act.objects.get().act == "add-session"


def test_what_belongs_to_another_day_is_refused_and_nothing_is_kept(account: Account, event: Event) -> None:
    other = an_event()
    mine, theirs, room = a_surgeon(event).pk, a_surgeon(other).pk, a_room(other).pk
    wrong = [
        ({"room": room}, "room"),
        ({"room": uuid4()}, "room"),
        ({"surgeons": [mine, theirs]}, "surgeons"),
        ({"surgeons": [mine, mine]}, "surgeons"),
        ({"ends": NINE}, "ends"),
    ]

    for given, attr in wrong:
        assert refused(add_session, account=account, event=event, **(TALK | given)) == ("invalid", [attr])
    assert not Session.objects.exists()
    session = a_session(event)
    for given, attr in wrong[:-1]:
        assert refused(change_session, account=account, session=session, changes=given) == ("invalid", [attr])


def test_a_change_is_told_wherever_the_session_is_shown(account: Account, event: Event) -> None:
    session, surgeon = a_session(event), a_surgeon(event)
    with telling() as told:
        change_session(account=account, session=session, changes={"surgeons": [surgeon.pk], "title": "Soup"})

    assert told == {
        (session.topic_id, "session", session.pk): 1,
        (session.topic_id, "surgeon", surgeon.pk): 1,
        (event.day_id, "session", session.pk): 1,
        (event.now_id, "session", session.pk): 1,
    }
    assert seated(session) == [surgeon.pk]


def test_the_same_again_tells_nobody(account: Account, event: Event) -> None:
    room, surgeon = a_room(event), a_surgeon(event)
    session = a_session(event, room=room, title="Tea")
    same = {"title": "Tea", "room": room.pk, "surgeons": [surgeon.pk]}
    change_session(account=account, session=session, changes=same)
    with telling() as told:
        change_session(account=account, session=session, changes=same)

    assert told == {}


def test_a_session_moves_room_and_surgeons_and_leaves_them(account: Account, event: Event) -> None:
    first, second = a_surgeon(event), a_surgeon(event)
    session = a_session(event, room=a_room(event))
    change_session(account=account, session=session, changes={"surgeons": [first.pk, second.pk]})
    change_session(account=account, session=session, changes={"surgeons": [second.pk, first.pk]})
    assert seated(session) == [second.pk, first.pk]

    change_session(account=account, session=session, changes={"surgeons": [], "room": None})

    session.refresh_from_db()
    assert (seated(session), session.room) == ([], None)


def test_a_session_that_moves_to_another_day_is_printed_under_it(account: Account, event: Event) -> None:
    session = a_session(event, **TALK, day=date(2026, 6, 1))
    later = NINE + timedelta(days=1)

    moved = change_session(
        account=account, session=session, changes={"starts": later, "ends": later + timedelta(hours=1)}
    )
    assert moved.day == date(2026, 6, 2)
    kept = change_session(account=account, session=session, changes={"day": date(2026, 6, 1)})
    assert kept.day == date(2026, 6, 1)
    assert refused(change_session, account=account, session=session, changes={"ends": NINE}) == (
        "invalid",
        ["ends"],
    )


def test_only_who_read_the_session_as_it_is_changes_it(account: Account, event: Event) -> None:
    session = a_session(event)
    seen = etag(fingerprint(whole_session(session.pk)))
    change_session(account=account, session=session, changes={"title": "First"}, seen=seen)

    assert refused(
        change_session, account=account, session=session, changes={"title": "Second"}, seen=seen
    ) == ("changed-meanwhile", ["If-Match"])


def test_a_question_in_a_session_is_no_change_of_the_session(account: Account, event: Event) -> None:
    session = a_session(event)
    seen = etag(fingerprint(whole_session(session.pk)))
    session.topic.version += 1
    session.topic.save()

    assert (
        change_session(account=account, session=session, changes={"title": "Soup"}, seen=seen).title == "Soup"
    )


def test_a_cancelled_session_can_come_back(account: Account, event: Event) -> None:
    session = a_session(event)
    for state in ("cancelled", "planned"):
        change_session(account=account, session=session, changes={"state": state})

    assert sorted(Act.objects.values_list("act", flat=True)) == ["session-cancelled", "session-planned"]
