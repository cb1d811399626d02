from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from tests.makers import a_role, a_session, a_shown_question, an_event
from tests.merging import joined, shown
from tests.racing import together
from tests.sent import a_said_comment, an_asked_question, review_of

from equalterms.desk.actions import Decision, decide, undo
from equalterms.desk.actions.caring import ask_for_lead, care_for
from equalterms.lib.refusal import Refusal
from equalterms.people.models import Account, Act
from equalterms.programme.models import Session
from equalterms.questions import actions as questions
from equalterms.questions.models import Question
from equalterms.safety.actions import already_taken, claimant, free, give, hold_open, report, settle, take
from equalterms.safety.models import Claim, Report, Review, State
from equalterms.safety.profile.receipt import Secret
from equalterms.threads import actions as threads

pytestmark = pytest.mark.django_db


@pytest.fixture
def session() -> Session:
    return a_session()


def test_one_at_a_time_sees_to_a_thing(session: Session) -> None:
    review = a_shown_question(session).review
    first, second = a_role(session.event), a_role(session.event)

    found = []
    for to in (None, first.pk, second.pk, None):
        give(review=review, to=to)
        found.append(claimant(review))

    assert found == [None, first, second, None]
    assert not Claim.objects.exists()


def test_whoever_was_shut_out_has_nothing_any_more(session: Session) -> None:
    review, account = a_shown_question(session).review, a_role(session.event)
    give(review=review, to=account.pk)

    account.is_active = False
    account.save()

    assert claimant(review) is None
    give(review=review, to=a_role(session.event).pk)
    assert claimant(review) is not None


def test_what_was_seen_to_wants_no_care_and_is_nobodys(session: Session) -> None:
    review = a_shown_question(session).review
    Review.objects.update(care=True)
    review.refresh_from_db()
    give(review=review, to=a_role(session.event).pk)

    settle(review=review)

    assert (Review.objects.get().care, claimant(review)) == (False, None)


@pytest.mark.parametrize("state", list(State))
def test_only_what_is_open_can_be_seen_to(session: Session, state: str) -> None:
    review = a_shown_question(session).review
    Review.objects.update(state=state)

    with transaction.atomic():
        if state in {"held", "approved", "shown"}:
            assert hold_open(review.pk) == review
        else:
            with pytest.raises(Refusal, match="review-superseded"):
                hold_open(review.pk)
    with transaction.atomic(), pytest.raises(Refusal, match="review-superseded"):
        hold_open(uuid4())


@pytest.mark.parametrize(("make", "own"), [(an_asked_question, questions), (a_said_comment, threads)])
@pytest.mark.parametrize("how", ["edit", "withdraw"])
def test_care_10_what_was_said_of_old_words_goes_with_them(
    session: Session, make: Any, own: Any, how: str
) -> None:
    secret = make(session)
    Review.objects.update(state=State.SHOWN)
    old = Review.objects.get()
    for _ in range(3):
        report(review=old.pk, tag=uuid4(), reason="unkind")
    give(review=old, to=a_role(session.event).pk)
    assert (Review.objects.get().folded, Report.objects.count()) == (True, 3)

    if how == "edit":
        own.edit(session=session, ident=secret.id, auth=secret.auth, text="Softer words.")
        new = Review.objects.get()
        assert (new.pk != old.pk, new.folded, new.state) == (True, False, "held")
    else:
        own.withdraw(session=session, ident=secret.id, auth=secret.auth)
        assert not Review.objects.exists()

    assert not Report.objects.exists()
    assert not Claim.objects.exists()


def test_whoever_comes_second_is_told_who_was_first(session: Session) -> None:
    account = a_role(session.event)

    refusal = already_taken(account)

    assert (refusal.status, refusal.code) == (409, "already-taken")
    assert account.name in refusal.detail
    assert refusal.errors == [{"attr": "to", "code": "already-taken", "detail": account.name}]


def taken(review: Review, account: Account) -> bool:
    with transaction.atomic():
        return take(topic=review.topic_id, subject=review.subject, account=account)


def test_taking_is_for_the_first_and_twice_is_once(session: Session) -> None:
    review = a_shown_question(session).review
    first, second = a_role(session.event, "surgeon"), a_role(session.event, "surgeon")

    assert [taken(review, account) for account in (first, first, second)] == [True, True, False]
    assert Claim.objects.get().account == first
    Account.objects.filter(pk=first.pk).update(is_active=False)
    assert taken(review, second)
    free(subjects=[review.subject])
    assert not Claim.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_many_who_take_at_once_one_has_it() -> None:
    review = a_shown_question(a_session()).review
    many = [a_role(an_event(), "surgeon") for _ in range(8)]

    found = together(*[lambda account=account: taken(review, account) for account in many])

    assert sorted(found) == [False] * 7 + [True]
    assert Claim.objects.get().account == many[found.index(True)]


CALLS = {
    "worried": lambda question, account: report(review=question.review_id, tag=uuid4(), reason="worried"),
    "asked for": lambda question, account: ask_for_lead(question=question, account=account),
    "marked": lambda question, account: care_for(review=question.review_id, account=account, care=True),
}


@pytest.mark.parametrize("role", ["surgeon", "moderator", "organiser"])
@pytest.mark.parametrize("call", CALLS)
def test_what_calls_for_care_stays_with_those_who_decide_and_leaves_all_others(
    session: Session, call: str, role: str
) -> None:
    question = a_shown_question(session)
    holder = a_role(session.event, role)
    a_role(an_event(), "moderator", holder)  # elsewhere counts for nothing
    taken(question.review, holder)

    CALLS[call](question, holder)

    assert Review.objects.get().care
    assert claimant(question.review) == (None if role == "surgeon" else holder)


def claimed(session: Session) -> Secret:
    """A shown question that a surgeon has taken."""
    secret = shown(session)
    assert taken(Review.objects.get(subject=secret.id), a_role(session.event, "surgeon"))
    return secret


FATES = {
    "edited": lambda session, secret: questions.edit(
        session=session, ident=secret.id, auth=secret.auth, text="Otherwise"
    ),
    "withdrawn": lambda session, secret: questions.withdraw(
        session=session, ident=secret.id, auth=secret.auth
    ),
    "hidden": lambda session, secret: decide(
        review=review_of(secret), account=a_role(session.event), decision=Decision("hide", "other")
    ),
    "merged": lambda session, secret: joined(session, secret, shown(session)),
    "not shown after all": lambda session, secret: undo(
        act=Act.objects.get(act="show", subject=secret.id), account=a_role(session.event)
    ),
    "answered": lambda session, secret: questions.answer(
        question=secret.id, account=a_role(session.event, "surgeon"), text="Like this."
    ),
}


@pytest.mark.parametrize("fate", FATES)
def test_what_a_surgeon_took_is_nobodys_once_it_has_moved_on(session: Session, fate: str) -> None:
    secret = claimed(session)

    FATES[fate](session, secret)

    assert not Claim.objects.exists()
    assert Question.objects.filter(pk=secret.id).count() == (fate != "withdrawn")


def test_what_others_ask_for_care_about_is_the_leads_once_they_are_merged(session: Session) -> None:
    target = claimed(session)
    child = shown(session)
    Review.objects.filter(subject=child.id).update(care=True)

    joined(session, child, target)

    assert Review.objects.get(subject=target.id).care
    assert not Claim.objects.exists()
