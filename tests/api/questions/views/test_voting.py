import pytest
from tests.api.questions.showing import a_shown_question, problem
from tests.askers import Phone
from tests.makers import a_role, a_session

from equalterms.desk.actions import merge
from equalterms.programme.models import Session
from equalterms.questions import actions
from equalterms.questions.models import Question, Vote

pytestmark = pytest.mark.django_db


def test_me_too_counts_once_a_phone_and_can_be_taken_back(session: Session, phone: Phone) -> None:
    question = a_shown_question(session)
    path = f"sessions/{session.pk}/questions/{question.pk}/votes/{phone.tag('vote', question.pk)}/"

    statuses = [phone.vote(session, question.pk).status_code for _ in range(3)]
    replay = phone.send("PUT", path, {})

    assert (statuses, replay.status_code) == ([201, 200, 200], 200)
    assert Vote.objects.count() == 1
    assert [phone.send("DELETE", path).status_code for _ in range(2)] == [204, 204]
    assert not Vote.objects.exists()


def test_forty_phones_count_forty_and_the_tally_moves_one_version(session: Session) -> None:
    question = a_shown_question(session)
    for _ in range(40):
        assert Phone().vote(session, question.pk).status_code == 201
    session.topic.refresh_from_db()
    before = session.topic.version

    assert actions.publish_tallies() == 1
    assert actions.publish_tallies() == 0

    assert Question.objects.get().votes == 40
    session.topic.refresh_from_db()
    assert session.topic.version == before + 1


def test_what_is_not_shown_takes_no_votes(session: Session, phone: Phone) -> None:
    secret = phone.secret(session)
    phone.ask(session, "Held", secret)
    other = a_session(session.event)
    shown = a_shown_question(session)

    assert problem(phone.vote(session, secret.id)) == (404, "not-found")
    assert problem(phone.vote(other, shown.pk)) == (404, "not-found")


def test_a_tag_has_one_spelling(session: Session, phone: Phone) -> None:
    question = a_shown_question(session)
    path = f"sessions/{session.pk}/questions/{question.pk}/votes/"

    assert phone.send("PUT", path + "A" * 21 + "B/", {}).status_code == 400
    assert problem(phone.send("PUT", path + "A" * 23 + "/", {})) == (404, "not-found")


def test_a_vote_on_what_was_merged_since_can_be_taken_back_and_none_can_be_added(
    session: Session, phone: Phone
) -> None:
    child, target = a_shown_question(session), a_shown_question(session)
    path = f"sessions/{session.pk}/questions/{child.pk}/votes/{phone.tag('vote', child.pk)}/"
    assert phone.vote(session, child.pk).status_code == 201
    merge(review=child.review_id, into=target.review_id, account=a_role(session.event, "moderator"))

    assert problem(Phone().vote(session, child.pk)) == (404, "not-found")
    assert phone.send("DELETE", path).status_code == 204
    assert not Vote.objects.exists()
