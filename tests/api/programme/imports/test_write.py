from uuid import UUID

import pytest
from tests.api.programme.imports.files import OURS, changed, planned, rows
from tests.makers import a_session, an_event

from equalterms.journal import bell
from equalterms.journal.models import Entry, Topic
from equalterms.people.models import Surgeon
from equalterms.programme.imports.compare import Difference, compare
from equalterms.programme.imports.write import MOST_CHANGES, Moved, changes, write
from equalterms.programme.models import Event, OldAddress, Room, Session

pytestmark = pytest.mark.django_db
FRAB = (OURS / "frab.json").read_text()


def difference(content: str = FRAB) -> Difference:
    return compare(planned(content, "a.json"), publish=True)


def imported(content: str = FRAB) -> Event:
    found = difference(content)
    write(found)
    return found.event


def versions() -> dict[UUID, int]:
    return dict(Topic.objects.values_list("pk", "version"))


def told(event: Event) -> list[tuple[str, str, UUID]]:
    """What followers of the day and of each session have been told so far."""
    names = {event.day_id: "day"} | dict(event.sessions.values_list("topic", "title"))
    found = Entry.objects.filter(topic__in=names).order_by("topic", "version")
    return [(names[entry.topic_id], entry.kind, entry.subject) for entry in found]


def test_a_new_event_is_told_once_on_its_day_and_echoed_on_its_now() -> None:
    event = imported()

    assert told(event) == [("day", "event", event.pk)]
    assert list(Entry.objects.filter(topic=event.now_id).values_list("kind", "subject")) == [
        ("event", event.pk)
    ]


def test_a_changed_session_is_told_to_its_own_followers_and_the_days() -> None:
    event = imported()
    Entry.objects.all().delete()
    stars = Session.objects.get(title="Stars")

    imported(changed("frab.json", ('"duration": "1:30:00"', '"duration": "1:30"'), ("Stars", "Moon")))

    assert sorted(told(event)) == [("Moon", "session", stars.pk), ("day", "session", stars.pk)]


def test_a_person_under_another_name_is_told_wherever_the_name_is_printed() -> None:
    event = imported()
    Entry.objects.all().delete()
    ada, opening = Surgeon.objects.get(name="Ada B."), Session.objects.get(title="Opening")

    imported(changed("frab.json", ("Ada B.", "Ada Byron")))

    assert sorted(told(event)) == [
        ("Opening", "session", opening.pk),
        ("Opening", "surgeon", ada.pk),
        ("day", "session", opening.pk),
        ("day", "surgeon", ada.pk),
    ]


def test_a_room_under_another_name_is_told_wherever_the_name_is_printed() -> None:
    event = imported()
    Entry.objects.all().delete()
    room = Room.objects.get(name="Big tent")

    imported(changed("frab.json", ("Big tent", "Great tent")))

    sessions = {(name, "session", pk) for pk, name in Session.objects.values_list("pk", "title")}
    on_day = {("day", "session", pk) for pk in Session.objects.values_list("pk", flat=True)}
    assert set(told(event)) == sessions | on_day | {("day", "room", room.pk)}


def test_a_title_of_the_event_is_told_to_every_session_that_prints_it() -> None:
    event = imported()
    Entry.objects.all().delete()

    imported(changed("frab.json", ('"title": "Equal Terms Camp 2026"', '"title": "Camp"')))

    names = [name for name, _, _ in told(event)]
    assert sorted(set(names)) == ["Opening", "Stars", "day"]


def test_more_changes_than_a_follower_can_use_are_told_as_one_of_the_event() -> None:
    found = difference()
    write(found)
    again = difference()
    again.touched = {UUID(int=n): Session(topic=Topic()) for n in range(MOST_CHANGES + 1)}

    on_day = [change for change in changes(again) if change.topic == found.event.day_id]

    assert [(change.kind, change.subject) for change in on_day] == [("event", found.event.pk)]


def test_ids_codes_and_addresses_stay_through_every_later_import() -> None:
    imported()
    before = list(Session.objects.order_by("pk").values_list("pk", "code", "topic"))
    event = Event.objects.values_list("pk", "slug", "code").get()

    imported(changed("frab.json", ("Stars", "Moon"), ("Opening", "Welcome"), ("Camp 2026", "Field 2026")))

    assert list(Session.objects.order_by("pk").values_list("pk", "code", "topic")) == before
    assert Event.objects.values_list("pk", "slug", "code").get() == event


def test_an_address_that_another_event_has_or_had_is_not_taken() -> None:
    an_event(slug="etcamp26")
    OldAddress.objects.create(address="etcamp26-2", event=an_event())

    assert imported().slug == "etcamp26-3"


def test_a_day_that_moved_since_it_was_compared_is_left_alone() -> None:
    event = imported()
    found = difference(changed("frab.json", ("Stars", "Moon")))
    Topic.objects.filter(pk=event.day_id).update(version=found.seen + 1)
    before = rows(), versions()

    with pytest.raises(Moved):
        write(found)

    assert (rows(), versions()) == before
    assert Session.objects.filter(title="Moon").count() == 0


def test_an_event_that_appeared_since_it_was_compared_is_not_made_twice() -> None:
    found = difference()
    imported()

    with pytest.raises(Moved):
        write(found)

    assert Event.objects.count() == 1


def test_a_session_that_cannot_be_written_takes_the_whole_import_back() -> None:
    found = difference()
    found.sessions.new[1].ends = found.sessions.new[1].starts
    before = rows()

    with pytest.raises(Exception, match="session_ends_after_start"):
        write(found)

    assert rows() == before


@pytest.mark.django_db(transaction=True)
def test_followers_hear_of_it_after_the_commit() -> None:
    heard: list[dict[UUID, int]] = []
    stop = bell.listen(heard.append)
    try:
        event = imported()
    finally:
        stop()

    assert set(heard[0]) == {event.day_id, event.now_id}


def test_codes_of_new_sessions_are_never_those_of_others() -> None:
    found = difference()
    taken = a_session(code=found.sessions.new[0].code)

    write(found)

    assert Session.objects.filter(code=taken.code).count() == 1
    assert Session.objects.count() == 3
