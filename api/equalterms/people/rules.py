"""Who somebody is, and whose profile is whose."""

from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request

from equalterms.people.models import Account, Surgeon


def signed_in(request: Request) -> Account:
    """The account behind a call through the STAFF door."""
    if not isinstance(request.user, Account):
        raise NotAuthenticated
    return request.user


def owns(account: Account, surgeon: Surgeon) -> bool:
    return surgeon.account_id == account.pk
