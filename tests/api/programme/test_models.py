from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError
from tests.makers import a_role, a_room, a_session, a_surgeon, an_account, an_event

from equalterms.programme.models import Event, OldAddress, Role, Session

pytestmark = pytest.mark.django_db


def test_an_event_is_called_by_any_name_it_ever_had() -> None:
    event = an_event(slug="leeds", code="k7m4")
    OldAddress.objects.create(address="leeds-2025", event=event)

    for ref in ("leeds", "k7m4", "leeds-2025", str(event.pk)):
        assert list(Event.objects.called(ref)) == [event]
    assert not Event.objects.called(str(uuid4())).exists()
    assert not Event.objects.called("york").exists()


def test_a_name_in_use_wins_over_one_that_was() -> None:
    old, new = an_event(), an_event(slug="leeds")
    OldAddress.objects.create(address="leeds", event=old)

    assert list(Event.objects.called("leeds")) == [new]


def test_drafts_are_not_published_and_cancelled_days_are() -> None:
    public = {an_event(state=state) for state in ("published", "cancelled")}
    sessions = {a_session(event) for event in public}
    a_session(an_event(state="draft"))

    assert set(Event.objects.published()) == public
    assert set(Session.objects.public()) == sessions


def test_a_session_is_read_with_its_published_people() -> None:
    event = an_event()
    session = a_session(event)
    shown, _ = a_surgeon(event, session), a_surgeon(event, session, published=False)

    read = Session.objects.called(session.code).with_people().get()

    assert [appearance.surgeon for appearance in read.appearances.all()] == [shown]
    assert Session.objects.called(str(session.pk)).get() == session


def test_a_session_is_reviewed_in_its_own_way_or_its_events() -> None:
    event = an_event(review="after")

    assert a_session(event).review_mode == "after"
    assert a_session(event, review="closed").review_mode == "closed"
    assert a_session(event).length == timedelta(hours=1)


def test_roles_are_held_at_one_event() -> None:
    event, account = an_event(), an_account()
    for role in ("moderator", "door"):
        a_role(event, role, account)

    assert Role.objects.held(account, event.pk) == {"moderator", "door"}
    assert Role.objects.held(account, an_event().pk) == set()


def test_a_day_and_a_session_end_after_they_start() -> None:
    event = an_event()
    with pytest.raises(IntegrityError):
        an_event(starts=event.starts, ends=event.starts)


def test_rooms_of_one_day_differ_by_name() -> None:
    room = a_room(an_event())
    a_room(an_event(), name=room.name)
    with pytest.raises(IntegrityError):
        a_room(room.event, name=room.name)
