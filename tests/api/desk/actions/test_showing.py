from datetime import timedelta

import pytest
from tests.makers import a_role, a_session, an_event
from tests.racing import together
from tests.sent import SHOW, a_said_comment, an_asked_question, is_shown, review_of

from equalterms.desk.actions import Decision, decide, release_due
from equalterms.lib import clock
from equalterms.lib.refusal import Refusal
from equalterms.questions.models import Question
from equalterms.safety.models import State
from equalterms.safety.profile.receipt import Secret

pytestmark = pytest.mark.django_db


def test_safely_mixed_questions_leave_three_at_a_time_and_comments_at_the_next_tick() -> None:
    session = a_session(an_event(mixing="safe"))
    moderator = a_role(session.event, "moderator")
    asked, said = [an_asked_question(session) for _ in range(2)], a_said_comment(session)
    for secret in (*asked, said):
        assert decide(review=review_of(secret), account=moderator, decision=SHOW).state == State.APPROVED
    assert release_due() == 0

    soon = clock.now() + timedelta(seconds=31)
    assert release_due(soon) == 1
    assert [is_shown(secret) for secret in (*asked, said)] == [False, False, True]

    third = an_asked_question(session)
    decide(review=review_of(third), account=moderator, decision=SHOW)
    assert release_due(soon) == 3
    assert release_due(soon) == 0
    assert all(is_shown(secret) for secret in (*asked, third, said))


def test_the_order_of_leaving_is_not_the_order_of_asking() -> None:
    orders = set()
    for _ in range(30):
        session = a_session(an_event(mixing="safe"))
        asked = [an_asked_question(session) for _ in range(3)]
        for secret in asked:
            decide(review=review_of(secret), account=a_role(session.event), decision=SHOW)
        release_due()
        shown = {row.pk: row.shown or 0 for row in Question.objects.filter(session=session)}
        orders.add(tuple(sorted(range(3), key=lambda place: shown[asked[place].id])))

    assert len(orders) > 2


def test_what_was_approved_and_then_turned_down_never_leaves() -> None:
    session = a_session(an_event(mixing="gentle"))
    moderator, secret = a_role(session.event, "moderator"), an_asked_question(session)
    decide(review=review_of(secret), account=moderator, decision=SHOW)

    decide(review=review_of(secret), account=moderator, decision=Decision("return", "off-topic"))

    assert release_due(clock.now() + timedelta(hours=1)) == 0
    assert not is_shown(secret)


@pytest.mark.django_db(transaction=True)
def test_decisions_and_ticks_in_many_sessions_at_once_do_not_block_each_other() -> None:
    event = an_event(mixing="gentle")
    moderator = a_role(event, "moderator")
    sessions = [a_session(event) for _ in range(4)]
    asked = [[make(session) for make in (an_asked_question, a_said_comment)] for session in sessions]

    def work(secrets_of: list[Secret]) -> int:
        for secret in secrets_of:
            decide(review=review_of(secret), account=moderator, decision=SHOW)
        return release_due(clock.now() + timedelta(minutes=1))

    found = together(*(lambda part=part: work(part) for part in asked))  # type: ignore[misc]

    assert not [
        failed for failed in found if isinstance(failed, BaseException) and not isinstance(failed, Refusal)
    ]
    release_due(clock.now() + timedelta(minutes=1))
    assert all(is_shown(secret) for part in asked for secret in part)
