import pytest
from tests.makers import a_role, an_event

from equalterms.safety.rules import may_review

pytestmark = pytest.mark.django_db


def test_moderators_and_organisers_of_this_event_review() -> None:
    event, other = an_event(), an_event()

    allowed = {
        role: may_review(a_role(event, role), event.pk)
        for role in ("organiser", "moderator", "surgeon", "door")
    }

    assert allowed == {"organiser": True, "moderator": True, "surgeon": False, "door": False}
    assert not may_review(a_role(other, "moderator"), event.pk)
