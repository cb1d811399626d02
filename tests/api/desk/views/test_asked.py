import pytest
from tests.api.desk.waiting import asked, queue_of
from tests.makers import a_session, a_shown_comment
from tests.staff import Caller, problem

from equalterms.programme.models import Session

pytestmark = pytest.mark.django_db


def test_a_queue_is_narrowed_by_state_and_session(session: Session, moderator: Caller) -> None:
    other, foreign = a_session(session.event), a_session()
    here, there = asked(session), asked(other)
    shown = a_shown_comment(session)

    def listed(query: str) -> list[str]:
        return [row["id"] for row in moderator.get(queue_of(session) + query).json()["results"]]

    assert set(listed("")) == {str(here.pk), str(there.pk)}
    assert listed(f"?session={other.code}") == listed(f"?session={other.pk}") == [str(there.pk)]
    assert listed("?state=shown") == [str(shown.review_id)]
    assert listed(f"?session={foreign.pk}") == listed("?session=nowhere") == []


@pytest.mark.parametrize("query", ["?state=withdrawn", "?state=", "?page_size=0", "?cursor=aa.bb"])
def test_bad_queries_are_refused(session: Session, moderator: Caller, query: str) -> None:
    assert problem(moderator.get(queue_of(session) + query)) == (400, "invalid")
    questions = f"desk/events/{session.event_id}/questions/"
    assert problem(moderator.get(questions + query)) == (400, "invalid")
