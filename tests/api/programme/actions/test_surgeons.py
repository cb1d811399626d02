from typing import Any

import pytest
from tests.journalled import telling
from tests.makers import a_role, a_session, a_surgeon, an_account, an_event

from equalterms.lib.refusal import Refusal
from equalterms.people.models import Surgeon
from equalterms.programme.actions import add_surgeon, change_profile, list_surgeon, unlist_surgeon
from equalterms.programme.models import Listing

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
