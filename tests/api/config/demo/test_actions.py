"""Who runs the demonstration, and how recent it looks."""

import pytest
from tests.api.config.demo.conftest import SetUp
from tests.makers import an_event

from equalterms.config.demo import content
from equalterms.config.demo.actions import Staff, employ, seat_surgeon, settle
from equalterms.lib.clock import SLOT, slot
from equalterms.people.models import Account, Surgeon
from equalterms.programme.models import Role
from equalterms.questions.models import Answer, Question
from equalterms.safety.models import Review
from equalterms.threads.models import Comment

PROFILE = content.leeds().surgeons[0]


@pytest.mark.django_db
def test_staff_get_one_account_however_often_they_are_settled() -> None:
    staff = Staff("moderator", "The moderator")

    first = settle(staff=staff, password_hash="one")
    second = settle(staff=staff, password_hash="two")

    assert (first.pk, second.password) == (second.pk, "two")
    assert second.email == "moderator@leeds.example.org"


@pytest.mark.django_db
def test_a_surgeon_of_the_demonstration_speaks_but_cannot_sign_in() -> None:
    event = an_event()

    account = seat_surgeon(event=event, profile=PROFILE)

    assert not account.has_usable_password()
    assert Role.objects.held(account, event.pk) == {"surgeon"}
    assert (account.surgeon.name, account.surgeon.published) == (PROFILE.name, True)
    assert event.listings.get().surgeon == account.surgeon


@pytest.mark.django_db
def test_seating_and_employing_twice_changes_nothing() -> None:
    event = an_event()
    for _ in range(2):
        account = seat_surgeon(event=event, profile=PROFILE)
        employ(account=account, event=event, role="surgeon")

    assert (Account.objects.count(), Surgeon.objects.count(), Role.objects.count()) == (1, 1, 1)


def test_everything_said_lies_in_the_last_two_hours_on_the_quarter(leeds: SetUp) -> None:
    newest = slot(leeds.now)
    for rows in (Question.objects.shown(), Comment.objects.shown(), Answer.objects.filter(sealed=False)):
        slots = set(rows.values_list("slot", flat=True))
        assert max(slots) == newest
        assert min(slots) >= newest - 6 * SLOT
        assert {at % SLOT for at in slots} == {0}


def test_what_was_shown_later_is_no_older(leeds: SetUp) -> None:
    for session in leeds.event.sessions.all():
        for rows in (Question.objects.shown(), Comment.objects.shown()):
            slots = list(rows.filter(session=session).order_by("shown").values_list("slot", flat=True))
            assert slots == sorted(slots)


def test_a_review_says_the_same_quarter_as_what_it_showed(leeds: SetUp) -> None:
    shown = Question.objects.shown().values_list("pk", "slot")
    assert dict(shown) == dict(
        Review.objects.filter(subject__in=[pk for pk, _ in shown]).values_list("subject", "slot")
    )
