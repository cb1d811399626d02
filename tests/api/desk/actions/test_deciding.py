from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from tests.makers import a_role, a_session, an_event
from tests.racing import together
from tests.sent import SHOW, a_said_comment, an_asked_question, is_shown, kinds, note_to, review_of

from equalterms.desk.actions import Decision, decide, decide_many
from equalterms.lib.refusal import Refusal
from equalterms.people.models import Account, Act
from equalterms.programme.models import Session
from equalterms.questions import actions as questions
from equalterms.questions.models import Question
from equalterms.safety.models import Review, State
from equalterms.safety.profile.receipt import Secret
from equalterms.threads import actions as threads

pytestmark = pytest.mark.django_db


MAKERS = pytest.mark.parametrize("make", [an_asked_question, a_said_comment])


@MAKERS
def test_showing_puts_it_before_the_public_at_once_where_nothing_is_mixed(
    make: Callable[[Session], Secret],
) -> None:
    session, moderator = a_session(), None
    moderator = a_role(session.event, "moderator")
    secret = make(session)

    review = decide(review=review_of(secret), account=moderator, decision=SHOW)

    assert review.state == State.SHOWN
    assert is_shown(secret)
    assert kinds(session) == [secret.kind]
    act = Act.objects.get()
    assert (act.account, act.act, act.kind, act.subject) == (moderator, "show", secret.kind, secret.id)


@MAKERS
@pytest.mark.parametrize(("act", "state"), [("return", "returned"), ("hide", "hidden")])
def test_turning_down_what_was_shown_takes_it_away_and_tells_its_asker_alone(
    make: Callable[[Session], Secret], act: str, state: str
) -> None:
    session = a_session()
    moderator, secret = a_role(session.event, "moderator"), make(session)
    decide(review=review_of(secret), account=moderator, decision=SHOW)

    decide(review=review_of(secret), account=moderator, decision=Decision(act, "unkind", "Softer, please."))

    assert not is_shown(secret)
    assert note_to(secret) == {"state": state, "reason": "unkind", "note": "Softer, please."}
    assert kinds(session) == [secret.kind, secret.kind, "notes"]
    assert sorted(Act.objects.values_list("act", "reason")) == sorted([("show", ""), (act, "unkind")])


@MAKERS
def test_what_was_turned_down_can_be_shown_after_all_and_its_asker_hears(
    make: Callable[[Session], Secret],
) -> None:
    session = a_session()
    moderator, secret = a_role(session.event, "moderator"), make(session)
    decide(review=review_of(secret), account=moderator, decision=Decision("hide", "other"))

    decide(review=review_of(secret), account=moderator, decision=SHOW)

    assert is_shown(secret)
    assert note_to(secret) == {"state": "shown", "reason": "", "note": ""}


def test_a_question_for_surgeons_passes_without_a_word_in_public() -> None:
    session = a_session()
    secret = an_asked_question(session, audience="surgeons")

    decide(review=review_of(secret), account=a_role(session.event, "moderator"), decision=SHOW)

    assert Question.objects.for_desk().count() == 1
    assert not is_shown(secret)
    assert kinds(session) == []


@pytest.mark.parametrize("act", ["show", "return", "hide"])
def test_an_edit_takes_the_decision_out_of_a_moderators_hand(act: str) -> None:
    session = a_session()
    secret = an_asked_question(session)
    read = review_of(secret)
    questions.edit(session=session, ident=secret.id, auth=secret.auth, text="Other words")

    with pytest.raises(Refusal) as refusal:
        decide(review=read, account=a_role(session.event), decision=Decision(act, "other"))

    assert (refusal.value.code, refusal.value.status) == ("review-superseded", 409)
    assert Review.objects.get().state == State.HELD
    assert not Act.objects.exists()


@pytest.mark.parametrize("mixing", ["off", "gentle", "safe"])
def test_of_two_moderators_the_second_is_told_to_look_again(mixing: str) -> None:
    session = a_session(an_event(mixing=mixing))
    review = review_of(an_asked_question(session))
    decide(review=review, account=a_role(session.event), decision=SHOW)

    for decision in (SHOW, Decision("hide", "other", seen="held")):
        with pytest.raises(Refusal) as refusal:
            decide(review=review, account=a_role(session.event), decision=decision)
        assert refusal.value.code == "review-superseded"

    assert Act.objects.count() == 1


def test_many_are_decided_each_for_itself() -> None:
    session = a_session()
    moderator = a_role(session.event, "moderator")
    held, edited, other = an_asked_question(session), an_asked_question(session), a_said_comment(session)
    foreign, mine = an_asked_question(a_session()), an_asked_question(a_session(an_event()))
    a_role(
        Session.objects.get(topic=Review.objects.get(subject=mine.id).topic_id).event, "moderator", moderator
    )
    read = [review_of(secret) for secret in (held, edited, other, foreign, mine)]
    unknown = uuid4()
    questions.edit(session=session, ident=edited.id, auth=edited.auth, text="Other words")

    done, refused = decide_many(
        event=session.event_id, account=moderator, reviews=[*read, unknown, read[0]], decision=SHOW
    )

    assert done == [read[0], read[2]]
    assert refused == [
        (read[1], "review-superseded"),
        (read[3], "not-found"),
        (read[4], "not-found"),
        (unknown, "review-superseded"),
    ]
    assert [is_shown(secret) for secret in (held, edited, other, foreign, mine)] == [
        True, False, True, False, False,
    ]  # fmt: skip


def shown_by(review: UUID, account: Account) -> str:
    try:
        decide(review=review, account=account, decision=SHOW)
    except Refusal as refusal:
        return refusal.code
    return "done"


@pytest.mark.django_db(transaction=True)
@MAKERS
def test_a_moderator_racing_an_edit_never_shows_words_nobody_looked_at(
    make: Callable[[Session], Secret],
) -> None:
    session = a_session()
    moderator, outcomes = a_role(session.event, "moderator"), set()
    edit = questions.edit if make is an_asked_question else threads.edit
    for _ in range(12):
        secret = make(session)
        read, before = review_of(secret), kinds(session).count(secret.kind)

        found = together(
            lambda read=read: shown_by(read, moderator),  # type: ignore[misc]
            lambda secret=secret: edit(  # type: ignore[misc]
                session=session, ident=secret.id, auth=secret.auth, text="Words nobody has read"
            ),
        )

        assert found[1] == "held"
        assert found[0] in {"done", "review-superseded"}
        assert not is_shown(secret)
        assert Review.objects.get(subject=secret.id).state == State.HELD
        # Followers heard of both the showing and the going, or of neither.
        told = kinds(session).count(secret.kind) - before
        assert told == (2 if found[0] == "done" else 0)
        outcomes.add(found[0])
    assert outcomes <= {"done", "review-superseded"}


@pytest.mark.django_db(transaction=True)
@MAKERS
def test_a_moderator_racing_a_withdrawal_leaves_nothing_shown(make: Callable[[Session], Secret]) -> None:
    session = a_session()
    moderator = a_role(session.event, "moderator")
    withdraw = questions.withdraw if make is an_asked_question else threads.withdraw
    for _ in range(12):
        secret = make(session)
        read, before = review_of(secret), kinds(session).count(secret.kind)

        found = together(
            lambda read=read: shown_by(read, moderator),  # type: ignore[misc]
            lambda secret=secret: withdraw(session=session, ident=secret.id, auth=secret.auth),  # type: ignore[misc]
        )

        assert found[1] is None
        assert not is_shown(secret)
        assert not Review.objects.filter(subject=secret.id).exists()
        assert kinds(session).count(secret.kind) - before == (2 if found[0] == "done" else 0)


@pytest.mark.django_db(transaction=True)
def test_of_five_moderators_at_once_one_decides() -> None:
    session = a_session()
    review = review_of(an_asked_question(session))
    moderators = [a_role(session.event, "moderator") for _ in range(5)]

    found = together(*(lambda account=account: shown_by(review, account) for account in moderators))  # type: ignore[misc]

    assert sorted(map(str, found)) == ["done"] + ["review-superseded"] * 4
    assert Act.objects.count() == 1
