"""What the desk's lists are asked for, and what their contract says."""

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework.request import Request

from equalterms.lib.api.fields import refuse_field
from equalterms.lib.api.paths import as_ref
from equalterms.lib.api.schema import ProblemSerializer
from equalterms.programme.models import Event, Session

NOT_YOURS = OpenApiResponse(ProblemSerializer, "Not yours to do at this event.")
SESSION = OpenApiParameter("session", OpenApiTypes.STR, description="Only of this session: UUID or code.")


def chosen(request: Request, name: str, words: list[str], default: str) -> str:
    """A query parameter that is one of a few words; refuses any other."""
    word = request.query_params.get(name, default)
    if word not in words:
        raise refuse_field(name, "Please choose one of: " + ", ".join(words) + ".")
    return word


def sessions_wanted(request: Request, event: Event) -> QuerySet[Session]:
    """The event's sessions, or the one asked for; none of another event."""
    rows = Session.objects.filter(event=event)
    ref = request.query_params.get("session")
    return rows.called(as_ref(ref)) if ref is not None else rows
