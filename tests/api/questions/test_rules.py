from uuid import uuid4

import pytest
from tests.makers import a_role, an_event

from equalterms.questions.rules import may_answer, may_change_answer

pytestmark = pytest.mark.django_db


def test_surgeons_moderators_and_organisers_answer() -> None:
    event = an_event()

    allowed = {
        role: may_answer(a_role(event, role), event.pk)
        for role in ("organiser", "moderator", "surgeon", "door")
    }

    assert allowed == {"organiser": True, "moderator": True, "surgeon": True, "door": False}


def test_an_answer_is_changed_by_whoever_gave_it_and_by_organisers() -> None:
    event = an_event()
    author, other, organiser = (a_role(event, role) for role in ("surgeon", "surgeon", "organiser"))

    assert may_change_answer(author, author.pk, event.pk)
    assert not may_change_answer(other, author.pk, event.pk)
    assert not may_change_answer(other, None, event.pk)
    assert may_change_answer(organiser, uuid4(), event.pk)
