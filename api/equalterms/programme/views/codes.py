"""QR codes to print: the addresses of an event and of a session."""

import json
from typing import Any

import segno
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from equalterms.lib.api.access import ApiView
from equalterms.programme.rules import visible_event, visible_session
from equalterms.programme.views.answers import origin

SVG = {(200, "image/svg+xml"): OpenApiTypes.STR}


class SvgRenderer(BaseRenderer):
    """A drawing; a problem stays JSON."""

    media_type = "image/svg+xml"
    format = "svg"
    charset = "utf-8"

    def render(self, data: Any, *args: Any, **kwargs: Any) -> bytes:
        return data.encode() if isinstance(data, str) else json.dumps(data).encode()


def qr(address: str) -> Response:
    """`address` as a QR code that survives a crumpled poster (a quarter of it may be lost)."""
    code = segno.make_qr(address, error="q", boost_error=False)
    drawing = code.svg_inline(scale=8, title=address, svgclass=None, lineclass=None)
    return Response(drawing.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


class QrView(ApiView):
    renderer_classes = [SvgRenderer]


class EventQrView(QrView):
    """The way to an event."""

    @extend_schema(operation_id="get_event_qr", responses=SVG)
    def get(self, request: Request, event: str) -> Response:
        return qr(f"{origin(request)}/e/{visible_event(event).slug}")


class SessionQrView(QrView):
    """The way to a session."""

    @extend_schema(operation_id="get_session_qr", responses=SVG)
    def get(self, request: Request, session: str) -> Response:
        return qr(f"{origin(request)}/s/{visible_session(session).code}")
