from typing import Any

import pytest
from tests.journalled import telling
from tests.makers import a_role, a_session, a_surgeon, an_account, an_event
from tests.sent import note_to
from tests.tables import a_day_now, a_surgery, at_table, called, in_line

from equalterms.bookings.models import Booking, Presence
from equalterms.lib.refusal import Refusal
from equalterms.people.models import Surgeon
from equalterms.programme.actions import add_surgeon, change_profile, list_surgeon, unlist_surgeon
from equalterms.programme.models import Event, Listing

pytestmark = pytest.mark.django_db


def refused(action: Any, **given: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        action(**given)
    return refusal.value.code


def test_somebody_without_an_account_is_listed_but_not_published() -> None:
    event = an_event()
    with telling() as told:
        surgeon = add_surgeon(account=a_role(event), event=event, name="Tom W.")

    assert (surgeon.published, surgeon.public, surgeon.account) == (False, [], None)
    assert told == {(event.day_id, "surgeon", surgeon.pk): 1, (event.now_id, "surgeon", surgeon.pk): 1}


def test_a_surgeon_of_ones_other_day_is_listed_once_and_a_strangers_never() -> None:
    old, new = an_event(), an_event()
    organiser = a_role(new, account=a_role(old))
    known, strange = a_surgeon(old), a_surgeon(an_event())

    with telling() as told:
        list_surgeon(account=organiser, event=new, surgeon=known)
        list_surgeon(account=organiser, event=new, surgeon=known)

    assert sum(told.values()) == 2
    assert refused(list_surgeon, account=organiser, event=new, surgeon=strange) == "not-yours"
    assert list(new.listings.values_list("surgeon", flat=True)) == [known.pk]


def test_a_surgeon_who_leaves_a_day_leaves_its_sessions_and_no_other_day() -> None:
    event, other = an_event(), an_event()
    session, elsewhere = a_session(event), a_session(other)
    surgeon = a_surgeon(event, session)
    Listing.objects.create(event=other, surgeon=surgeon)
    elsewhere.appearances.create(surgeon=surgeon)
    with telling() as told:
        unlist_surgeon(account=a_role(event), event=event, surgeon=surgeon)

    assert told == {
        (event.day_id, "surgeon", surgeon.pk): 1,
        (event.now_id, "surgeon", surgeon.pk): 1,
        (event.day_id, "session", session.pk): 1,
        (event.now_id, "session", session.pk): 1,
        (session.topic_id, "session", session.pk): 1,
        (session.topic_id, "surgeon", surgeon.pk): 1,
    }
    assert [row.event for row in surgeon.listings.all()] == [other]
    assert [row.session for row in surgeon.appearances.all()] == [elsewhere]


def test_withdrawing_a_profile_is_told_on_every_topic_that_shows_it() -> None:
    one, two = an_event(), an_event()
    session, account = a_session(one), an_account()
    surgeon = a_surgeon(one, session, account=account)
    Listing.objects.create(event=two, surgeon=surgeon)
    with telling() as told:
        change_profile(account=account, surgeon=surgeon, changes={"published": False})

    assert told == {
        (one.day_id, "surgeon", surgeon.pk): 1,
        (one.now_id, "surgeon", surgeon.pk): 1,
        (two.day_id, "surgeon", surgeon.pk): 1,
        (two.now_id, "surgeon", surgeon.pk): 1,
        (session.topic_id, "surgeon", surgeon.pk): 1,
        (session.topic_id, "session", session.pk): 1,
        (one.day_id, "session", session.pk): 1,
        (one.now_id, "session", session.pk): 1,
    }


def test_other_words_in_a_profile_change_no_line_of_the_programme() -> None:
    event, account = an_event(), an_account()
    session = a_session(event)
    surgeon = a_surgeon(event, session, account=account)
    with telling() as told:
        change_profile(account=account, surgeon=surgeon, changes={"headline": "Soup"})
        change_profile(account=account, surgeon=surgeon, changes={"headline": "Soup"})

    assert told == {
        (event.day_id, "surgeon", surgeon.pk): 1,
        (event.now_id, "surgeon", surgeon.pk): 1,
        (session.topic_id, "surgeon", surgeon.pk): 1,
    }


def test_strangers_and_other_staff_change_no_profile() -> None:
    event = an_event()
    surgeon = a_surgeon(event, account=an_account())

    for account in (an_account(), a_role(event, "moderator"), a_role(an_event())):
        assert refused(change_profile, account=account, surgeon=surgeon, changes={"name": "X"}) == "not-yours"


def test_only_the_owner_makes_more_of_a_profile_public() -> None:
    event = an_event()
    organiser = a_role(event)
    surgeon = a_surgeon(event, account=an_account(), published=False, public=["labels"])

    for changes in ({"published": True}, {"public": ["labels", "about"]}):
        assert refused(change_profile, account=organiser, surgeon=surgeon, changes=changes) == "owners-choice"
    change_profile(account=organiser, surgeon=surgeon, changes={"public": [], "headline": "Soup"})
    changed = change_profile(account=surgeon.account, surgeon=surgeon, changes={"published": True})
    assert (changed.published, changed.headline) == (True, "Soup")
    change_profile(account=organiser, surgeon=surgeon, changes={"published": False})
    assert not Surgeon.objects.get().published


def here(event: Event, surgeon: Surgeon) -> list[str]:
    return list(Presence.objects.filter(event=event, surgeon=surgeon).values_list("place", flat=True))


@pytest.mark.parametrize("how", ["taken down", "taken off the day"])
def test_whoever_withdraws_is_at_no_table_and_leaves_nobody_behind(how: str) -> None:
    session = a_surgery()
    event, organiser = session.event, a_role(session.event)
    surgeon = at_table(event)
    waiting = in_line(session)
    called(surgeon, event)

    with telling() as told:
        if how == "taken down":
            change_profile(account=organiser, surgeon=surgeon, changes={"published": False})
        else:
            unlist_surgeon(account=organiser, event=event, surgeon=surgeon)

    assert here(event, surgeon) == []
    assert Booking.objects.get(pk=waiting.id).state == "here"
    assert note_to(waiting)["state"] == "here"
    assert told[event.now_id, "presence", surgeon.pk] == 1


def test_whoever_may_not_withdraw_a_profile_sends_nobody_away() -> None:
    event = a_day_now()
    surgeon = at_table(event)

    changes = {"published": False}
    assert refused(change_profile, account=an_account(), surgeon=surgeon, changes=changes) == "not-yours"
    assert here(event, surgeon) == ["table 3"]


def test_where_somebody_is_may_be_read_once_they_publish_their_profile() -> None:
    event = a_day_now()
    surgeon = at_table(event, published=False)

    with telling() as told:
        change_profile(account=surgeon.account, surgeon=surgeon, changes={"published": True})

    assert told[event.now_id, "presence", surgeon.pk] == 1
    assert here(event, surgeon) == ["table 3"]
