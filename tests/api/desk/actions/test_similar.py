from uuid import uuid4

import pytest
from tests.makers import a_role, a_session, an_event
from tests.sent import a_said_comment, an_asked_question, review_of

from equalterms.desk.actions.similar import MOST_DONE, alike, turn_down_alike
from equalterms.lib.refusal import Refusal
from equalterms.people.models import Act
from equalterms.programme.models import Session
from equalterms.questions.models import Question
from equalterms.safety.actions import take_in
from equalterms.safety.models import Review, State
from equalterms.safety.profile.receipt import Secret

pytestmark = pytest.mark.django_db

JUNK = "Buy cheap followers now"


@pytest.fixture
def session() -> Session:
    return a_session()


def review(secret: Secret) -> Review:
    return Review.objects.get(pk=review_of(secret))


def test_questions_and_comments_with_alike_words_are_found_together(session: Session) -> None:
    junk = an_asked_question(session, f"{JUNK} 1")
    a_said_comment(session, f"{JUNK} 2")
    an_asked_question(session, "How do I buy a ticket?")

    assert len(alike(review(junk))) == 2


def test_the_least_alike_are_shown_each_text_once(session: Session) -> None:
    junk = an_asked_question(session, JUNK)
    for _ in range(6):
        an_asked_question(session, JUNK)
    for place in ("here", "there", "here"):
        an_asked_question(session, f"{JUNK} {place}abouts")

    found = alike(review(junk))

    assert len(found) == 10
    assert found.least_alike()[-1] == JUNK
    assert sorted(found.least_alike()[:2]) == [f"{JUNK} hereabouts", f"{JUNK} thereabouts"]


def test_what_was_decided_on_can_still_name_what_is_like_it(session: Session) -> None:
    first, second = an_asked_question(session, JUNK), an_asked_question(session, JUNK)
    Review.objects.filter(pk=review_of(first)).update(state=State.RETURNED)

    assert [ident for _, ident, _ in alike(review(first)).found] == [review_of(second)]


def test_what_calls_for_care_is_among_them_only_if_the_one_in_hand_does(session: Session) -> None:
    calm, careful = an_asked_question(session, JUNK), an_asked_question(session, JUNK)
    Review.objects.filter(pk=review_of(careful)).update(care=True)

    assert len(alike(review(calm))) == 1
    assert len(alike(review(careful))) == 2


def test_what_the_desk_may_not_know_of_yet_is_not_counted_and_what_found_no_place_is() -> None:
    session = a_session(an_event(mixing="safe"))
    for _ in range(103):
        an_asked_question(session, JUNK)
    take_in()
    an_asked_question(session, JUNK)

    assert len(alike(Review.objects.taken_in()[0])) == 103


def test_one_call_decides_on_so_many_in_steps_and_is_one_line_of_the_audit_list(session: Session) -> None:
    junk = [an_asked_question(session, f"{JUNK} {number}") for number in range(7)]
    account = a_role(session.event)

    assert turn_down_alike(account=account, review=review(junk[0]), act="hide", reason="unkind") == 7

    assert set(Review.objects.values_list("state", "reason")) == {(State.HIDDEN, "unkind")}
    line = Act.objects.get()
    assert (line.act, line.subject, line.reason, line.account) == (
        "hide-similar", junk[0].id, "unkind", account,
    )  # fmt: skip
    assert not line.undoable


def test_a_note_too_long_stops_it_before_anything_moves(session: Session) -> None:
    junk = an_asked_question(session, JUNK)

    with pytest.raises(Refusal) as refusal:
        turn_down_alike(
            account=a_role(session.event), review=review(junk), act="return", reason="other", note="é" * 400
        )

    assert refusal.value.code == "note-too-long"
    assert (Review.objects.get().state, Act.objects.count()) == (State.HELD, 0)


def test_one_call_decides_on_five_thousand_at_most(session: Session) -> None:
    first = review(an_asked_question(session, JUNK))
    rows = [
        Review(topic=session.topic, kind="question", subject=uuid4(), slot=0, taken_in=True)
        for _ in range(MOST_DONE + 3)
    ]
    Review.objects.bulk_create(rows)
    Question.objects.bulk_create(
        Question(pk=row.subject, session=session, review=row, text=JUNK, slot=0) for row in rows
    )
    account = a_role(session.event)

    done = [turn_down_alike(account=account, review=first, act="hide", reason="unkind") for _ in range(2)]

    assert sum(done) == MOST_DONE + 4
    assert done[0] == MOST_DONE
