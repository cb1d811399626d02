"""The report of a day, in one press."""

import json
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from equalterms.lib.api.access import ApiView, Door
from equalterms.people.rules import signed_in
from equalterms.programme.models import Event, RoleKind
from equalterms.programme.rules import event_for
from equalterms.programme.views.answers import refusal
from equalterms.sharing.reporting.prose import as_markdown
from equalterms.sharing.reporting.rules import report_of
from equalterms.sharing.reporting.serializers import ReportSerializer
from equalterms.sharing.reporting.tables import as_csv

NOT_YOURS = refusal("`not-yours`")


class TextRenderer(BaseRenderer):
    """Plain words; a problem stays JSON."""

    charset = "utf-8"

    def render(self, data: Any, *args: Any, **kwargs: Any) -> bytes:
        return data.encode() if isinstance(data, str) else json.dumps(data).encode()


class CsvRenderer(TextRenderer):
    media_type = "text/csv"
    format = "csv"


class MarkdownRenderer(TextRenderer):
    media_type = "text/markdown"
    format = "md"


def organised(request: Request, event: str) -> Event:
    return event_for(signed_in(request), event, RoleKind.ORGANISER)


def file(content: str, event: Event, ending: str) -> Response:
    """Something to keep, under the day's own name."""
    return Response(
        content, headers={"Content-Disposition": f'attachment; filename="{event.slug}-report.{ending}"'}
    )


class ReportView(ApiView):
    """What a day came to: while it goes on, after it was closed, and after it was purged."""

    doors = {"GET": Door.STAFF}

    @extend_schema(operation_id="get_report", responses={200: ReportSerializer, 403: NOT_YOURS})
    def get(self, request: Request, event: str) -> Response:
        return Response(ReportSerializer(report_of(organised(request, event))).data)


class ReportTableView(ApiView):
    """The same as a table."""

    doors = {"GET": Door.STAFF}
    renderer_classes = [CsvRenderer]

    @extend_schema(
        operation_id="get_report_csv", responses={(200, "text/csv"): OpenApiTypes.STR, 403: NOT_YOURS}
    )
    def get(self, request: Request, event: str) -> Response:
        found = organised(request, event)
        return file(as_csv(report_of(found)), found, "csv")


class ReportProseView(ApiView):
    """The same as Markdown."""

    doors = {"GET": Door.STAFF}
    renderer_classes = [MarkdownRenderer]

    @extend_schema(
        operation_id="get_report_markdown",
        responses={(200, "text/markdown"): OpenApiTypes.STR, 403: NOT_YOURS},
    )
    def get(self, request: Request, event: str) -> Response:
        found = organised(request, event)
        return file(as_markdown(report_of(found)), found, "md")
