"""Inviting people to run a day, and taking it up."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from equalterms.lib import pages
from equalterms.lib.api.access import ApiView, Door
from equalterms.lib.api.fields import valid
from equalterms.people.actions import tokens_for
from equalterms.people.rules import signed_in
from equalterms.people.serializers import TokensSerializer
from equalterms.programme import actions
from equalterms.programme.models import RoleKind
from equalterms.programme.requests import (
    AcceptanceSerializer,
    InvitationTokenSerializer,
    NewInvitationSerializer,
)
from equalterms.programme.rules import event_for
from equalterms.programme.serializers import (
    InvitationLinkSerializer,
    InvitationLookSerializer,
    InvitationSerializer,
)
from equalterms.programme.views.answers import origin, refusal

OVER = refusal("`invitation-over`: used, too old or unknown.")


class InvitationsView(ApiView):
    """The invitations of an event, for its organisers."""

    doors = {"GET": Door.STAFF, "POST": Door.STAFF}

    @extend_schema(
        operation_id="list_invitations",
        parameters=pages.PARAMETERS,
        responses=pages.schema_of(InvitationSerializer),
    )
    def get(self, request: Request, event: str) -> Response:
        rows = event_for(signed_in(request), event, RoleKind.ORGANISER).invitations.all()
        return pages.page(request, rows, ["-expires", "id"], InvitationSerializer)

    @extend_schema(
        operation_id="invite", request=NewInvitationSerializer, responses={201: InvitationLinkSerializer}
    )
    def post(self, request: Request, event: str) -> Response:
        account = signed_in(request)
        found = event_for(account, event, RoleKind.ORGANISER)
        data = valid(NewInvitationSerializer(data=request.data))
        invitation, url = actions.invite(event=found, account=account, origin=origin(request), **data)
        return Response(InvitationLinkSerializer({"url": url, "expires": invitation.expires}).data, 201)


class LookView(ApiView):
    """What an invitation is for. Asked by POST, as its token belongs in no log."""

    doors = {"POST": Door.PUBLIC}

    @extend_schema(
        operation_id="look_at_invitation",
        request=InvitationTokenSerializer,
        responses={200: InvitationLookSerializer, 410: OVER},
    )
    def post(self, request: Request) -> Response:
        data = valid(InvitationTokenSerializer(data=request.data))
        return Response(InvitationLookSerializer(actions.open_invitation(data["token"])).data)


class AcceptView(ApiView):
    """Takes up an invitation and signs in."""

    doors = {"POST": Door.PUBLIC}

    @extend_schema(
        operation_id="accept_invitation",
        request=AcceptanceSerializer,
        responses={
            200: TokensSerializer,
            401: refusal("`wrong-sign-in`: this e-mail has an account with another password."),
            409: refusal("`email-taken`: just now; try again."),
            410: OVER,
            429: refusal("`slow-down`"),
        },
    )
    def post(self, request: Request) -> Response:
        data = valid(AcceptanceSerializer(data=request.data))
        account = actions.accept(**data, network=request.META.get("REMOTE_ADDR", ""))
        return Response(TokensSerializer(tokens_for(account)).data)
