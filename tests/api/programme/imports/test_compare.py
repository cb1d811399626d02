import pytest
from pytest_django import DjangoAssertNumQueries
from tests.api.programme.imports.files import OURS, changed, planned, reshaped
from tests.makers import a_session, a_surgeon, an_account

from equalterms.people.models import Surgeon
from equalterms.programme.imports.compare import Difference, compare
from equalterms.programme.imports.write import write
from equalterms.programme.models import Event, Listing, Room, Session

pytestmark = pytest.mark.django_db
FRAB = (OURS / "frab.json").read_text()


def difference(content: str, *, publish: bool = True) -> Difference:
    return compare(planned(content, "a.json"), publish=publish)


def imported(content: str = FRAB, *, publish: bool = True) -> Event:
    found = difference(content, publish=publish)
    write(found)
    return found.event


def swapped(*swaps: tuple[str, str]) -> str:
    return changed("frab.json", *swaps)


def without_stars() -> str:
    def drop(conference: dict[str, list[dict[str, dict[str, list[object]]]]]) -> None:
        del conference["days"][0]["rooms"]["Big tent"][1]

    return reshaped("frab.json", drop)


def test_what_was_imported_does_not_differ() -> None:
    imported()

    assert not difference(FRAB)


def test_comparing_writes_nothing_and_costs_one_number_of_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    imported()

    with django_assert_num_queries(6):
        assert not difference(FRAB)


def test_a_changed_word_is_all_that_differs() -> None:
    imported()

    found = difference(swapped(('"title": "Stars"', '"title": "More stars"')))

    assert found.sessions.fields == {"title"}
    assert [row.title for row in found.sessions.changed] == ["More stars"]
    assert not any((found.rooms, found.surgeons, found.appearances, found.event_fields, found.cancelled))


def test_a_session_the_file_dropped_is_cancelled() -> None:
    imported()

    found = difference(without_stars())

    assert [(row.title, row.state) for row in found.sessions.changed] == [("Stars", "cancelled")]
    assert found.cancelled == 1


def test_a_session_that_comes_back_is_planned_again() -> None:
    imported()
    imported(without_stars())
    imported()

    assert Session.objects.get(title="Stars").state == "planned"
    assert not difference(FRAB)


def test_a_session_the_organiser_cancelled_stays_cancelled() -> None:
    imported()
    Session.objects.filter(title="Stars").update(state="cancelled")

    assert not difference(FRAB)


def test_what_was_made_by_hand_is_left_alone() -> None:
    event = imported()
    session = a_session(event, title="Tea")
    surgeon = a_surgeon(event, Session.objects.get(title="Stars"), name="By hand")
    room = Room.objects.create(event=event, name="Kitchen")

    imported(without_stars())
    imported()

    session.refresh_from_db()
    assert session.state == "planned"
    assert Listing.objects.filter(surgeon=surgeon).exists()
    assert surgeon.appearances.count() == 1
    assert Room.objects.filter(pk=room.pk).exists()


def test_what_the_organiser_wrote_and_the_file_leaves_out_is_kept() -> None:
    event = imported()
    Event.objects.filter(pk=event.pk).update(tagline="Come as you are", venue="A field")
    Session.objects.update(capacity=12, review="closed")

    assert not difference(FRAB)
    imported(swapped(('"title": "Stars"', '"title": "More stars"')))

    event.refresh_from_db()
    assert (event.tagline, event.venue) == ("Come as you are", "A field")
    assert set(Session.objects.values_list("capacity", "review")) == {(12, "closed")}


def test_a_room_made_by_hand_under_the_files_name_becomes_the_files() -> None:
    event = imported()
    Room.objects.filter(name="Small tent").update(source="", about="Mind the step")

    imported()

    room = Room.objects.get(event=event, name="Small tent")
    assert (room.source[:5], room.about) == ("guid:", "Mind the step")


def test_a_renamed_room_is_the_same_room() -> None:
    imported()
    before = Room.objects.get(name="Big tent").pk

    imported(swapped(("Big tent", "Great tent")))

    assert Room.objects.get(name="Great tent").pk == before
    assert Room.objects.count() == 2


def test_a_room_that_is_gone_from_the_file_goes_if_nothing_is_in_it() -> None:
    imported()

    imported(swapped(("Small tent", "Tiny tent"), ("dbe02", "dbe03")))

    assert set(Room.objects.values_list("name", flat=True)) == {"Big tent", "Tiny tent"}


def test_a_room_that_a_cancelled_session_was_in_stays() -> None:
    imported()
    imported(without_stars())

    moved = reshaped("frab.json", lambda conference: conference["days"][0]["rooms"]["Big tent"].pop(1))
    imported(moved.replace("Big tent", "New tent").replace("dbe01", "dbe09"))

    assert "Big tent" in set(Room.objects.values_list("name", flat=True))


def test_a_person_gone_from_the_file_is_unlisted_and_not_shown_any_more() -> None:
    imported()

    imported(swapped((', {"id": 2, "full_public_name": "Ada B."}', "")))

    assert set(Listing.objects.values_list("surgeon__name", flat=True)) == {"jinx"}
    assert Surgeon.objects.get(name="Ada B.").published is False
    assert Session.objects.get(title="Opening").appearances.count() == 1


def test_a_person_listed_elsewhere_too_stays_shown() -> None:
    imported()
    ada = Surgeon.objects.get(name="Ada B.")
    Listing.objects.create(event=a_session().event, surgeon=ada)

    imported(swapped((', {"id": 2, "full_public_name": "Ada B."}', "")))

    ada.refresh_from_db()
    assert ada.published is True


def test_a_person_who_has_an_account_keeps_their_own_words() -> None:
    imported()
    Surgeon.objects.filter(name="Ada B.").update(account=an_account(), about="My own words")

    imported(swapped(("Ada B.", "Ada Byron")))

    assert Surgeon.objects.get(about="My own words").name == "Ada B."


def test_a_profile_that_was_withdrawn_is_not_shown_again() -> None:
    imported()
    Surgeon.objects.filter(name="Ada B.").update(published=False)

    assert not difference(FRAB)


def test_a_new_order_of_people_is_a_change() -> None:
    imported()
    first, second = '{"id": 1, "public_name": "jinx"}', '{"id": 2, "full_public_name": "Ada B."}'

    imported(swapped((f"{first}, {second}", f"{second}, {first}")))

    people = Session.objects.get(title="Opening").appearances.order_by("position")
    assert [person.surgeon.name for person in people] == ["Ada B.", "jinx"]


def test_a_draft_is_published_when_asked_and_never_hidden_again() -> None:
    event = imported(publish=False)
    assert event.state == "draft"

    assert difference(FRAB, publish=True).event_fields == {"state"}
    imported(FRAB)

    assert not difference(FRAB, publish=False)


def test_a_cancelled_event_is_not_published_again() -> None:
    event = imported()
    Event.objects.filter(pk=event.pk).update(state="cancelled")

    assert not difference(FRAB)


def test_next_years_edition_is_another_event() -> None:
    event = imported()

    assert imported(FRAB.replace("2026-", "2027-")).pk != event.pk
