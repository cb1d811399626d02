from datetime import timedelta

import pytest
from tests.makers import a_role, a_session, a_surgeon, an_account, an_event

from equalterms.lib import clock
from equalterms.programme.models import Role
from equalterms.programme.staff import MeSerializer

pytestmark = pytest.mark.django_db


def test_me_holds_roles_and_the_own_profile_private_fields_included() -> None:
    event = an_event()
    account = a_role(event, "moderator", an_account(name="Tom"))
    surgeon = a_surgeon(account=account)

    me = MeSerializer(account).data

    assert [(role["event"]["id"], role["role"], role["session"], role["until"]) for role in me["roles"]] == [
        (str(event.pk), "moderator", None, None)
    ]
    assert me["surgeon"]["id"] == str(surgeon.pk)
    assert MeSerializer(an_account()).data["surgeon"] is None


def test_a_role_of_one_session_says_so_until_its_time_is_over() -> None:
    session, now = a_session(), clock.now().replace(microsecond=0)
    account = an_account(email=None)
    lasting, over = now + timedelta(hours=1), now - timedelta(hours=1)
    for one, until in ((session, lasting), (a_session(session.event), over)):
        Role.objects.create(account=account, event=session.event, session=one, role="moderator", until=until)

    me = MeSerializer(account).data

    assert me["email"] == ""
    assert [(role["session"]["code"], role["until"]) for role in me["roles"]] == [
        (session.code, clock.iso(lasting))
    ]
