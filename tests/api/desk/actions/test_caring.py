from uuid import UUID, uuid4

import pytest
from tests.makers import a_role, a_session, a_shown_question, an_account, an_event
from tests.racing import together
from tests.sent import SHOW, an_asked_question, kinds, review_of

from equalterms.desk.actions import Decision, decide
from equalterms.desk.actions.caring import ask_for_lead, care_for, hand_to, let_stand
from equalterms.desk.actions.undoing import undo
from equalterms.desk.rules import in_lane
from equalterms.lib.refusal import Refusal
from equalterms.people.models import Account, Act
from equalterms.programme.models import Session
from equalterms.questions import actions as questions
from equalterms.safety.actions import claimant, report
from equalterms.safety.models import Claim, OpenedNote, Review
from equalterms.safety.profile.receipt import Secret

pytestmark = pytest.mark.django_db


@pytest.fixture
def session() -> Session:
    return a_session()


@pytest.fixture
def review(session: Session) -> Review:
    """Something that may need a kind, quick answer."""
    Review.objects.filter(subject=an_asked_question(session).id).update(care=True)
    return Review.objects.get()


def acts() -> list[str]:
    return sorted(Act.objects.values_list("act", flat=True))


def who_has(review: Review) -> Account | None:
    return claimant(Review.objects.get(pk=review.pk))


def code(action: object, **given: object) -> str:
    with pytest.raises(Refusal) as refused:
        action(**given)  # type: ignore[operator]
    return refused.value.code


def test_asking_for_care_and_having_seen_to_it_are_lines_of_the_audit_list(session: Session) -> None:
    review = a_shown_question(session).review
    moderator = a_role(session.event, "moderator")

    seen = []
    for care in (True, True, False, False):
        care_for(review=review.pk, account=moderator, care=care)
        seen.append(Review.objects.get().care)

    assert seen == [True, True, False, False]
    assert acts() == ["care", "care-done"]
    line = Act.objects.get(act="care")
    assert (line.account, line.event, line.kind, line.subject) == (
        moderator, session.event_id, "question", review.subject,
    )  # fmt: skip


def test_what_was_seen_to_is_nobodys_any_more(session: Session, review: Review) -> None:
    moderator = a_role(session.event, "moderator")
    hand_to(review=review.pk, account=moderator, to=moderator.pk)

    care_for(review=review.pk, account=moderator, care=False)

    assert not Claim.objects.exists()


def opened_by_its_asker(session: Session, by: Account, state: str = "returned") -> Review:
    """A question of which a private word of `by` was shown to the safety lead."""
    subject = an_asked_question(session).id
    Review.objects.filter(subject=subject).update(care=True, state=state)
    OpenedNote.objects.create(
        topic=session.topic, subject=subject, state="reply", text="Go away.", by=by.pk, taken_in=True
    )
    return Review.objects.get(subject=subject)


@pytest.mark.parametrize("state", ["returned", "shown", "held"])
def test_what_was_opened_to_the_safety_lead_is_taken_seen_to_and_gone(session: Session, state: str) -> None:
    lead, writer = a_role(session.event), a_role(session.event, "moderator")
    review = opened_by_its_asker(session, writer, state)

    hand_to(review=review.pk, account=lead, to=lead.pk)
    care_for(review=review.pk, account=lead, care=False)

    assert not OpenedNote.objects.exists()
    assert (Review.objects.get().care, who_has(review)) == (False, None)
    assert acts() == ["care-done", "claim"]


def test_nobody_says_that_words_of_their_own_were_seen_to(session: Session) -> None:
    writer = a_role(session.event, "moderator")
    review = opened_by_its_asker(session, writer)

    assert code(care_for, review=review.pk, account=writer, care=False) == "own-words"
    assert OpenedNote.objects.exists()


def test_no_decision_and_no_answer_makes_opened_words_go_away(session: Session) -> None:
    writer = a_role(session.event, "moderator")
    review = opened_by_its_asker(session, writer, "held")

    decide(review=review.pk, account=writer, decision=SHOW)
    questions.answer(question=review.subject, account=writer, text="Better now?")
    decide(review=review.pk, account=writer, decision=Decision("hide", "other"))

    assert list(in_lane(Review.objects.all(), "care")) == [review]
    assert OpenedNote.objects.get().text == "Go away."


def test_a_surgeon_asks_for_the_safety_lead_through_the_question(session: Session) -> None:
    question = a_shown_question(session)

    ask_for_lead(question=question, account=a_role(session.event, "surgeon"))

    assert Review.objects.get().care
    assert acts() == ["care"]


def test_answering_has_seen_to_it(session: Session) -> None:
    question = a_shown_question(session)
    moderator = a_role(session.event, "moderator")
    care_for(review=question.review_id, account=moderator, care=True)
    hand_to(review=question.review_id, account=moderator, to=moderator.pk)

    questions.answer(question=question.pk, account=moderator, text="You are not alone.")

    assert not Review.objects.get().care
    assert not Claim.objects.exists()


def test_showing_keeps_the_care_and_turning_down_ends_it(session: Session, review: Review) -> None:
    moderator = a_role(session.event, "moderator")
    hand_to(review=review.pk, account=moderator, to=moderator.pk)

    decide(review=review.pk, account=moderator, decision=SHOW)
    assert (Review.objects.get().care, who_has(review)) == (True, moderator)

    decide(review=review.pk, account=moderator, decision=Decision("return", "needs-care"))
    assert (Review.objects.get().care, who_has(review)) == (False, None)


def test_whoever_takes_it_has_it_and_may_hand_it_over_or_back(session: Session, review: Review) -> None:
    first, second = (a_role(session.event, "moderator") for _ in range(2))

    had = []
    for account, to in ((first, first), (first, first), (first, second), (second, None), (second, None)):
        hand_to(review=review.pk, account=account, to=to.pk if to else None)
        had.append(who_has(review))

    assert had == [first, first, second, None, None]
    assert acts() == ["claim", "hand-over", "hand-over"]


def test_nobody_takes_from_another_moderator(session: Session, review: Review) -> None:
    first, second, third = (a_role(session.event, "moderator") for _ in range(3))
    hand_to(review=review.pk, account=first, to=first.pk)

    for to in (second.pk, third.pk, None):
        for seen in (None, first.pk):
            given = {"review": review.pk, "account": second, "to": to, "seen": seen}
            assert code(hand_to, **given) == "already-taken"

    assert who_has(review) == first
    assert acts() == ["claim"]


def test_an_organiser_hands_over_and_takes_only_what_they_read_was_whose(
    session: Session, review: Review
) -> None:
    organiser, first, second = a_role(session.event), *(a_role(session.event, "moderator") for _ in range(2))
    hand_to(review=review.pk, account=first, to=first.pk)

    assert code(hand_to, review=review.pk, account=organiser, to=organiser.pk) == "already-taken"
    stale = {"review": review.pk, "account": organiser, "to": organiser.pk, "seen": second.pk}
    assert code(hand_to, **stale) == "already-taken"
    hand_to(review=review.pk, account=organiser, to=organiser.pk, seen=first.pk)
    assert who_has(review) == organiser
    hand_to(review=review.pk, account=organiser, to=second.pk)
    assert who_has(review) == second
    hand_to(review=review.pk, account=organiser, to=None)
    assert who_has(review) is None


def test_only_those_who_decide_there_are_handed_anything(session: Session, review: Review) -> None:
    moderator = a_role(session.event, "moderator")
    others = [
        a_role(session.event, "surgeon").pk,
        a_role(session.event, "door").pk,
        a_role(an_event(), "organiser").pk,
        a_role(session.event, "moderator", an_account(is_active=False)).pk,
        an_account().pk,
        uuid4(),
    ]

    found = {code(hand_to, review=review.pk, account=moderator, to=other) for other in others}

    assert found == {"invalid"}
    assert not Claim.objects.exists()


@pytest.mark.parametrize("state", ["returned", "hidden", "merged"])
def test_what_was_decided_against_is_nobodys_to_see_to(session: Session, review: Review, state: str) -> None:
    Review.objects.update(state=state)
    account = a_role(session.event)

    for ident in (review.pk, uuid4()):
        assert code(care_for, review=ident, account=account, care=False) == "review-superseded"
        assert code(hand_to, review=ident, account=account, to=account.pk) == "review-superseded"
    assert Review.objects.get().care


def a_reported(session: Session, times: int = 3) -> Review:
    review = a_shown_question(session).review
    for _ in range(times):
        report(review=review.pk, tag=uuid4(), reason="unkind")
    review.refresh_from_db()
    return review


def test_care_10_a_moderator_lets_it_stand_which_is_audited_and_can_be_undone(session: Session) -> None:
    review, moderator = a_reported(session), a_role(session.event, "moderator")
    assert review.folded

    done = [let_stand(review=review.pk, account=moderator) for _ in range(2)]

    line = Act.objects.get()
    assert (line.act, line.subject, line.undoable) == ("keep", review.subject, True)
    assert [one.act for one in done] == [line.pk, None]
    kept = Review.objects.get()
    assert (kept.folded, kept.kept) == (False, True)
    undo(act=line, account=a_role(session.event, "moderator"))
    back = Review.objects.get()
    assert (back.folded, back.kept) == (True, False)
    assert kinds(session) == ["question"] * 4
    assert acts() == ["keep", "undo"]


@pytest.mark.parametrize("state", ["held", "approved", "returned", "hidden", "merged"])
def test_only_what_is_shown_is_let_stand(session: Session, state: str) -> None:
    review = a_reported(session)
    Review.objects.update(state=state)

    for ident in (review.pk, uuid4()):
        assert code(let_stand, review=ident, account=a_role(session.event)) == "review-superseded"
    assert not Act.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("role", ["moderator", "organiser"])
def test_of_two_who_take_it_at_once_one_has_it_and_the_other_is_told_who(role: str) -> None:
    for _ in range(3):
        session = a_session()
        review = Review.objects.get(pk=review_of(an_asked_question(session)))
        people = {account.pk: account for account in (a_role(session.event, role) for _ in range(4))}

        found = together(
            *(
                lambda ident=review.pk, account=account: hand_to(  # type: ignore[misc]
                    review=ident, account=account, to=account.pk
                )
                for account in people.values()
            )
        )

        winner = who_has(review)
        assert winner is not None
        refused = [answer for answer in found if answer is not None]
        assert len(refused) == 3
        assert {answer.code for answer in refused} == {"already-taken"}
        assert {answer.errors[0]["detail"] for answer in refused} == {winner.name}
        assert Act.objects.get(event=session.event_id).account == winner


@pytest.mark.django_db(transaction=True)
def test_an_edit_while_it_is_taken_leaves_no_claim_on_what_is_gone() -> None:
    for _ in range(3):
        session = a_session()
        secret = an_asked_question(session)
        review, account = review_of(secret), a_role(session.event)

        def take(ident: UUID = review, account: Account = account) -> None:
            hand_to(review=ident, account=account, to=account.pk)

        def edit(session: Session = session, secret: Secret = secret) -> str:
            return questions.edit(session=session, ident=secret.id, auth=secret.auth, text="Other words.")

        found = together(take, edit)

        assert found[1] == "held"
        assert found[0] is None or found[0].code == "review-superseded"
        assert not Claim.objects.filter(subject=secret.id).exists()
