from uuid import uuid4

import pytest
from tests.makers import a_role, a_session, a_shown_comment, a_shown_question, an_account, an_event

from equalterms.desk import rules
from equalterms.lib.refusal import Refusal
from equalterms.people.models import Account
from equalterms.programme.models import RoleKind
from equalterms.programme.rules import ANSWERERS, REVIEWERS
from equalterms.questions.actions import answer
from equalterms.safety.models import Review
from equalterms.threads.actions import speak

pytestmark = pytest.mark.django_db


def refusal_of(call: object, *given: object) -> tuple[int, str] | None:
    try:
        call(*given)  # type: ignore[operator]
    except Refusal as refusal:
        return refusal.status, refusal.code
    return None


@pytest.mark.parametrize("role", RoleKind.values)
def test_moderators_and_organisers_decide_and_all_but_the_door_answer(role: str) -> None:
    event = an_event()
    account = a_role(event, role)

    deciding = refusal_of(rules.admit, account, event.pk, REVIEWERS)
    answering = refusal_of(rules.admit, account, event.pk, ANSWERERS)

    assert (deciding is None) == (role in {"moderator", "organiser"})
    assert (answering is None) == (role != "door")
    assert {deciding, answering} <= {None, (403, "not-yours")}


@pytest.mark.parametrize("stranger", [an_account, lambda: a_role(an_event(), "organiser")])
def test_to_others_staff_nothing_is_there(stranger: "type[Account]") -> None:
    session, account = a_session(), stranger()
    question, comment = a_shown_question(session), a_shown_comment(session)
    surgeon = a_role(session.event, "surgeon")
    given = answer(question=question.pk, account=surgeon, text="Like this.")
    said = speak(session=session, account=surgeon, roles={"surgeon"}, text="Welcome.")

    refusals = [
        refusal_of(rules.review_for, account, question.review_id),
        refusal_of(rules.review_for, account, comment.review_id),
        refusal_of(rules.question_for, account, question.pk),
        refusal_of(rules.answer_for, account, given.pk),
        refusal_of(rules.comment_for, account, said.pk),
    ]

    assert refusals == [(404, "not-found")] * 5


def test_what_is_not_there_is_not_found_and_an_edited_review_is_superseded() -> None:
    account = a_role(an_event(), "moderator")

    assert refusal_of(rules.review_for, account, uuid4()) == (409, "review-superseded")
    for find in (rules.question_for, rules.answer_for, rules.comment_for):
        assert refusal_of(find, account, uuid4()) == (404, "not-found")


def test_a_question_under_review_is_not_there_to_answer() -> None:
    session = a_session()
    question = a_shown_question(session)
    Review.objects.update(state="held")

    found = refusal_of(rules.question_for, a_role(session.event, "surgeon"), question.pk)

    assert found == (404, "not-found")


def test_whoever_gave_an_answer_changes_it_and_so_do_organisers() -> None:
    session = a_session()
    author = a_role(session.event, "surgeon")
    given = answer(question=a_shown_question(session).pk, account=author, text="Like this.")

    assert rules.answer_for(author, given.pk) == given
    assert rules.answer_for(a_role(session.event, "organiser"), given.pk) == given
    for role in ("surgeon", "moderator"):
        other = a_role(session.event, role)
        assert refusal_of(rules.answer_for, other, given.pk) == (403, "not-yours")


def test_a_comment_of_an_asker_is_not_staffs_to_change() -> None:
    session = a_session()
    comment = a_shown_comment(session)

    found = refusal_of(rules.comment_for, a_role(session.event), comment.pk)

    assert found == (404, "not-found")


def test_desks_count_only_what_has_been_taken_in() -> None:
    session = a_session()
    for state, taken_in in (("held", True), ("held", False), ("approved", True), ("shown", True)):
        comment = a_shown_comment(session)
        Review.objects.filter(subject=comment.pk).update(state=state, taken_in=taken_in)
    a_shown_comment(a_session())

    assert rules.counts_of(session.event) == {"held": 1, "approved": 1}
    assert [(row.held, row.shown) for row in rules.sessions_with_counts(session.event)] == [(1, 1)]  # type: ignore[attr-defined]
