"""Who runs a day, for its organisers."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from equalterms.lib import pages
from equalterms.lib.api.access import ApiView, Door
from equalterms.lib.refusal import not_found
from equalterms.people.rules import signed_in
from equalterms.programme import actions
from equalterms.programme.models import Role, RoleKind
from equalterms.programme.rules import event_for
from equalterms.programme.staff import RoleSerializer
from equalterms.programme.views.answers import refusal


class RolesView(ApiView):
    """Everybody with a role, co-moderators too, as long as their time lasts."""

    doors = {"GET": Door.STAFF}

    @extend_schema(
        operation_id="list_roles", parameters=pages.PARAMETERS, responses=pages.schema_of(RoleSerializer)
    )
    def get(self, request: Request, event: str) -> Response:
        account = signed_in(request)
        found = event_for(account, event, RoleKind.ORGANISER)
        rows = Role.objects.current().filter(event=found).select_related("account", "session")
        return pages.page(request, rows, ["role", "id"], RoleSerializer, {"me": account.pk})


class RoleView(ApiView):
    """Taking a role away. It ends at once; a day keeps its last organiser."""

    doors = {"DELETE": Door.STAFF}

    @extend_schema(operation_id="remove_role", responses={204: None, 409: refusal("`last-organiser`")})
    def delete(self, request: Request, event: str, role: UUID) -> Response:
        account = signed_in(request)
        found = event_for(account, event, RoleKind.ORGANISER)
        held = Role.objects.filter(event=found, pk=role).select_related("event").first()
        if held is None:
            raise not_found()
        actions.remove_role(role=held, account=account)
        return Response(status=204)
