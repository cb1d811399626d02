"""Figures move at ticks, in words and round numbers, and cost the same however many there are."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.booked import a_booking, a_surgeon_here
from tests.journalled import telling
from tests.makers import a_session, an_event

from equalterms.bookings.actions.lines import (
    Figures,
    missing,
    publish_lines,
    published,
    seats_word,
    tell_line,
    tell_presence,
)
from equalterms.bookings.models import Booking, Line, Presence
from equalterms.journal.models import Entry, Topic
from equalterms.lib import clock
from equalterms.people.models import Surgeon
from equalterms.programme.models import Appearance, Session

pytestmark = pytest.mark.django_db


def figures(session: Session) -> Figures:
    return published(Session.objects.select_related("line").get(pk=session.pk))


def queries() -> int:
    with CaptureQueriesContext(connection) as captured:
        publish_lines()
    return len(captured)


@pytest.mark.parametrize(
    ("left", "places", "word"),
    [
        pytest.param(None, None, "open", id="no-limit"),
        pytest.param(4, 4, "free", id="a-small-one-is-free"),
        pytest.param(1, 4, "free", id="more-than-a-fifth"),
        pytest.param(1, 5, "few", id="a-fifth"),
        pytest.param(5, 25, "few", id="five-of-25"),
        pytest.param(6, 100, "free", id="more-than-five"),
        pytest.param(0, 100, "full", id="none"),
        pytest.param(-3, 10, "full", id="more-came-than-there-is-room"),
    ],
)
def test_what_is_left_is_told_as_a_word(left: int | None, places: int | None, word: str) -> None:
    assert seats_word(left, places) == word


def test_half_of_a_surgery_is_for_those_who_turn_up() -> None:
    session = a_session(kind="surgery", capacity=10)
    for _ in range(4):
        a_booking(session, home=True)
    publish_lines()
    before = figures(session).seats
    a_booking(session, home=True)
    a_booking(session, "left", home=True, slot=0)

    publish_lines()

    assert (before, figures(session).seats) == ("few", "full")


def test_walk_ins_take_up_places_too() -> None:
    session = a_session(kind="workshop", capacity=3)
    for _ in range(4):
        a_booking(session, "here")

    publish_lines()

    assert figures(session).seats == "full"


def test_at_a_surgery_those_wait_who_are_there_and_elsewhere_those_who_are_listed() -> None:
    event = an_event(minutes=10)
    surgery, workshop = a_session(event, kind="surgery"), a_session(event, kind="workshop", capacity=1)
    for session in (surgery, workshop):
        for state in ("here", "here", "here", "listed", "held", "taken"):
            a_booking(session, state)
    a_surgeon_here(event)
    a_surgeon_here(event)

    publish_lines()

    assert figures(surgery) == Figures("open", waiting=3, wait=20)
    assert figures(workshop) == Figures("full", waiting=1, wait=None)


def test_nobody_can_say_how_long_it_takes_while_nobody_is_there_to_help() -> None:
    surgery = a_session(kind="surgery")
    a_booking(surgery, "here")
    a_surgeon_here(an_event())

    publish_lines()

    assert figures(surgery) == Figures("open", waiting=1, wait=None)


def test_surgeons_share_their_time_among_the_lines_by_how_many_wait() -> None:
    event = an_event(minutes=15)
    long, short = a_session(event, kind="surgery"), a_session(event, kind="surgery")
    for session, people in ((long, 15), (short, 5)):
        for _ in range(people):
            a_booking(session, "here")
    for _ in range(4):
        a_surgeon_here(event)

    publish_lines()

    assert [figures(session).wait for session in (long, short)] == [75, 75]


def test_a_surgeon_at_a_session_of_their_own_serves_its_line_first() -> None:
    event = an_event(minutes=10)
    own, other = a_session(event, kind="surgery"), a_session(event, kind="surgery")
    for session in (own, other):
        for _ in range(10):
            a_booking(session, "here")
    for session in (own, own, other):
        Appearance.objects.create(session=session, surgeon=a_surgeon_here(event))

    publish_lines()
    assert [figures(session).wait for session in (own, other)] == [50, 100]

    Booking.objects.of(own).update(state="held")
    publish_lines()
    assert [figures(session).wait for session in (own, other)] == [0, 40]


def test_only_those_count_who_call_people_and_give_the_help_that_is_wanted() -> None:
    event = an_event(minutes=10)
    photos, phones = a_session(event, kind="surgery"), a_session(event, kind="surgery")
    for session, label in ((photos, "Photos"), (phones, "Phones")):
        for _ in range(4):
            a_booking(session, "here", labels=[label])
    a_surgeon_here(event, labels=["photos"], public=["labels"])
    busy = a_surgeon_here(event, labels=["Phones"], public=["labels"])
    Presence.objects.filter(surgeon=busy).update(state="busy")

    publish_lines()

    assert [figures(session).wait for session in (photos, phones)] == [40, None]
    assert figures(phones).missing == ("Phones",)


def test_labels_that_a_surgeon_keeps_private_move_no_figure() -> None:
    event = an_event()
    surgery = a_session(event, kind="surgery")
    a_booking(surgery, "here", labels=["Photos"])
    surgeon = a_surgeon_here(event, labels=[], public=[])
    publish_lines()
    before = figures(surgery)

    Surgeon.objects.filter(pk=surgeon.pk).update(labels=["Photos"])
    assert publish_lines() == 0
    Surgeon.objects.filter(pk=surgeon.pk).update(labels=["Scams"])
    assert publish_lines() == 0
    assert (before.wait, before.missing) == (15, ("Photos",))


def test_whoever_was_helped_makes_room_at_a_surgery_and_not_at_a_workshop() -> None:
    event = an_event()
    surgery, workshop = (a_session(event, kind=kind, capacity=2) for kind in ("surgery", "workshop"))
    for session in (surgery, workshop):
        for _ in range(2):
            a_booking(session, "served")

    publish_lines()

    assert [figures(session).seats for session in (surgery, workshop)] == ["free", "full"]


def test_help_that_nobody_present_gives_is_told() -> None:
    event = an_event()
    surgery = a_session(event, kind="surgery")
    a_booking(surgery, "here", labels=["Photos", "Phones"])
    a_booking(surgery, "here", labels=["benefits", "Phones"])
    a_booking(surgery, "held", labels=["planted, of somebody who is not there yet"])
    a_surgeon_here(event, labels=["phones"], public=["labels"])
    a_surgeon_here(event, labels=["Photos"], public=[])

    publish_lines()

    assert figures(surgery).missing == ("benefits", "Photos")


def test_missing_help_is_told_once_whatever_its_case() -> None:
    assert missing(["Photos", "photos", "Forms"], []) == ("Forms", "photos")


def test_what_has_not_changed_is_neither_written_nor_told() -> None:
    session, quiet = a_session(kind="surgery", capacity=4), a_session(kind="talk")
    a_booking(session, "here")
    with telling() as told:
        first = publish_lines()

    with telling() as again, CaptureQueriesContext(connection) as asked:
        second = publish_lines()

    assert (first, second) == (1, 0)
    assert told == {(session.event.now_id, "line", session.pk): 1}
    assert again == {}
    assert {query["sql"].split()[0] for query in asked} == {"SELECT"}
    assert not Line.objects.filter(session=quiet).exists()


def test_whoever_comes_moves_nothing_before_the_tick() -> None:
    session = a_session(kind="surgery", capacity=10)
    publish_lines()
    before = figures(session), Topic.objects.get(pk=session.event.now_id).version

    a_booking(session, "here", labels=["Phones"])

    assert (figures(session), Topic.objects.get(pk=session.event.now_id).version) == before


def test_a_limit_that_comes_or_goes_is_so_at_once_and_told_at_the_next_tick() -> None:
    session = a_session(kind="workshop")
    a_booking(session, "held")
    assert publish_lines() == 0

    Session.objects.filter(pk=session.pk).update(capacity=1)
    assert figures(session).seats == "free"
    assert publish_lines() == 1
    assert figures(session).seats == "full"

    Session.objects.filter(pk=session.pk).update(capacity=None)
    assert figures(session).seats == "open"
    assert publish_lines() == 1
    assert figures(session).seats == "open"


def test_a_closed_day_is_left_as_it_is() -> None:
    session = a_session(an_event(closed_on=clock.now().date()), kind="surgery", capacity=4)
    a_booking(session, "here")

    assert publish_lines() == 0


def test_calls_and_presence_are_told_on_the_day_as_it_goes() -> None:
    event = an_event()
    session, surgeon = a_session(event), a_surgeon_here(event)

    assert tell_line(session) == (event.now_id, "line", session.pk)
    assert tell_presence(event, surgeon) == (event.now_id, "presence", surgeon.pk)


def test_a_tick_costs_the_same_queries_for_one_for_three_and_for_fifty() -> None:
    event = an_event()
    costs: list[Any] = []
    for number in (1, 2, 47):
        for _ in range(number):
            session = a_session(event, kind="surgery", capacity=6)
            for state in ("here", "held", "listed"):
                a_booking(session, state, home=state == "held", labels=["Phones", "Forms"])
            a_surgeon_here(event, labels=["Forms"])
        Line.objects.all().delete()
        created = queries()
        Booking.objects.filter(state="here").update(state="held")
        changed = queries()
        Booking.objects.filter(state="held").update(state="here")
        costs.append((created, changed, queries(), queries()))

    assert len(set(costs)) == 1
    assert costs[0][3] == 5
    assert Line.objects.count() == 50
    assert Presence.objects.count() == 50
    assert Entry.objects.filter(topic=event.now_id).exists()
