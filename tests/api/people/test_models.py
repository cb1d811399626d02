import pytest
from django.db import IntegrityError
from tests.makers import a_surgeon, an_account

from equalterms.people.models import Account, Surgeon

pytestmark = pytest.mark.django_db


def test_an_e_mail_is_kept_in_small_letters_and_belongs_to_one_account() -> None:
    account = an_account(email="Tom@Example.org")

    assert account.email == "tom@example.org"
    assert Account.objects.get_by_natural_key("TOM@example.org") == account
    with pytest.raises(IntegrityError):
        an_account(email="TOM@EXAMPLE.ORG")


def test_only_published_profiles_are_listed() -> None:
    published, _ = a_surgeon(), a_surgeon(published=False)

    assert list(Surgeon.objects.listed()) == [published]


def test_a_profile_shows_the_fields_its_owner_chose_and_outlives_the_account() -> None:
    account = an_account()
    surgeon = a_surgeon(account=account, public=["labels"])

    assert [field for field in Surgeon.CHOOSABLE if surgeon.shows(field)] == ["labels"]
    account.delete()
    surgeon.refresh_from_db()
    assert surgeon.account is None
