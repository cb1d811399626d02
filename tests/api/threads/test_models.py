import pytest
from django.db import IntegrityError, transaction
from tests.makers import a_session, a_shown_comment, a_surgeon

from equalterms.programme.models import Session
from equalterms.safety.models import Review
from equalterms.threads.models import Comment, Voice

pytestmark = pytest.mark.django_db


def a_staff_comment(session: Session, **fields: object) -> Comment:
    return Comment.objects.create(session=session, text="Welcome.", staff=True, slot=0, **fields)


def test_a_byline_names_staff_and_nobody_else() -> None:
    session = a_session()
    surgeon, hidden = a_surgeon(name="Ama"), a_surgeon(name="Bo", published=False)
    said = [
        Comment.objects.with_names().get(pk=a_shown_comment(session).pk),
        a_staff_comment(session, surgeon=surgeon),
        a_staff_comment(session, surgeon=hidden),
        a_staff_comment(session),
    ]

    lines = [(comment.speaker, comment.byline, comment.profile) for comment in said]

    assert lines == [
        ("person", "Person 1", None),
        ("surgeon", "Ama", surgeon.pk),
        ("surgeon", "a surgeon", None),
        ("staff", "the organisers", None),
    ]


def test_only_shown_comments_pass_the_door_and_staff_need_no_review() -> None:
    session = a_session()
    shown, staff = a_shown_comment(session), a_staff_comment(session, shown=1)
    for state in ("held", "approved", "returned", "hidden"):
        Review.objects.filter(subject=a_shown_comment(session).pk).update(state=state)

    assert set(Comment.objects.shown()) == {shown, staff}


def test_a_thread_holds_no_fourth_level_and_no_number_twice() -> None:
    session = a_session()
    Voice.objects.create(session=session, mark=b"a" * 32, number=1)

    with pytest.raises(IntegrityError), transaction.atomic():
        a_staff_comment(session, depth=4)
    with pytest.raises(IntegrityError), transaction.atomic():
        Voice.objects.create(session=session, mark=b"b" * 32, number=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Voice.objects.create(session=session, mark=b"a" * 32)
    Voice.objects.create(session=a_session(session.event), mark=b"a" * 32, number=1)
