from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from tests.journalled import telling
from tests.makers import a_session, a_shown_comment, a_shown_question
from tests.racing import together
from tests.sent import an_asked_question

from equalterms.lib.refusal import Refusal
from equalterms.programme.models import Session
from equalterms.questions import actions as questions
from equalterms.safety.actions import changes_nothing, keep, report, take_back_report, unkeep
from equalterms.safety.models import Report, Review, State

pytestmark = pytest.mark.django_db
MAKERS = pytest.mark.parametrize("make", [a_shown_question, a_shown_comment])


@pytest.fixture
def session() -> Session:
    return a_session()


@pytest.fixture
def review(session: Session) -> Review:
    shown = a_shown_question(session)
    return shown.review


def reported(review: Review, times: int, reason: str = "unkind") -> list[UUID]:
    tags = [uuid4() for _ in range(times)]
    for tag in tags:
        report(review=review.pk, tag=tag, reason=reason)
    return tags


def state_of(review: Review) -> tuple[bool, bool, bool]:
    review.refresh_from_db()
    return review.folded, review.care, review.kept


@MAKERS
def test_care_10_the_third_report_folds_and_followers_are_told_once(session: Session, make: Any) -> None:
    shown = make(session)
    assert shown.review is not None

    with telling() as early:
        reported(shown.review, 2)
    with telling() as told:
        reported(shown.review, 4)

    assert early == {}
    assert told == {(session.topic_id, shown.review.kind, shown.pk): 1}
    assert state_of(shown.review) == (True, False, False)


def test_care_10_one_tag_reports_once(review: Review) -> None:
    tag = uuid4()

    for _ in range(5):
        assert report(review=review.pk, tag=tag, reason="advert") is True

    assert Report.objects.get().reason == "advert"
    assert changes_nothing(review=review, tag=tag, reason="advert")
    assert not changes_nothing(review=review, tag=tag, reason="unkind")
    assert not changes_nothing(review=review, tag=uuid4(), reason="unkind")
    assert state_of(review) == (False, False, False)


def test_whoever_is_worried_asks_for_care_and_folds_nothing(session: Session, review: Review) -> None:
    with telling() as told:
        reported(review, 5, "worried")

    assert state_of(review) == (False, True, False)
    assert told == {}
    reported(review, 2)
    assert state_of(review) == (False, True, False)
    reported(review, 1)
    assert state_of(review) == (True, True, False)


def test_care_10_who_is_worried_after_all_is_heard_and_counts_towards_nothing_any_more(
    session: Session, review: Review
) -> None:
    first, *_ = reported(review, 3)

    with telling() as told:
        assert not changes_nothing(review=review, tag=first, reason="worried")
        assert report(review=review.pk, tag=first, reason="worried") is True

    assert told == {(session.topic_id, "question", review.subject): 1}
    assert state_of(review) == (False, True, False)
    assert sorted(Report.objects.values_list("reason", flat=True)) == ["unkind", "unkind", "worried"]
    assert report(review=review.pk, tag=first, reason="advert") is True
    assert state_of(review) == (True, True, False)


def test_who_is_worried_is_heard_again_once_somebody_has_seen_to_it(review: Review) -> None:
    (tag,) = reported(review, 1, "worried")
    review.refresh_from_db()
    assert changes_nothing(review=review, tag=tag, reason="worried")

    Review.objects.update(care=False)
    review.refresh_from_db()

    assert not changes_nothing(review=review, tag=tag, reason="worried")
    report(review=review.pk, tag=tag, reason="worried")
    assert state_of(review) == (False, True, False)
    assert Report.objects.count() == 1


def test_what_was_folded_again_after_an_undo_stays_so_when_somebody_else_is_worried(review: Review) -> None:
    reported(review, 3)
    with transaction.atomic():
        keep(review=review)
        unkeep(review=review, folded=True)

    reported(review, 1, "worried")

    assert state_of(review) == (True, True, False)


def test_a_report_can_be_taken_back_and_two_are_too_few(session: Session, review: Review) -> None:
    first, *_ = reported(review, 3)
    (worried,) = reported(review, 1, "worried")

    with telling() as told:
        for tag in (first, first, uuid4(), worried):
            take_back_report(review=review.pk, tag=tag)

    assert told == {(session.topic_id, "question", review.subject): 1}
    assert state_of(review) == (False, True, False)
    assert Report.objects.count() == 2


@pytest.mark.parametrize("times", [1, 4])
def test_care_10_what_a_moderator_lets_stand_unfolds_and_is_immune(
    session: Session, review: Review, times: int
) -> None:
    reported(review, times)
    review.refresh_from_db()

    with telling() as told, transaction.atomic():
        keep(review=review)
    later = [report(review=review.pk, tag=uuid4(), reason="unkind") for _ in range(4)]

    assert later == [False] * 4
    assert not Report.objects.exists()
    assert state_of(review) == (False, False, True)
    changed = {(session.topic_id, "question", review.subject): 1}
    assert told == (changed if times >= 3 else {})


def test_undoing_that_lets_it_be_reported_and_folds_it_as_it_was(session: Session, review: Review) -> None:
    reported(review, 3)
    with transaction.atomic():
        keep(review=review)
        unkeep(review=review, folded=True)
    assert state_of(review) == (True, False, False)

    with transaction.atomic():
        keep(review=review)
        unkeep(review=review)

    assert state_of(review) == (False, False, False)
    reported(review, 3)
    assert state_of(review) == (True, False, False)


@pytest.mark.parametrize("state", [state for state in State if state != State.SHOWN])
def test_only_what_is_shown_can_be_reported(review: Review, state: str) -> None:
    Review.objects.update(state=state)

    for action in (
        lambda: report(review=review.pk, tag=uuid4(), reason="unkind"),
        lambda: take_back_report(review=review.pk, tag=uuid4()),
    ):
        with pytest.raises(Refusal) as refused:
            action()
        assert (refused.value.status, refused.value.code) == (404, "not-found")
    assert not Report.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_care_10_twenty_at_once_fold_once() -> None:
    session = a_session()
    shown = a_shown_question(session)

    with telling() as told:
        found = together(
            *(lambda: report(review=shown.review_id, tag=uuid4(), reason="other") for _ in range(20))
        )

    assert found == [True] * 20
    assert Report.objects.count() == 20
    assert told == {(session.topic_id, "question", shown.pk): 1}
    assert state_of(shown.review) == (True, False, False)


@pytest.mark.django_db(transaction=True)
def test_the_same_tag_ten_times_at_once_is_one_report() -> None:
    shown, tag = a_shown_question(a_session()), uuid4()

    found = together(*(lambda: report(review=shown.review_id, tag=tag, reason="other") for _ in range(10)))

    assert found == [True] * 10
    assert Report.objects.get().tag == tag
    assert state_of(shown.review) == (False, False, False)


@pytest.mark.django_db(transaction=True)
def test_three_who_change_to_worried_at_once_are_all_heard_and_it_unfolds_once() -> None:
    session = a_session()
    shown = a_shown_question(session)
    tags = reported(shown.review, 3)

    with telling() as told:
        found = together(
            *(
                lambda tag=tag: report(review=shown.review_id, tag=tag, reason="worried")  # type: ignore[misc]
                for tag in tags
            )
        )

    assert found == [True] * 3
    assert state_of(shown.review) == (False, True, False)
    assert told == {(session.topic_id, "question", shown.pk): 1}
    assert set(Report.objects.values_list("reason", flat=True)) == {"worried"}


@pytest.mark.django_db(transaction=True)
def test_what_is_let_stand_while_it_is_reported_stays_unfolded() -> None:
    for _ in range(3):
        shown = a_shown_question(a_session())

        def stand(ident: UUID = shown.review_id) -> None:
            with transaction.atomic():
                keep(review=Review.objects.select_for_update().get(pk=ident))

        found = together(
            stand,
            *(
                lambda ident=shown.review_id: report(review=ident, tag=uuid4(), reason="other")  # type: ignore[misc]
                for _ in range(6)
            ),
        )

        assert found[0] is None
        assert set(found[1:]) <= {True, False}
        assert state_of(shown.review) == (False, False, True)
        assert not Report.objects.filter(review=shown.review).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", ["edit", "withdraw"])
def test_reports_of_words_that_change_this_very_moment_are_gone_with_them(how: str) -> None:
    for _ in range(3):
        session = a_session(review="after")
        secret = an_asked_question(session)
        review = Review.objects.get(subject=secret.id)
        change = {"text": "Softer words."} if how == "edit" else {}

        found = together(
            *(
                lambda ident=review.pk: report(review=ident, tag=uuid4(), reason="unkind")  # type: ignore[misc]
                for _ in range(5)
            ),
            lambda session=session, secret=secret, change=change: getattr(questions, how)(  # type: ignore[misc]
                session=session, ident=secret.id, auth=secret.auth, **change
            ),
        )

        assert found[5] == ("shown" if how == "edit" else None)
        refused = [answer.code for answer in found[:5] if answer is not True]
        assert set(refused) <= {"not-found"}
        assert not Report.objects.exists()
        folded = Review.objects.filter(subject=secret.id).values_list("folded", flat=True)
        assert list(folded) == ([False] if how == "edit" else [])
