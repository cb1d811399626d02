import pytest
from django.db import transaction
from tests.journalled import telling
from tests.makers import a_session, an_event

from equalterms.journal.models import Topic
from equalterms.programme.actions.telling import differing, hold, on_day, on_session, put, record_day
from equalterms.programme.models import Event

pytestmark = pytest.mark.django_db


def test_a_change_of_the_day_is_echoed_on_the_day_as_it_goes() -> None:
    event = an_event()
    with telling() as told, transaction.atomic():
        versions = record_day(event, "event", event.pk)

    assert told == {(event.day_id, "event", event.pk): 1, (event.now_id, "event", event.pk): 1}
    assert versions == [Topic.objects.get(pk=topic).version for topic in (event.day_id, event.now_id)]


def test_a_line_of_the_programme_is_told_on_its_own_topic_too() -> None:
    session = a_session()

    assert {change.topic for change in on_session(session)} == {
        session.topic_id, session.event.day_id, session.event.now_id,
    }  # fmt: skip


def test_holding_gives_the_versions_of_what_will_be_told() -> None:
    event = an_event()
    with transaction.atomic():
        held = hold(on_day(event, "event", event.pk))

    assert held == {event.day_id: event.day.version, event.now_id: event.now.version}


def test_only_what_differs_is_put() -> None:
    event = an_event(title="Leeds", venue="Hall")
    Event.objects.update(venue="Moved meanwhile")

    changed = differing(event, {"title": "York", "venue": "Hall"})
    put(event, changed)

    event.refresh_from_db()
    assert (changed, event.title, event.venue) == ({"title": "York"}, "York", "Moved meanwhile")
