from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory, force_authenticate
from tests.makers import a_surgeon, an_account

from equalterms.people.rules import owns, signed_in

pytestmark = pytest.mark.django_db


def call(user: Any) -> Request:
    raw = APIRequestFactory().get("/")
    force_authenticate(raw, user)
    request = Request(raw)
    request.user = user
    return request


def test_a_signed_in_call_has_an_account_and_another_is_refused() -> None:
    account = an_account()

    assert signed_in(call(account)) == account
    with pytest.raises(NotAuthenticated):
        signed_in(call(AnonymousUser()))


def test_a_profile_is_its_accounts_own() -> None:
    account = an_account()

    assert owns(account, a_surgeon(account=account))
    assert not owns(account, a_surgeon())
