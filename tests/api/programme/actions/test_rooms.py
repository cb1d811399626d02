from typing import Any

import pytest
from tests.journalled import telling
from tests.makers import a_room, a_session, an_account, an_event

from equalterms.lib.refusal import Refusal
from equalterms.people.models import Account
from equalterms.programme.actions import add_room, change_room, remove_room
from equalterms.programme.models import Room

pytestmark = pytest.mark.django_db


@pytest.fixture
def account() -> Account:
    return an_account()


def refused(action: Any, **given: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        action(**given)
    return refusal.value.code


def test_rooms_stand_in_the_order_they_were_added(account: Account) -> None:
    event = an_event()
    with telling() as told:
        hall = add_room(account=account, event=event, name="Hall")
    table = add_room(account=account, event=event, name="Table", about="By the window.")

    assert (hall.position, table.position) == (0, 1)
    assert told == {(event.day_id, "room", hall.pk): 1, (event.now_id, "room", hall.pk): 1}


def test_two_rooms_of_a_day_do_not_share_a_name(account: Account) -> None:
    event = an_event()
    add_room(account=account, event=event, name="Hall")
    other = add_room(account=account, event=event, name="Table")

    assert refused(add_room, account=account, event=event, name="Hall") == "room-name-taken"
    assert refused(change_room, account=account, room=other, changes={"name": "Hall"}) == "room-name-taken"
    assert add_room(account=account, event=an_event(), name="Hall").name == "Hall"


def test_a_new_name_is_told_on_every_session_in_the_room(account: Account) -> None:
    event = an_event()
    room = a_room(event, name="Hall")
    inside, outside = a_session(event, room=room), a_session(event)
    with telling() as told:
        change_room(account=account, room=room, changes={"name": "Great Hall"})

    assert told == {
        (event.day_id, "room", room.pk): 1,
        (event.now_id, "room", room.pk): 1,
        (event.day_id, "session", inside.pk): 1,
        (event.now_id, "session", inside.pk): 1,
        (inside.topic_id, "session", inside.pk): 1,
    }
    assert not outside.topic.entries.exists()


def test_other_words_about_a_room_are_told_on_the_day_alone(account: Account) -> None:
    room = a_room(an_event())
    a_session(room.event, room=room)
    with telling() as told:
        change_room(account=account, room=room, changes={"about": "Quiet."})
        change_room(account=account, room=room, changes={"about": "Quiet."})

    assert {kind for _, kind, _ in told} == {"room"}
    assert sum(told.values()) == 2


def test_a_room_is_removed_only_when_nothing_is_in_it(account: Account) -> None:
    room = a_room(an_event())
    session = a_session(room.event, room=room)

    assert refused(remove_room, account=account, room=room) == "room-in-use"
    session.delete()
    with telling() as told:
        remove_room(account=account, room=room)

    assert not Room.objects.exists()
    assert told[(room.event.day_id, "room", room.pk)] == 1
