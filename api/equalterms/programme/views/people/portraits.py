"""Surgeons' photos: sent as they are, kept and shown as small squares."""

from typing import IO, Any
from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from equalterms.lib.api.access import ApiView, Door
from equalterms.lib.etags import is_known
from equalterms.lib.refusal import Refusal, not_found
from equalterms.people.models import Portrait
from equalterms.people.rules import signed_in
from equalterms.programme import actions
from equalterms.programme.models import Event
from equalterms.programme.serializers import OwnSurgeonSerializer
from equalterms.programme.views.answers import KNOWN, UNCHANGED, refusal
from equalterms.programme.views.surgeons import find_surgeon, own

LARGEST = 8 * 1024 * 1024
KINDS = ("image/jpeg", "image/png", "image/webp")


class PictureParser(BaseParser):
    """The body as it is, whatever it says it is: what it really is shows when it is read."""

    media_type = "*/*"

    def parse(self, stream: IO[bytes], media_type: Any = None, parser_context: Any = None) -> Any:
        content = stream.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise Refusal("too-large", "Please choose a photo of 8 MB at most.", status=413)
        return content


class JpegRenderer(BaseRenderer):
    """The picture; a problem stays JSON."""

    media_type = "image/jpeg"
    format = "jpg"
    charset = None
    render_style = "binary"

    def render(self, data: Any, *args: Any, **kwargs: Any) -> bytes:
        return data if isinstance(data, bytes) else JSONRenderer().render(data, *args, **kwargs)


class PhotoView(ApiView):
    """Keeping a photo: its owner, and organisers where a profile has none."""

    doors = {"PUT": Door.STAFF, "DELETE": Door.STAFF}
    parser_classes = [PictureParser]

    @extend_schema(
        operation_id="keep_photo",
        request=dict.fromkeys(KINDS, OpenApiTypes.BINARY),
        responses={
            200: OwnSurgeonSerializer,
            400: refusal("`photo-unreadable`"),
            413: refusal("`too-large`: more than 8 MB."),
        },
    )
    def put(self, request: Request, surgeon: UUID) -> Response:
        """The picture itself is the body. What is kept is a square of 320 pixels with nothing else in it."""
        found = find_surgeon(surgeon)
        sent: Any = request.data  # without a body there is an empty form
        content = sent if isinstance(sent, bytes) else b""
        actions.keep_photo(account=signed_in(request), surgeon=found, content=content)
        return own(found)

    @extend_schema(operation_id="remove_photo", request=None, responses={204: None})
    def delete(self, request: Request, surgeon: UUID) -> Response:
        actions.drop_photo(account=signed_in(request), surgeon=find_surgeon(surgeon))
        return Response(status=204)


class PhotoFileView(ApiView):
    """A photo, as long as its profile is published and shows it."""

    renderer_classes = [JpegRenderer]

    @extend_schema(
        operation_id="get_photo",
        parameters=[KNOWN],
        responses={(200, "image/jpeg"): OpenApiTypes.BINARY, 304: UNCHANGED},
    )
    def get(self, request: Request, surgeon: UUID, digest: str) -> Response:
        rows = Portrait.objects.filter(
            surgeon__published=True, surgeon__listings__event__in=Event.objects.published()
        )
        found = rows.filter(surgeon=surgeon, digest=digest).select_related("surgeon").first()
        if found is None or not found.surgeon.shows("photo"):
            raise not_found()
        tag = f'"{digest}"'
        headers = {"ETag": tag, "Cache-Control": "public, max-age=60"}
        if is_known(request.headers.get("If-None-Match", ""), tag):
            return Response(status=304, headers=headers)
        return Response(bytes(found.image), headers=headers)
