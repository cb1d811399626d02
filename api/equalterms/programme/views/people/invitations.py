"""Inviting people to run a day, letting them in anew, and how they come in."""

from uuid import UUID

from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from equalterms.lib import pages
from equalterms.lib.api.access import ApiView, Door
from equalterms.lib.api.fields import valid
from equalterms.lib.refusal import not_found
from equalterms.people.actions import tokens_for
from equalterms.people.models import Account
from equalterms.people.rules import signed_in
from equalterms.people.serializers import TokensSerializer
from equalterms.programme import actions
from equalterms.programme.models import Invitation, InvitationKind, RoleKind
from equalterms.programme.requests import (
    AcceptanceSerializer,
    AnyAcceptanceSerializer,
    InvitationTokenSerializer,
    NewCoModeratorSerializer,
    NewInvitationSerializer,
    NewPasswordLinkSerializer,
    PasswordAcceptanceSerializer,
    SessionAcceptanceSerializer,
)
from equalterms.programme.rules import event_for, session_for
from equalterms.programme.staff import (
    CoModeratorLinkSerializer,
    InvitationLinkSerializer,
    InvitationLookSerializer,
    InvitationSerializer,
)
from equalterms.programme.views.answers import origin, refusal

OVER = refusal("`invitation-over`: used, too old or unknown.")


def link(form: type[InvitationLinkSerializer], made: Invitation, url: str) -> Response:
    """The one time that a link is told."""
    told = {"id": made.pk, "url": url, "expires": made.expires, "until": made.until}
    return Response(form(told).data, 201)


class InvitationsView(ApiView):
    """The invitations of an event, for its organisers."""

    doors = {"GET": Door.STAFF, "POST": Door.STAFF}

    @extend_schema(
        operation_id="list_invitations",
        parameters=pages.PARAMETERS,
        responses=pages.schema_of(InvitationSerializer),
    )
    def get(self, request: Request, event: str) -> Response:
        rows = event_for(signed_in(request), event, RoleKind.ORGANISER).invitations.select_related("session")
        return pages.page(request, rows, ["-expires", "id"], InvitationSerializer)

    @extend_schema(
        operation_id="invite", request=NewInvitationSerializer, responses={201: InvitationLinkSerializer}
    )
    def post(self, request: Request, event: str) -> Response:
        account = signed_in(request)
        found = event_for(account, event, RoleKind.ORGANISER)
        data = valid(NewInvitationSerializer(data=request.data))
        invitation, url = actions.invite(event=found, account=account, origin=origin(request), **data)
        return link(InvitationLinkSerializer, invitation, url)


class InvitationView(ApiView):
    """Revoking a link. A co-moderator who came by it is let out as well."""

    doors = {"DELETE": Door.STAFF}

    @extend_schema(
        operation_id="revoke_invitation",
        responses={204: None, 409: refusal("`wrong-state`: somebody took it up; take away their role.")},
    )
    def delete(self, request: Request, event: str, invitation: UUID) -> Response:
        account = signed_in(request)
        found = event_for(account, event, RoleKind.ORGANISER)
        made = found.invitations.filter(pk=invitation).first()
        if made is None:
            raise not_found()
        actions.revoke(invitation=made, account=account)
        return Response(status=204)


class PasswordLinksView(ApiView):
    """A new way in for somebody who forgot their password: only from one who organises all their days."""

    doors = {"POST": Door.STAFF}

    @extend_schema(
        operation_id="make_password_link",
        request=NewPasswordLinkSerializer,
        responses={
            201: InvitationLinkSerializer,
            403: refusal("`not-yours`: they also help at a day that you do not organise."),
            409: refusal("`wrong-state`: they came by a link alone and have no password."),
        },
    )
    def post(self, request: Request, event: str) -> Response:
        me = signed_in(request)
        found = event_for(me, event, RoleKind.ORGANISER)
        data = valid(NewPasswordLinkSerializer(data=request.data))
        account = Account.objects.filter(pk=data["account"], is_active=True, roles__event=found).first()
        if account is None:
            raise not_found()
        made, url = actions.make_way_in(event=found, account=account, by=me, origin=origin(request))
        return link(InvitationLinkSerializer, made, url)


class CoModeratorsView(ApiView):
    """Letting somebody moderate one session for some hours, by a link alone."""

    doors = {"POST": Door.STAFF}

    @extend_schema(
        operation_id="invite_co_moderator",
        request=NewCoModeratorSerializer,
        responses={201: CoModeratorLinkSerializer},
    )
    def post(self, request: Request, session: str) -> Response:
        account = signed_in(request)
        found = session_for(account, session, RoleKind.ORGANISER)
        data = valid(NewCoModeratorSerializer(data=request.data))
        made, url = actions.invite_co_moderator(
            session=found, account=account, origin=origin(request), **data
        )
        return link(CoModeratorLinkSerializer, made, url)


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
        request=PolymorphicProxySerializer(
            component_name="AnyAcceptance",
            serializers=[AcceptanceSerializer, PasswordAcceptanceSerializer, SessionAcceptanceSerializer],
            resource_type_field_name=None,
        ),
        responses={
            200: TokensSerializer,
            401: refusal("`wrong-sign-in`: this e-mail has an account with another password."),
            409: refusal("`email-taken`: just now; try again."),
            410: OVER,
            429: refusal("`slow-down`"),
        },
    )
    def post(self, request: Request) -> Response:
        """What has to come with the token is for `invitations/look/` to say, by its `kind`."""
        token = valid(AnyAcceptanceSerializer(data=request.data))["token"]
        account = self.take_up(actions.open_invitation(token).kind, request)
        return Response(TokensSerializer(tokens_for(account)).data)

    def take_up(self, kind: str, request: Request) -> Account:
        if kind == InvitationKind.PASSWORD:
            return actions.accept_password(**valid(PasswordAcceptanceSerializer(data=request.data)))
        if kind == InvitationKind.CO_MODERATOR:
            return actions.accept_session(**valid(SessionAcceptanceSerializer(data=request.data)))
        return actions.accept(**valid(AcceptanceSerializer(data=request.data)))
