"""Whatever became of what was sent, bytes from memory are the view's own, and hold no more than it shows."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.makers import a_role, a_session_going_on, a_surgeon
from tests.merging import joined, shown
from tests.sent import SHOW, a_said_comment, an_asked_question, review_of
from tests.serving import Site

from equalterms.desk.actions import Decision, decide
from equalterms.people.models import Account
from equalterms.programme.models import RoleKind, Session
from equalterms.questions import actions as questions
from equalterms.questions.models import Question
from equalterms.safety.actions import report
from equalterms.safety.profile.receipt import Secret
from equalterms.threads import actions as threads

Fate = Callable[[Session, Account, str], None]
HIDE, RETURN = Decision("hide", "personal"), Decision("return", "personal")


def held(session: Session, staff: Account, text: str) -> None:
    an_asked_question(session, text)


def for_surgeons(session: Session, staff: Account, text: str) -> None:
    shown(session, text, audience="surgeons")


def for_everybody(session: Session, staff: Account, text: str) -> Secret:
    return shown(session, text, warning="loud" if len(text) % 2 else "")


def with_an_answer(session: Session, staff: Account, text: str) -> None:
    questions.answer(question=for_everybody(session, staff, text).id, account=staff, text=text)


def voted(session: Session, staff: Account, text: str) -> None:
    asked = Question.objects.get(pk=for_everybody(session, staff, text).id)
    questions.vote(question=asked, tag=uuid4())
    questions.publish_tallies([asked.pk])


def withdrawn(session: Session, staff: Account, text: str) -> None:
    secret = for_everybody(session, staff, text)
    questions.withdraw(session=session, ident=secret.id, auth=secret.auth)


def hidden(session: Session, staff: Account, text: str) -> None:
    secret = for_everybody(session, staff, text)
    decide(review=review_of(secret), account=staff, decision=HIDE)


def returned(session: Session, staff: Account, text: str) -> None:
    decide(review=review_of(an_asked_question(session, text)), account=staff, decision=RETURN)


def folded(session: Session, staff: Account, text: str) -> None:
    secret = for_everybody(session, staff, text)
    for _ in range(3):
        report(review=review_of(secret), tag=uuid4(), reason="unkind")


def merged(session: Session, staff: Account, text: str) -> None:
    joined(session, for_everybody(session, staff, text), for_everybody(session, staff, text + "?"))


def said(session: Session, staff: Account, text: str) -> Secret:
    secret = a_said_comment(session, text)
    decide(review=review_of(secret), account=staff, decision=SHOW)
    return secret


def said_and_folded(session: Session, staff: Account, text: str) -> None:
    secret = said(session, staff, text)
    for _ in range(3):
        report(review=review_of(secret), tag=uuid4(), reason="unkind")


def said_and_withdrawn(session: Session, staff: Account, text: str) -> None:
    secret = said(session, staff, text)
    threads.withdraw(session=session, ident=secret.id, auth=secret.auth)


# What becomes of something, and whether its words are on the page then (what is folded opens on the phone).
FATES: dict[Fate, bool] = {
    held: False, for_surgeons: False, withdrawn: False, hidden: False, returned: False,
    said_and_withdrawn: False,
    for_everybody: True, with_an_answer: True, voted: True, merged: True, said: True, folded: True,
    said_and_folded: True,
}  # fmt: skip


def pages(session: Session) -> list[str]:
    event = session.event
    return [
        f"/api/v1/sessions/{session.pk}/live/",
        f"/api/v1/events/{event.slug}/live/",
        f"/api/v1/events/{event.pk}/",
    ]


@pytest.mark.django_db(transaction=True)
def test_bytes_from_memory_are_the_views_in_every_state(site: Site) -> None:
    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(fates=st.lists(st.sampled_from(list(FATES)), min_size=1, max_size=6))
    def check(fates: list[Fate]) -> None:
        session = a_session_going_on()
        staff = a_surgeon(session.event, session, account=a_role(session.event, RoleKind.MODERATOR)).account
        marks = [f"mark-{uuid4().hex}" for _ in fates]
        for number, fate in enumerate(fates):
            fate(session, staff, marks[number])
            for path in pages(session):
                from_memory, view = site.call(path), site.call(path + "?past")
                assert (from_memory.status, from_memory.body) == (view.status, view.body)
        live = site.call(pages(session)[0]).body.decode()
        assert [mark in live for mark in marks] == [FATES[fate] for fate in fates]

    check()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("fate", FATES, ids=lambda fate: str(fate.__name__))
def test_each_state_is_as_it_says(site: Site, fate: Fate) -> None:
    session = a_session_going_on()
    staff = a_surgeon(session.event, session, account=a_role(session.event, RoleKind.MODERATOR)).account
    mark = f"mark-{uuid4().hex}"

    fate(session, staff, mark)

    assert (mark in site.call(pages(session)[0]).body.decode()) is FATES[fate]
