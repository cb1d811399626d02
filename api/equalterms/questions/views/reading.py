"""Reading what is shown."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from equalterms.lib import pages
from equalterms.lib.api.access import ApiView, Door
from equalterms.lib.api.fields import refuse_field
from equalterms.programme.rules import visible_session
from equalterms.questions.models import Question
from equalterms.questions.serializers import QuestionSerializer

SORTS = {
    "votes": ["-votes", "-shown", "id"],
    "newest": ["-shown", "id"],
    "unanswered": ["-votes", "-shown", "id"],
}


class QuestionsView(ApiView):
    """The shown questions of a session."""

    doors = {"GET": Door.PUBLIC}

    @extend_schema(
        operation_id="list_questions",
        parameters=[OpenApiParameter("sort", enum=list(SORTS), default="votes"), *pages.PARAMETERS],
        responses=pages.schema_of(QuestionSerializer),
    )
    def get(self, request: Request, session: str) -> Response:
        sort = request.query_params.get("sort", "votes")
        if sort not in SORTS:
            raise refuse_field("sort", "Please sort by one of: " + ", ".join(SORTS) + ".")
        rows = Question.objects.shown().for_session(visible_session(session)).with_answers()
        rows = rows.unanswered() if sort == "unanswered" else rows
        return pages.page(request, rows, SORTS[sort], QuestionSerializer)
