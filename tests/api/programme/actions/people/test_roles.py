import pytest
from tests.api.programme.actions.people.test_invitations import at_once
from tests.makers import a_role, an_account, an_event

from equalterms.lib.refusal import Refusal
from equalterms.people.models import Account, Act
from equalterms.programme.actions import remove_role
from equalterms.programme.models import Event, Role

pytestmark = pytest.mark.django_db


def role_of(account: Account, role: str = "organiser") -> Role:
    return Role.objects.select_related("event").get(account=account, role=role)


def test_taking_a_role_away_is_a_line_of_the_audit_list() -> None:
    event = an_event()
    organiser, tom = a_role(event), a_role(event, "door")

    remove_role(role=role_of(tom, "door"), account=organiser)

    act = Act.objects.get()
    assert (act.account, act.act, act.kind, act.subject, act.reason) == (
        organiser, "remove-role", "account", tom.pk, "door",
    )  # fmt: skip
    assert Role.objects.held(tom, event.pk) == set()


def test_the_last_organiser_who_can_sign_in_stays() -> None:
    event = an_event()
    last, closed = a_role(event), a_role(event, account=an_account(is_active=False))

    with pytest.raises(Refusal) as refusal:
        remove_role(role=role_of(last), account=last)
    assert refusal.value.code == "last-organiser"

    remove_role(role=role_of(closed), account=last)
    assert Role.objects.get().account == last


def test_a_safety_lead_who_decides_there_no_more_is_none() -> None:
    event = an_event()
    organiser, tom = a_role(event), a_role(event, "moderator")
    a_role(event, "surgeon", tom)
    Event.objects.update(safety_lead=tom)

    remove_role(role=role_of(tom, "surgeon"), account=organiser)
    assert Event.objects.get().safety_lead == tom
    remove_role(role=role_of(tom, "moderator"), account=organiser)
    assert Event.objects.get().safety_lead is None


@pytest.mark.django_db(transaction=True)
def test_of_two_organisers_who_remove_each_other_at_once_one_stays() -> None:
    event = an_event()
    ann, bo = a_role(event), a_role(event)
    roles = [(role_of(ann), bo), (role_of(bo), ann)]

    said = at_once([lambda pair=pair: remove_role(role=pair[0], account=pair[1]) for pair in roles])

    assert said == ["done", "last-organiser"]
    assert Role.objects.count() == 1
