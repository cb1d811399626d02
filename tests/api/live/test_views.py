"""The snapshots through Django alone, as in an installation without the gateway."""

import pytest
from django.test import Client
from tests.makers import a_session, a_shown_question, an_event

from equalterms.journal.models import Topic
from equalterms.lib.etags import etag
from equalterms.live import snapshots
from equalterms.programme.models import EventState


@pytest.mark.django_db
def test_a_sessions_snapshot_has_its_version_and_may_be_kept_a_second(client: Client) -> None:
    session = a_session()
    a_shown_question(session)

    answer = client.get(f"/api/v1/sessions/{session.code}/live/")

    snapshot = snapshots.session_live(session.pk)
    assert snapshot is not None
    assert answer.content == snapshots.spell(snapshot.payload)
    assert answer["ETag"] == etag(Topic.objects.get(pk=session.topic_id).version)
    assert answer["Cache-Control"] == "public, max-age=1, stale-while-revalidate=20"
    assert answer["Vary"].startswith("Accept-Encoding")
    assert "Set-Cookie" not in answer


@pytest.mark.django_db
def test_a_known_version_is_a_304_without_content(client: Client) -> None:
    event = an_event()
    path = f"/api/v1/events/{event.slug}/live/"
    tag = client.get(path)["ETag"]

    same = client.get(path, headers={"If-None-Match": tag})
    anything = client.get(path, headers={"If-None-Match": "*"})
    other = client.get(path, headers={"If-None-Match": '"1-other-i"'})

    assert [same.status_code, anything.status_code, other.status_code] == [304, 304, 200]
    assert (same.content, same["ETag"], same.has_header("Content-Type")) == (b"", tag, False)


@pytest.mark.django_db
def test_strangers_and_drafts_are_404_problems(client: Client) -> None:
    draft = a_session(an_event(state=EventState.DRAFT))
    paths = ["events/nowhere/live/", f"events/{draft.event.slug}/live/", f"sessions/{draft.code}/live/"]

    answers = [client.get(f"/api/v1/{path}") for path in paths]

    assert [answer.status_code for answer in answers] == [404] * 3
    assert {answer["Content-Type"] for answer in answers} == {"application/problem+json"}


@pytest.mark.django_db
def test_a_token_and_a_cookie_change_nothing(client: Client) -> None:
    path = f"/api/v1/sessions/{a_session().pk}/live/"
    plain = client.get(path)
    client.cookies["a"] = "1"

    other = client.get(path, headers={"Authorization": "Bearer nonsense"})

    assert (other.status_code, other.content, other["ETag"]) == (200, plain.content, plain["ETag"])


@pytest.mark.django_db
@pytest.mark.parametrize("noun", ["sessions", "events"])
def test_a_stream_without_the_gateway_asks_to_return(client: Client, noun: str) -> None:
    answer = client.get(f"/api/v1/{noun}/x/stream", headers={"Accept": "text/event-stream"})

    assert (answer.status_code, answer.json()["code"], answer["Retry-After"]) == (503, "busy", "5")
    assert answer["Content-Type"] == "application/problem+json"
