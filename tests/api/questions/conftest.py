import pytest
from tests.askers import Phone
from tests.makers import a_session, an_event

from equalterms.programme.models import Session


@pytest.fixture
def session() -> Session:
    return a_session(an_event(proof=True))


@pytest.fixture
def phone() -> Phone:
    return Phone()
