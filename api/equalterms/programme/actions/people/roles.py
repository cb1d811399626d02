"""Taking somebody's role away."""

from django.db import transaction

from equalterms.lib.refusal import Refusal
from equalterms.people.actions import note_act
from equalterms.people.models import Account
from equalterms.programme.models import Event, Role, RoleKind
from equalterms.programme.rules import reviews_there


def remove_role(*, role: Role, account: Account) -> None:
    """Takes a role away; the very next call finds it gone. A safety lead who decides there no more is none
    any more. Of two organisers who remove each other at once, one stays.

    Refuses `last-organiser`.
    """
    with transaction.atomic():
        rows = Role.objects.select_for_update(of=("self",)).filter(event=role.event_id, session=None)
        keeping = rows.filter(role=RoleKind.ORGANISER, account__is_active=True).order_by("pk")
        if [one.pk for one in keeping] == [role.pk]:
            said = "Somebody has to run this day. Please invite another organiser first."
            raise Refusal("last-organiser", said)
        if not Role.objects.filter(pk=role.pk).delete()[0]:
            return
        _free_lead(role)
        note_act(
            account=account, event=role.event_id, act="remove-role", kind="account", subject=role.account_id,
            reason=role.role,
        )  # fmt: skip


def _free_lead(role: Role) -> None:
    leads = Event.objects.filter(pk=role.event_id, safety_lead=role.account_id)
    if not reviews_there(role.account_id, role.event):
        leads.update(safety_lead=None)
