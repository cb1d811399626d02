"""Comments in their public form."""

import pytest
from rest_framework.renderers import JSONRenderer
from rest_framework.serializers import Serializer
from tests.makers import a_role, a_session, a_shown_comment, a_surgeon

from equalterms.threads import actions
from equalterms.threads.models import Comment
from equalterms.threads.serializers import CommentSerializer

pytestmark = pytest.mark.django_db


def test_a_printed_comment_is_what_its_fields_say() -> None:
    """The fields are the contract; what is printed does without them, for speed."""
    session = a_session()
    first = a_shown_comment(session, thanks=3)
    reply = a_shown_comment(session, parent=first.pk, depth=2, edited=True)
    surgeon = a_role(session.event, "surgeon")
    a_surgeon(account=surgeon, name="Priya")
    actions.speak(session=session, account=surgeon, roles={"surgeon"}, text="Here is how.", parent=reply.pk)
    actions.speak(session=session, account=a_role(session.event), roles=set(), text="Welcome.")
    rows = Comment.objects.with_names()

    assert {row.speaker for row in rows} == {"person", "surgeon", "staff"}
    for row in rows:
        serializer = CommentSerializer(row)
        by_fields = Serializer.to_representation(serializer, row)

        assert JSONRenderer().render(serializer.data) == JSONRenderer().render(by_fields)
        assert list(serializer.data) == list(serializer.fields)
