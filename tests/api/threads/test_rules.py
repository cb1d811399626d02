from uuid import uuid4

import pytest
from tests.makers import a_role, a_session, a_shown_comment, a_surgeon, an_event

from equalterms.lib.refusal import Refusal
from equalterms.safety.models import Review
from equalterms.threads.models import Comment
from equalterms.threads.rules import depth_under, may_change, speaks_as

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("roles", "by_name"),
    [({"surgeon"}, True), ({"surgeon", "organiser"}, True), ({"moderator"}, False), ({"organiser"}, False)],
)
def test_surgeons_speak_by_name_and_those_who_run_the_day_as_one(roles: set[str], by_name: bool) -> None:
    account = a_role(an_event(), "surgeon")
    surgeon = a_surgeon(account=account)

    assert speaks_as(account, roles) == (surgeon if by_name else None)


def test_staff_change_their_own_words_and_the_organisers_each_others() -> None:
    session = a_session()
    ama, bo = a_role(session.event, "surgeon"), a_role(session.event, "surgeon")
    moderator = a_role(session.event, "moderator")
    amas = Comment(session=session, staff=True, surgeon=a_surgeon(account=ama))
    organisers = Comment(session=session, staff=True)
    anonymous = a_shown_comment(session)

    allowed = {
        (name, place)
        for name, account, roles in (
            ("ama", ama, {"surgeon"}),
            ("bo", bo, {"surgeon"}),
            ("moderator", moderator, {"moderator"}),
        )
        for place, comment in enumerate((amas, organisers, anonymous))
        if may_change(account, comment, roles)
    }

    assert allowed == {("ama", 0), ("moderator", 1)}


def test_replies_go_three_levels_deep() -> None:
    session = a_session()
    comments = [a_shown_comment(session, depth=depth) for depth in (1, 2, 3)]

    assert depth_under(session, None) == 1
    assert [depth_under(session, comment.pk) for comment in comments[:2]] == [2, 3]
    with pytest.raises(Refusal) as refusal:
        depth_under(session, comments[2].pk)
    assert (refusal.value.code, refusal.value.status) == ("thread-too-deep", 409)


@pytest.mark.parametrize("where", ["nowhere", "another session", "held"])
def test_what_is_replied_to_is_shown_in_the_same_session(where: str) -> None:
    session = a_session()
    comment = a_shown_comment(a_session(session.event) if where == "another session" else session)
    if where == "held":
        Review.objects.filter(pk=comment.review_id).update(state="held")

    with pytest.raises(Refusal) as refusal:
        depth_under(session, uuid4() if where == "nowhere" else comment.pk)

    assert (refusal.value.code, refusal.value.status) == ("parent-gone", 409)
