"""Me too, without anybody's name: once a phone, and nothing ties two votes of one phone together."""

from collections.abc import Callable
from contextlib import suppress
from uuid import uuid4

import pytest
from django.db import OperationalError
from tests.askers import Phone
from tests.journalled import telling
from tests.makers import a_session, a_shown_question
from tests.racing import together

from equalterms.config.clock import DUTIES
from equalterms.questions import actions
from equalterms.questions.models import Question, Vote


def patiently(work: Callable[[], object]) -> Callable[[], object]:
    """As a phone does: where the database cannot answer now, it sends again."""

    def again() -> object:
        for _ in range(20):
            with suppress(OperationalError):
                return work()
        return work()

    return again


@pytest.mark.django_db
def test_anon_26_the_same_tag_twice_counts_once() -> None:
    session, phone = a_session(), Phone()
    question = a_shown_question(session)

    statuses = [phone.vote(session, question.pk).status_code for _ in range(2)]
    actions.publish_tallies()

    assert statuses == [201, 200]
    assert Question.objects.get().votes == 1


@pytest.mark.django_db
def test_anon_26_the_tags_of_one_phone_are_all_different() -> None:
    session, phone = a_session(), Phone()
    questions = [a_shown_question(session) for _ in range(20)]
    for question in questions:
        phone.vote(session, question.pk)

    stored = set(Vote.objects.values_list("tag", flat=True))

    uses = {phone.tag(use, questions[0].pk) for use in ("vote", "report", "reaction", "voice")}
    assert len(stored) == 20
    assert len(uses) == 4
    assert len({tag.bytes[start : start + 4] for tag in stored for start in range(13)}) == 20 * 13


@pytest.mark.django_db
def test_anon_26_a_vote_is_told_by_the_tally_alone_and_those_of_one_moment_together() -> None:
    session = a_session()
    question, other = a_shown_question(session), a_shown_question(session)

    with telling() as early:
        for _ in range(5):
            Phone().vote(session, question.pk)
        Phone().vote(session, other.pk)
    with telling() as told:
        actions.publish_tallies()

    assert early == {}
    assert told == {(session.topic_id, "question", shown.pk): 1 for shown in (question, other)}
    assert {duty.name: duty.seconds for duty in DUTIES}["touched-tallies"] == 1


@pytest.mark.django_db(transaction=True)
def test_anon_26_twenty_at_once_count_once_under_one_tag_and_twenty_under_twenty() -> None:
    session = a_session()
    one, other = a_shown_question(session), a_shown_question(session)
    tag = uuid4()

    same = together(*[patiently(lambda: actions.vote(question=one, tag=tag))] * 20)
    different = together(*[patiently(lambda: actions.vote(question=other, tag=uuid4()))] * 20)
    actions.publish_tallies()

    assert [found for found in [*same, *different] if isinstance(found, Exception)] == []
    assert dict(Question.objects.values_list("pk", "votes")) == {one.pk: 1, other.pk: 20}
    assert Vote.objects.count() == 21
