"""A session and the people who look after it."""

import pytest
from tests.makers import a_role, a_session, a_surgeon
from tests.staff import Caller

from equalterms.programme.models import Session


@pytest.fixture
def session() -> Session:
    return a_session()


@pytest.fixture
def moderator(session: Session) -> Caller:
    return Caller(a_role(session.event, "moderator"))


@pytest.fixture
def surgeon(session: Session) -> Caller:
    account = a_role(session.event, "surgeon")
    a_surgeon(session.event, account=account, name="Ama")
    return Caller(account)
