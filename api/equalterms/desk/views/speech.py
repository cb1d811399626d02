"""Staff take part in threads."""

from uuid import UUID

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from equalterms.desk import rules
from equalterms.desk.views.asked import NOT_YOURS
from equalterms.lib.api.access import ApiView, Door
from equalterms.lib.api.fields import valid
from equalterms.lib.api.schema import ProblemSerializer
from equalterms.people.rules import signed_in
from equalterms.programme.models import Role
from equalterms.programme.rules import ANSWERERS, session_for
from equalterms.threads import actions as threads
from equalterms.threads.serializers import CommentSerializer, RespeakSerializer, SpeakSerializer


class SpeakView(ApiView):
    """Staff take part in a thread under their own name, or as the organisers."""

    doors = {"POST": Door.STAFF}

    @extend_schema(
        operation_id="speak_in_thread",
        request=SpeakSerializer,
        responses={
            201: CommentSerializer,
            403: NOT_YOURS,
            409: OpenApiResponse(ProblemSerializer, "No such parent, or too deep."),
        },
    )
    def post(self, request: Request, session: str) -> Response:
        found = session_for(signed_in(request), session, *ANSWERERS)
        sent = valid(SpeakSerializer(data=request.data))
        roles = Role.objects.held(signed_in(request), found.event_id)
        made = threads.speak(session=found, account=signed_in(request), roles=roles, **sent)
        return Response(CommentSerializer(made).data, status=201)


class SpokenView(ApiView):
    """Changing or removing what one said oneself, or what "the organisers" said for one of them."""

    doors = {"PATCH": Door.STAFF, "DELETE": Door.STAFF}

    @extend_schema(
        operation_id="edit_staff_comment",
        request=RespeakSerializer,
        responses={200: CommentSerializer, 403: NOT_YOURS},
    )
    def patch(self, request: Request, comment: UUID) -> Response:
        found, roles = rules.comment_for(signed_in(request), comment)
        sent = valid(RespeakSerializer(data=request.data))
        changed = threads.change_words(comment=found, account=signed_in(request), roles=roles, **sent)
        return Response(CommentSerializer(changed).data)

    @extend_schema(operation_id="remove_staff_comment", request=None, responses={204: None, 403: NOT_YOURS})
    def delete(self, request: Request, comment: UUID) -> Response:
        found, roles = rules.comment_for(signed_in(request), comment)
        threads.take_back(comment=found, account=signed_in(request), roles=roles)
        return Response(status=204)
