import secrets
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from tests.makers import a_role, a_session, an_event
from tests.racing import together

from equalterms.desk.actions import Decision, decide, decide_many, release_due
from equalterms.journal.models import Entry
from equalterms.lib import clock
from equalterms.lib.refusal import Refusal
from equalterms.people.models import Account, Act
from equalterms.programme.models import Session
from equalterms.questions import actions as questions
from equalterms.questions.models import Question
from equalterms.safety.models import Note, Review, State, SubjectKind
from equalterms.safety.profile.receipt import Secret
from equalterms.safety.profile.sealing import unseal
from equalterms.safety.receipts import Claimed
from equalterms.threads import actions as threads
from equalterms.threads.models import Comment

pytestmark = pytest.mark.django_db
SHOW = Decision("show")


def an_asked_question(session: Session, text: str = "How do I block someone?", **more: str) -> Secret:
    secret = Secret(secrets.token_bytes(10), session.event_id, "question")
    claimed = Claimed(SubjectKind.QUESTION, secret.id, secret.auth, secret.reply_key)
    questions.ask(session=session, claimed=claimed, asked=questions.Asked(text, **more))
    return secret


def a_said_comment(session: Session, text: str = "I was afraid too.") -> Secret:
    secret = Secret(secrets.token_bytes(10), session.event_id, "comment")
    claimed = Claimed(SubjectKind.COMMENT, secret.id, secret.auth, secret.reply_key)
    threads.say(session=session, claimed=claimed, said=threads.Said(text, None, secrets.token_bytes(16)))
    return secret


def review_of(secret: Secret) -> UUID:
    return Review.objects.get(subject=secret.id).pk


def note_to(secret: Secret) -> dict[str, object]:
    note = Note.objects.get(box=secret.box)
    opened = unseal(secret.private, secret.box, bytes(note.sealed))
    return {name: opened[name] for name in ("state", "reason", "note")}


def is_shown(secret: Secret) -> bool:
    shown = Question.objects.shown() if secret.kind == "question" else Comment.objects.shown()
    return shown.filter(pk=secret.id).exists()


def kinds(session: Session) -> list[str]:
    rows = Entry.objects.filter(topic=session.topic_id).order_by("version")
    return list(rows.values_list("kind", flat=True))


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
