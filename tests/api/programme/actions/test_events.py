from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.journalled import telling
from tests.makers import a_session, an_account, an_event

from equalterms.lib.etags import etag
from equalterms.lib.refusal import Refusal
from equalterms.people.models import Account, Act
from equalterms.programme.actions import change_event, new_event
from equalterms.programme.models import EVENT_MOVES, Event, EventState, OldAddress, Role
from equalterms.programme.rules import UK_HELP_LINES

pytestmark = pytest.mark.django_db

NINE = datetime(2026, 11, 22, 9, tzinfo=UTC)
DAY = {
    "slug": "leeds",
    "title": "Leeds",
    "starts": NINE,
    "ends": NINE + timedelta(hours=8),
    "timezone": "Europe/London",
}


@pytest.fixture
def account() -> Account:
    return an_account()


def refused(action: Any, **given: Any) -> tuple[str, list[str]]:
    with pytest.raises(Refusal) as refusal:
        action(**given)
    return refusal.value.code, [error["attr"] for error in refusal.value.errors]


def test_a_new_event_is_a_draft_with_help_lines_and_an_organiser(account: Account) -> None:
    event = new_event(**DAY, organiser=account, venue="Hall")

    assert (event.state, event.venue, event.help_lines) == ("draft", "Hall", list(UK_HELP_LINES))
    assert event.help_reviewed is None
    assert event.day_id != event.now_id
    assert Role.objects.get().account == account
    assert new_event(**(DAY | {"slug": "bxl", "timezone": "Europe/Brussels"})).help_lines == []


def test_an_event_that_cannot_be_is_refused() -> None:
    an_event(slug="taken", code="k7m4")
    OldAddress.objects.create(address="once", event=an_event())

    assert [refused(new_event, **(DAY | {"slug": slug})) for slug in ("taken", "k7m4", "once")] == [
        ("slug-taken", [])
    ] * 3
    assert refused(new_event, **(DAY | {"timezone": "Leeds"})) == ("invalid", ["timezone"])
    assert refused(new_event, **(DAY | {"ends": NINE})) == ("invalid", ["ends"])


def test_settings_are_told_on_the_day_and_audited(account: Account) -> None:
    event = an_event(venue="Hall")
    session = a_session(event)
    with telling() as told:
        change_event(account=account, event=event, changes={"venue": "Church"})

    assert told == {(event.day_id, "event", event.pk): 1, (event.now_id, "event", event.pk): 1}
    assert (Act.objects.get().act, Event.objects.get().venue) == ("change-event", "Church")
    assert session.topic.entries.count() == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "York"},
        {"slug": "york"},
        {"timezone": "Europe/Paris"},
        {"review": "closed"},
        {"state": "cancelled"},
    ],
)
def test_what_sessions_print_of_their_event_is_told_on_them_too(
    account: Account, changes: dict[str, str]
) -> None:
    event = an_event()
    session = a_session(event)
    with telling() as told:
        change_event(account=account, event=event, changes=changes)

    assert told == {
        (event.day_id, "event", event.pk): 1,
        (event.now_id, "event", event.pk): 1,
        (session.topic_id, "session", session.pk): 1,
    }


def test_a_change_that_changes_nothing_tells_nobody(account: Account) -> None:
    event = an_event(title="Leeds")
    with telling() as told:
        change_event(account=account, event=event, changes={"title": "Leeds"})

    assert (told, Act.objects.count()) == ({}, 0)


def test_only_who_read_the_present_version_changes_it(account: Account) -> None:
    event = an_event()
    seen = etag(event.day.version)
    change_event(account=account, event=event, changes={"title": "First"}, seen=seen)

    with pytest.raises(Refusal) as refusal:
        change_event(account=account, event=event, changes={"title": "Second"}, seen=seen)

    event = Event.objects.select_related("day").get()
    assert (refusal.value.status, refusal.value.code) == (412, "changed-meanwhile")
    assert refusal.value.errors[0]["detail"] == etag(event.day.version)
    assert event.title == "First"


@pytest.mark.parametrize("state", EventState.values)
def test_an_event_takes_only_the_states_that_may_follow(account: Account, state: str) -> None:
    for goal in EventState.values:
        event = an_event(state=state, help_lines=[{"name": "999"}])
        if goal == state or goal in EVENT_MOVES[state]:
            assert change_event(account=account, event=event, changes={"state": goal}).state == goal
        else:
            assert refused(change_event, account=account, event=event, changes={"state": goal}) == (
                "move-not-possible", [],
            )  # fmt: skip


def test_a_day_is_published_only_with_somebody_to_turn_to(account: Account) -> None:
    event = an_event(state="draft", help_lines=[])

    assert (
        refused(change_event, account=account, event=event, changes={"state": "published"})[0]
        == "no-help-lines"
    )
    change_event(
        account=account, event=event, changes={"state": "published", "help_lines": [{"name": "112"}]}
    )
    assert (
        refused(change_event, account=account, event=event, changes={"help_lines": []})[0] == "no-help-lines"
    )
    assert Event.objects.get().state == "published"


def test_addresses_that_were_printed_keep_resolving(account: Account) -> None:
    event, other = an_event(slug="one"), an_event()
    for slug in ("two", "three", "one"):
        change_event(account=account, event=event, changes={"slug": slug})

    assert [Event.objects.called(ref).get() for ref in ("one", "two", "three")] == [event] * 3
    assert set(OldAddress.objects.values_list("address", flat=True)) == {"two", "three"}
    assert refused(change_event, account=account, event=other, changes={"slug": "two"}) == ("slug-taken", [])


def test_hours_are_checked_against_those_that_stay(account: Account) -> None:
    event = an_event(starts=NINE, ends=NINE + timedelta(hours=1))

    late = {"starts": NINE + timedelta(hours=2)}
    assert refused(change_event, account=account, event=event, changes=late) == ("invalid", ["ends"])
