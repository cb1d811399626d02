from uuid import uuid4

import pytest
from django.db import transaction
from tests.booked import a_booking, a_called_booking, a_spare, a_surgeon_here
from tests.makers import a_session_going_on

from equalterms.bookings.actions import close_places, forget_places
from equalterms.bookings.models import Booking, HeadCount, Line, Presence
from equalterms.journal.actions import Change
from equalterms.programme.models import Session
from equalterms.safety.models import Receipt

pytestmark = pytest.mark.django_db


@pytest.fixture
def surgery() -> Session:
    return a_session_going_on(kind="surgery")


def ends(session: Session) -> list[str]:
    return sorted(Booking.objects.of(session).values_list("state", flat=True))


def test_what_was_never_used_is_deleted_with_its_receipt(surgery: Session) -> None:
    a_spare(surgery.event)
    for state in ("held", "listed"):
        a_booking(surgery, state, home=True)
    kept = a_booking(surgery, "served", home=True)

    close_places(event=surgery.event)

    assert list(Booking.objects.all()) == [kept]
    assert Receipt.objects.get().subject == kept.pk


def test_who_waited_for_a_table_has_left_and_all_others_who_came_are_served(surgery: Session) -> None:
    workshop = a_session_going_on(surgery.event, kind="workshop")
    a_booking(surgery, "here", labels=["Photos"])
    a_called_booking(surgery, a_surgeon_here(surgery.event), labels=["Photos"])
    a_booking(surgery, "left", slot=0)
    a_booking(workshop, "here", remote=True)

    close_places(event=surgery.event)

    assert ends(surgery) == ["left", "left", "served"]
    assert ends(workshop) == ["served"]
    assert set(Booking.objects.values_list("ticket", "slot")) == {(None, 0)}
    assert [labels for labels in Booking.objects.values_list("labels", flat=True) if labels] == []


def test_lines_are_empty_surgeons_go_home_and_the_number_who_came_stays(surgery: Session) -> None:
    surgeon = a_surgeon_here(surgery.event)
    Line.objects.create(session=surgery, seats="few", waiting=3, wait=45, missing=["Photos"])
    HeadCount.objects.create(counter=uuid4(), session=surgery, heads=41)

    told = close_places(event=surgery.event)

    line = Line.objects.get()
    assert (line.seats, line.waiting, line.wait, line.missing) == ("few", 0, None, [])
    assert not Presence.objects.exists()
    assert HeadCount.objects.get().heads == 41
    assert told == [
        Change(surgery.event.now_id, "line", surgery.pk),
        Change(surgery.event.now_id, "presence", surgeon.pk),
    ]


def test_other_days_go_on(surgery: Session) -> None:
    other = a_session_going_on()
    a_booking(other, "held")
    a_surgeon_here(other.event)

    close_places(event=surgery.event)
    with transaction.atomic():
        forget_places(event=surgery.event)

    assert ends(other) == ["held"]
    assert Presence.objects.count() == 1


def test_after_the_purge_only_how_each_ended_is_known_under_ids_that_no_phone_has(surgery: Session) -> None:
    workshop = a_session_going_on(surgery.event)
    old = {a_booking(surgery, "served", home=True, remote=True).pk, a_booking(surgery, "left").pk}
    old.add(a_booking(workshop, "served").pk)

    forget_places(event=surgery.event)

    assert (ends(surgery), ends(workshop)) == (["left", "served"], ["served"])
    rows = Booking.objects.values_list("ticket", "labels", "remote", "slot")
    assert list(rows) == [(None, [], False, 0)] * 3
    assert not old & set(Booking.objects.values_list("pk", flat=True))
