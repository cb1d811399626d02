"""The snapshots over HTTP. The hot lane answers most of these requests with the same bytes."""

from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from equalterms.lib.api.access import ApiView
from equalterms.lib.api.schema import ProblemSerializer
from equalterms.lib.etags import etag, is_known
from equalterms.lib.problems import problem_response
from equalterms.lib.refusal import not_found
from equalterms.live import snapshots
from equalterms.live.snapshots import EventLiveSerializer, SessionLiveSerializer

KNOWN = OpenApiParameter(
    "If-None-Match", str, OpenApiParameter.HEADER, description="The ETag of the copy you have."
)
ETAG = OpenApiParameter(
    "ETag", str, OpenApiParameter.HEADER, response=[200, 304], description="Version, build and encoding."
)
UNCHANGED = OpenApiResponse(description="Your copy is the present one.")
AFTER = OpenApiParameter(
    "after", OpenApiTypes.INT64, description="The version you have; replay starts there."
)
LAST = OpenApiParameter(
    "Last-Event-ID",
    str,
    OpenApiParameter.HEADER,
    description="As `after`, and before it: what EventSource sends.",
)
FRAMES = OpenApiResponse(
    OpenApiTypes.STR,
    "Server-sent events: `hello` with the version, then `change` (data: version, changes of kind, subject "
    "and item in its public form, null when gone), or `reset`: read the snapshot again.",
)


class EventStreamRenderer(JSONRenderer):
    """Names the media type of streams. Frames are made outside Django; what is made here are refusals."""

    media_type = "text/event-stream"
    format = "stream"


class SnapshotView(ApiView):
    """A snapshot at its version, or 304."""

    kind: str

    def snapshot(self, request: Request, ref: str) -> HttpResponse:
        place = snapshots.find(self.kind, ref)
        snapshot = snapshots.take(place) if place else None
        if snapshot is None:
            raise not_found()
        tag = etag(snapshot.version)
        known = is_known(request.headers.get("If-None-Match", ""), tag)
        content = b"" if known else snapshots.spell(snapshot.payload)
        answer = HttpResponse(content, content_type="application/json", status=304 if known else 200)
        if known:
            del answer["Content-Type"]
        answer["ETag"] = tag
        return answer

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        answer = super().finalize_response(request, response, *args, **kwargs)
        answer["Vary"] = snapshots.HEADERS["vary"]
        return answer


class SessionLiveView(SnapshotView):
    """A session as it stands now."""

    kind = "session"

    @extend_schema(
        operation_id="get_session_live",
        parameters=[KNOWN, ETAG],
        responses={200: SessionLiveSerializer, 304: UNCHANGED},
    )
    def get(self, request: Request, session: str) -> HttpResponse:
        return self.snapshot(request, session)


class EventLiveView(SnapshotView):
    """A day as it goes."""

    kind = "now"

    @extend_schema(
        operation_id="get_event_live",
        parameters=[KNOWN, ETAG],
        responses={200: EventLiveSerializer, 304: UNCHANGED},
    )
    def get(self, request: Request, event: str) -> HttpResponse:
        return self.snapshot(request, event)


class StreamView(ApiView):
    """Streams are served by the gateway, before Django. Here other methods get their answer."""

    renderer_classes = [JSONRenderer, EventStreamRenderer]

    def elsewhere(self) -> HttpResponse:
        answer = problem_response(503)
        answer["Retry-After"] = "5"
        return answer


class SessionStreamView(StreamView):
    @extend_schema(
        operation_id="follow_session",
        parameters=[AFTER, LAST],
        responses={(200, "text/event-stream"): FRAMES, 503: ProblemSerializer},
    )
    def get(self, request: Request, session: str) -> HttpResponse:
        return self.elsewhere()


class EventStreamView(StreamView):
    @extend_schema(
        operation_id="follow_event",
        parameters=[AFTER, LAST],
        responses={(200, "text/event-stream"): FRAMES, 503: ProblemSerializer},
    )
    def get(self, request: Request, event: str) -> HttpResponse:
        return self.elsewhere()
