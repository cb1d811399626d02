"""Which question a room is at."""

from uuid import UUID

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from equalterms.lib.api.access import ApiView, Door
from equalterms.lib.api.conditions import if_match_said, tagged
from equalterms.lib.api.fields import valid
from equalterms.lib.api.schema import ProblemSerializer
from equalterms.people.rules import signed_in
from equalterms.programme.views.answers import ETAG, MEANWHILE, SEEN_IF_SAID
from equalterms.questions import actions
from equalterms.questions.rules import current_of, current_version, session_answered
from equalterms.questions.serializers import CurrentSerializer
from equalterms.safety.serializers import OVER

NOT_YOURS = OpenApiResponse(ProblemSerializer, "Not yours to do at this event.")


def pointing(question: UUID | None) -> Response:
    return tagged(CurrentSerializer({"question": question}).data, current_version(question))


class CurrentView(ApiView):
    """The question that the wall of a room shows large; null for none."""

    doors = {"GET": Door.STAFF, "PUT": Door.STAFF}

    @extend_schema(
        operation_id="get_current_question",
        parameters=[ETAG],
        responses={200: CurrentSerializer, 403: NOT_YOURS},
    )
    def get(self, request: Request, session: str) -> Response:
        """What the wall shows, with the ETag to choose another with."""
        return pointing(current_of(session_answered(signed_in(request), session)))

    @extend_schema(
        operation_id="choose_current_question",
        parameters=[SEEN_IF_SAID, ETAG],
        request=CurrentSerializer,
        responses={200: CurrentSerializer, 403: NOT_YOURS, 409: OVER, 412: MEANWHILE},
    )
    def put(self, request: Request, session: str) -> Response:
        """Chooses one that is shown in this session. It goes by itself when it is not shown any more."""
        found = session_answered(signed_in(request), session)
        seen = if_match_said(request)
        chosen = valid(CurrentSerializer(data=request.data))["question"]
        if chosen is None:
            actions.point_nowhere(session=found, seen=seen)
        else:
            actions.point_at(session=found, question=chosen, seen=seen)
        return pointing(chosen)
