"""Sessions: reading them, and running them."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from equalterms.lib import pages
from equalterms.lib.api.access import ApiView, Door
from equalterms.lib.api.conditions import if_match, tagged, unless_known
from equalterms.lib.api.fields import valid
from equalterms.people.rules import signed_in
from equalterms.programme import actions
from equalterms.programme.models import RoleKind, Session, SessionState
from equalterms.programme.requests import NewSessionSerializer, SessionChangeSerializer
from equalterms.programme.rules import (
    event_for,
    fingerprint,
    session_for,
    visible_event,
    visible_session,
    whole_session,
)
from equalterms.programme.serializers import SessionSerializer, own_session
from equalterms.programme.views.answers import ETAG, KNOWN, MEANWHILE, SEEN, UNCHANGED, UNSAID


def shown(session: Session, status: int = 200) -> Response:
    """A session as it stands after a change."""
    found = whole_session(session.pk)
    return tagged(own_session(found), fingerprint(found), status)


class SessionsView(ApiView):
    """The programme of an event, in the order of time."""

    doors = {"GET": Door.PUBLIC, "POST": Door.STAFF}

    @extend_schema(
        operation_id="list_sessions",
        parameters=pages.PARAMETERS,
        responses=pages.schema_of(SessionSerializer),
    )
    def get(self, request: Request, event: str) -> Response:
        rows = visible_event(event).sessions.with_people()
        return pages.page(request, rows, ["starts", "id"], SessionSerializer)

    @extend_schema(
        operation_id="add_session",
        parameters=[ETAG],
        request=NewSessionSerializer,
        responses={201: SessionSerializer},
    )
    def post(self, request: Request, event: str) -> Response:
        account = signed_in(request)
        found = event_for(account, event, RoleKind.ORGANISER)
        data = valid(NewSessionSerializer(data=request.data))
        return shown(actions.add_session(account=account, event=found, **data), 201)


class SessionView(ApiView):
    """One session."""

    doors = {"GET": Door.PUBLIC, "PATCH": Door.STAFF, "DELETE": Door.STAFF}

    @extend_schema(
        operation_id="get_session",
        parameters=[KNOWN, ETAG],
        responses={200: SessionSerializer, 304: UNCHANGED},
    )
    def get(self, request: Request, session: str) -> Response:
        found = whole_session(visible_session(session).pk)
        return unless_known(request, fingerprint(found), lambda: SessionSerializer(found).data)

    @extend_schema(
        operation_id="change_session",
        parameters=[SEEN, ETAG],
        request=SessionChangeSerializer(partial=True),
        responses={200: SessionSerializer, 412: MEANWHILE, 428: UNSAID},
    )
    def patch(self, request: Request, session: str) -> Response:
        account = signed_in(request)
        found = session_for(account, session, RoleKind.ORGANISER)
        seen = if_match(request)
        data = valid(SessionChangeSerializer(data=request.data, partial=True))
        return shown(actions.change_session(account=account, session=found, changes=data, seen=seen))

    @extend_schema(
        operation_id="cancel_session",
        parameters=[SEEN],
        responses={204: None, 412: MEANWHILE, 428: UNSAID},
    )
    def delete(self, request: Request, session: str) -> Response:
        """Cancels it. It stays on the programme and says so; PATCH brings it back."""
        account = signed_in(request)
        found = session_for(account, session, RoleKind.ORGANISER)
        changes = {"state": SessionState.CANCELLED}
        actions.change_session(account=account, session=found, changes=changes, seen=if_match(request))
        return Response(status=204)


class DraftSessionView(ApiView):
    """A session for those who have a role in its event: before that is published too, and with the
    surgeons whose profiles are not."""

    doors = {"GET": Door.STAFF}

    @extend_schema(
        operation_id="get_own_session",
        parameters=[KNOWN, ETAG],
        responses={200: SessionSerializer, 304: UNCHANGED},
    )
    def get(self, request: Request, session: str) -> Response:
        found = whole_session(session_for(signed_in(request), session).pk)
        return unless_known(request, fingerprint(found), lambda: own_session(found))
