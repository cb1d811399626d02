"""The first start sets the day up, every later one only moves it."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.api.config.demo.conftest import NOW, SetUp
from tests.makers import an_event

from equalterms.config.demo import accounts, prepare_demo
from equalterms.config.demo.demo import seed_demo
from equalterms.lib import clock
from equalterms.lib.refusal import Refusal
from equalterms.people.actions import check_password
from equalterms.people.models import Account
from equalterms.programme.models import Event, Role
from equalterms.questions.models import Question

NOUNS = ("people", "programme", "safety", "questions", "threads")


def everything() -> dict[str, set[object]]:
    """The ids of every row there is of the domain."""
    models = [model for app in apps.get_app_configs() if app.label in NOUNS for model in app.get_models()]
    return {model.__name__: set(model._default_manager.values_list("pk", flat=True)) for model in models}


def test_the_accounts_that_are_told_can_sign_in_to_their_roles(leeds: SetUp) -> None:
    roles = []
    for told in leeds.accounts:
        account = check_password(email=told["email"], password=told["password"], origin="192.0.2.0/24")
        roles.append((told["role"], Role.objects.held(account, leeds.event.pk)))
    assert roles == [(role, {role}) for role in ("organiser", "moderator", "surgeon")]


def test_the_surgeon_who_signs_in_is_one_of_the_ten(leeds: SetUp) -> None:
    account = Account.objects.get(email=leeds.accounts[2]["email"])
    assert account.surgeon.name == "Delphine O."


def test_the_accounts_stand_in_a_file_for_its_owner_alone(leeds: SetUp) -> None:
    assert accounts.read(leeds.home) == leeds.accounts
    assert (leeds.home / "demo-accounts.json").stat().st_mode & 0o777 == 0o600


def test_a_second_start_changes_no_id_and_no_password(a_try: SetUp) -> None:
    before, codes = everything(), set(a_try.event.sessions.values_list("code", flat=True))

    again = seed_demo(a_try.home, a_try.now + timedelta(days=3))

    assert again == a_try.accounts
    assert everything() == before
    assert set(a_try.event.sessions.values_list("code", flat=True)) == codes


def test_a_second_start_takes_no_more_than_three_queries_a_session(a_try: SetUp) -> None:
    with CaptureQueriesContext(connection) as queries:
        seed_demo(a_try.home, a_try.now + timedelta(days=1))

    assert len(queries) <= 3 * a_try.event.sessions.count() + 10, len(queries)


def test_a_second_start_keeps_what_people_wrote(a_try: SetUp) -> None:
    question = Question.objects.shown().first()
    assert question is not None
    Question.objects.filter(pk=question.pk).update(text="Written by somebody who tried it out")

    seed_demo(a_try.home, a_try.now + timedelta(days=1))

    assert Question.objects.get(pk=question.pk).text == "Written by somebody who tried it out"


def test_with_its_file_gone_the_staff_get_new_passwords_and_are_told(
    a_try: SetUp, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fresh = seed_demo(tmp_path, a_try.now)

    assert "new passwords" in capsys.readouterr().out
    assert accounts.read(tmp_path) == fresh
    assert [a["email"] for a in fresh] == [a["email"] for a in a_try.accounts]
    account = check_password(email=fresh[0]["email"], password=fresh[0]["password"], origin="192.0.2.0/24")
    assert account.check_password(a_try.accounts[0]["password"]) is False


def test_a_first_start_says_nothing_of_lost_files(leeds: SetUp, capsys: pytest.CaptureFixture[str]) -> None:
    seed_demo(leeds.home, leeds.now)

    assert capsys.readouterr().out == ""


@pytest.mark.django_db
def test_another_day_at_its_address_is_left_alone(tmp_path: Path) -> None:
    own = an_event(slug="leeds", title="Our own day in Leeds")

    with pytest.raises(Refusal) as refused:
        seed_demo(tmp_path, NOW)

    assert refused.value.code == "slug-taken"
    assert list(Event.objects.values_list("pk", "title")) == [(own.pk, "Our own day in Leeds")]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db
def test_it_stands_beside_the_days_that_are_there_already(tmp_path: Path) -> None:
    own = an_event()

    told = prepare_demo(tmp_path)

    assert {account["role"] for account in told} == {"organiser", "moderator", "surgeon"}
    assert set(Event.objects.values_list("slug", flat=True)) == {own.slug, "leeds"}
    leeds = Event.objects.get(slug="leeds")
    seen = clock.now() + timedelta(seconds=leeds.clock_offset)
    assert leeds.starts < seen < leeds.ends
    assert isinstance(leeds.pk, UUID)
