from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from tests.makers import a_role, a_room, a_session, a_surgeon, an_account, an_event

from equalterms.lib.refusal import Refusal
from equalterms.people.models import Account
from equalterms.programme import rules
from equalterms.programme.models import Appearance, Event, EventState, OldAddress, RoleKind, Session

pytestmark = pytest.mark.django_db

DRAFT, CANCELLED = EventState.DRAFT, EventState.CANCELLED


def code(action: Callable[..., object], *args: object) -> tuple[int, str]:
    with pytest.raises(Refusal) as refusal:
        action(*args)
    return refusal.value.status, refusal.value.code


def test_an_event_is_found_by_id_slug_code_and_old_address() -> None:
    event = an_event(slug="leeds", code="k7m4")
    OldAddress.objects.create(address="leeds-2025", event=event)

    assert [rules.visible_event(ref) for ref in (str(event.pk), "leeds", "k7m4", "leeds-2025")] == [event] * 4


def test_a_session_is_found_by_id_and_code() -> None:
    session = a_session(code="abc34")

    assert [rules.visible_session(ref) for ref in (str(session.pk), "abc34")] == [session] * 2


def test_a_draft_is_nobodys_to_see_and_a_cancelled_day_says_so_itself() -> None:
    draft, cancelled = an_event(state=DRAFT), an_event(state=CANCELLED)

    assert code(rules.visible_event, draft.slug) == (404, "not-found")
    assert code(rules.visible_session, str(a_session(draft).pk)) == (404, "not-found")
    assert rules.visible_event(cancelled.slug) == cancelled
    assert code(rules.visible_event, "nowhere") == (404, "not-found")


def test_roles_open_events_and_their_sessions_drafts_too() -> None:
    event = an_event(state=DRAFT)
    session = a_session(event)
    moderator = a_role(event, RoleKind.MODERATOR)

    assert rules.event_for(moderator, event.slug) == event
    assert rules.event_for(moderator, event.slug, *rules.REVIEWERS) == event
    assert rules.session_for(moderator, session.code, RoleKind.MODERATOR) == session
    assert code(rules.event_for, moderator, event.slug, RoleKind.ORGANISER) == (403, "not-yours")


def test_roles_elsewhere_open_nothing_and_a_draft_of_others_is_not_even_there() -> None:
    elsewhere = a_role(an_event())
    public, draft = an_event(), an_event(state=DRAFT)

    assert code(rules.event_for, elsewhere, public.slug) == (403, "not-yours")
    assert code(rules.session_for, elsewhere, a_session(public).code) == (403, "not-yours")
    assert code(rules.event_for, elsewhere, draft.slug) == (404, "not-found")
    assert code(rules.session_for, elsewhere, a_session(draft).code) == (404, "not-found")
    assert code(rules.event_for, elsewhere, "nowhere") == (404, "not-found")
    assert code(rules.session_for, elsewhere, "nowhere") == (404, "not-found")


def test_a_room_is_its_organisers() -> None:
    event = an_event()
    room = a_room(event)

    assert rules.room_for(a_role(event), room.pk) == room
    assert code(rules.room_for, a_role(event, "moderator"), room.pk) == (403, "not-yours")
    assert code(rules.room_for, a_role(event), event.pk) == (404, "not-found")


def test_whoever_organises_a_day_may_found_another() -> None:
    event = an_event()
    organiser = a_role(event)

    assert (rules.organises(organiser, event), rules.organises(organiser, an_event())) == (True, False)
    assert rules.may_found_events(organiser)
    assert not rules.may_found_events(a_role(event, "moderator"))


@pytest.fixture
def event() -> Event:
    return an_event()


def who(event: Event, owner: Account | None) -> dict[str, Account]:
    people = {"organiser": a_role(event), "moderator": a_role(event, "moderator"), "stranger": an_account()}
    return people | ({"owner": owner} if owner else {})


@pytest.mark.parametrize(
    ("owned", "editing", "publishing"),
    [
        (True, {"owner", "organiser"}, {"owner"}),
        (False, {"organiser"}, {"organiser"}),
    ],
)
def test_a_profile_is_edited_by_its_people_and_published_by_its_owner(
    event: Event, owned: bool, editing: set[str], publishing: set[str]
) -> None:
    owner = an_account() if owned else None
    surgeon = a_surgeon(event, account=owner)
    people = who(event, owner)

    assert {name for name, one in people.items() if rules.may_edit_profile(one, surgeon)} == editing
    assert {name for name, one in people.items() if rules.may_publish_profile(one, surgeon)} == publishing


def test_time_zones_are_those_of_iana() -> None:
    rules.check_zone("Europe/London")
    for name in ("", "Mars/Olympus", "Europe", "../etc/passwd", "europe/london"):
        assert code(rules.check_zone, name) == (400, "invalid")


def test_a_day_ends_after_it_starts() -> None:
    moment = datetime(2026, 11, 22, tzinfo=UTC)

    assert code(rules.check_hours, moment, moment) == (400, "invalid")


def test_an_address_is_free_unless_another_event_has_or_had_it() -> None:
    event = an_event(slug="leeds", code="k7m4")
    OldAddress.objects.create(address="leeds-2025", event=event)

    assert [rules.address_free(ref) for ref in ("leeds", "k7m4", "leeds-2025", "york")] == [False] * 3 + [
        True
    ]
    assert all(rules.address_free(ref, event) for ref in ("leeds", "k7m4", "leeds-2025"))


def test_the_day_is_the_date_on_the_wall_of_the_venue() -> None:
    late = datetime(2026, 6, 1, 23, 30, tzinfo=UTC)

    assert rules.local_day(an_event(timezone="Europe/London"), late) == date(2026, 6, 2)
    assert rules.local_day(an_event(timezone="America/New_York"), late) == date(2026, 6, 1)


def read(session: Session) -> int:
    return rules.fingerprint(rules.whole_session(session.pk))


def test_a_fingerprint_moves_with_all_that_is_printed_of_a_session_and_with_nothing_else(
    event: Event,
) -> None:
    session = a_session(event, room=a_room(event))
    surgeon = a_surgeon(event)
    seen = [read(session)]

    def look() -> None:
        seen.append(read(session))

    Session.objects.filter(pk=session.pk).update(title="Another title")
    look()
    event.rooms.update(name="Another room")
    look()
    Event.objects.update(review="closed")
    look()
    Appearance.objects.create(session=session, surgeon=surgeon)
    look()
    type(surgeon).objects.update(name="Another name")
    look()
    type(surgeon).objects.update(published=False)
    look()
    assert len(set(seen)) == 7
    a_session(event)
    session.topic.version += 1
    session.topic.save()
    type(surgeon).objects.update(about="unseen here")
    look()
    assert seen[-1] == seen[-2]


def test_only_published_surgeons_are_shown_and_in_their_order(event: Event) -> None:
    session = a_session(event)
    second, first, hidden = a_surgeon(event), a_surgeon(event), a_surgeon(event, published=False)
    for position, surgeon in enumerate((first, hidden, second)):
        Appearance.objects.create(session=session, surgeon=surgeon, position=position)

    assert rules.shown_surgeons(session) == [first, second]


def test_a_new_day_in_the_united_kingdom_names_help_and_elsewhere_its_organiser_does() -> None:
    lines = rules.first_help_lines("Europe/London")

    assert [line["name"] for line in lines] == [
        "Emergency services", "NHS 111, option 2", "Samaritans", "Shout", "Papyrus", "Childline",
    ]  # fmt: skip
    assert [line["tel"] or line["sms"] for line in lines] == [
        "999", "111", "116 123", "85258", "0800 068 4141", "0800 1111",
    ]  # fmt: skip
    assert rules.first_help_lines("Europe/Brussels") == []


def test_what_nobody_has_taken_is_the_safety_leads_and_else_the_first_organisers() -> None:
    event = an_event()
    assert rules.lead_of(event) is None
    ama = a_role(event, "moderator", an_account(name="Ama"))
    a_role(an_event(), "organiser", an_account(name="Aaron"))
    a_role(event, "organiser", an_account(name="Abel", is_active=False))
    assert rules.lead_of(event) is None
    cleo, bea = (a_role(event, "organiser", an_account(name=name)) for name in ("Cleo", "Bea"))

    led = [rules.lead_of(event)]
    for account in (cleo, ama, a_role(event, "surgeon", an_account(name="Dana"))):
        event.safety_lead = account
        led.append(rules.lead_of(event))

    assert led == [bea, cleo, ama, bea]


def test_colleagues_are_listed_by_name_with_all_their_roles() -> None:
    event = an_event()
    both = a_role(event, "surgeon", a_role(event, "organiser", an_account(name="Bea")))
    door = a_role(event, "door", an_account(name="Ama"))

    assert rules.colleagues_of(event) == [
        {"id": door.pk, "name": "Ama", "roles": ["door"], "lead": False},
        {"id": both.pk, "name": "Bea", "roles": ["organiser", "surgeon"], "lead": True},
    ]
    assert [rules.reviews_there(account.pk, event) for account in (both, door)] == [True, False]


def test_the_help_of_a_day_is_its_own_and_what_published_surgeons_show() -> None:
    event = an_event(labels=["Photos", "Scams"])
    a_surgeon(event, name="B", labels=["scams", "Urdu spoken"])
    a_surgeon(event, name="A", labels=["STRASSE", "straße", "PHOTOS"])
    a_surgeon(event, name="C", labels=["private"], public=["headline"])
    a_surgeon(event, name="D", labels=["unpublished"], published=False)
    a_surgeon(an_event(), name="E", labels=["elsewhere"])

    assert rules.labels_of(event) == ["Photos", "Scams", "STRASSE", "Urdu spoken"]


def test_the_clock_of_a_day_may_differ_from_the_real_one() -> None:
    real = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)

    assert rules.venue_now(an_event(), real) == real
    assert rules.venue_now(an_event(clock_offset=3600), real) == real.replace(hour=4)
