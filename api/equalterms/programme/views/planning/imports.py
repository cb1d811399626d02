"""A schedule file by upload: first what it would change, then changing it."""

from typing import IO, Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response

from equalterms.lib.api.access import ApiView, Door
from equalterms.lib.api.conditions import if_match, tagged
from equalterms.lib.api.fields import refuse_field
from equalterms.people.rules import signed_in
from equalterms.programme.imports.upload import bring
from equalterms.programme.models import RoleKind
from equalterms.programme.rules import event_for
from equalterms.programme.serializers import ImportSerializer
from equalterms.programme.views.answers import ETAG, MEANWHILE, UNSAID, refusal

APPLY = OpenApiParameter(
    "apply", bool, description="Whether to change the day, or only to tell what would change (the default)."
)

READ = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    description="To apply: the ETag that came with what would change, so that it is what changes.",
)


class AsItCame(BaseParser):
    """The bytes of a file, for whoever reads it."""

    def parse(self, stream: IO[bytes], *args: Any, **kwargs: Any) -> Any:
        return stream.read()


class Xml(AsItCame):
    media_type = "application/xml"


class TextXml(AsItCame):
    media_type = "text/xml"


class Json(AsItCame):
    media_type = "application/json"


def wants(request: Request, name: str) -> bool:
    """A choice of the address that is true or false; false where it is left out."""
    said = request.query_params.get(name, "false")
    if said not in {"true", "false"}:
        raise refuse_field(name, "Please say true or false.")
    return said == "true"


class ImportsView(ApiView):
    """What a schedule (Pentabarf, frab or pretalx; XML or JSON) adds to a day, changes and takes away."""

    doors = {"POST": Door.STAFF}
    parser_classes = [Xml, TextXml, Json]

    @extend_schema(
        operation_id="import_schedule",
        parameters=[APPLY, READ, ETAG],
        request={"application/xml": OpenApiTypes.STR, "application/json": OpenApiTypes.OBJECT},
        responses={
            200: ImportSerializer,
            400: refusal("`bad-schedule`, `invalid`"),
            403: refusal("`not-yours`"),
            412: MEANWHILE,
            428: UNSAID,
        },
    )
    def post(self, request: Request, event: str) -> Response:
        account = signed_in(request)
        found = event_for(account, event, RoleKind.ORGANISER)
        seen = if_match(request) if wants(request, "apply") else None
        raw: Any = request.data or b""  # without a body, DRF gives an empty form
        brought = bring(raw=bytes(raw), event=found, account=account, seen=seen)
        return tagged(ImportSerializer(brought).data, brought.version)
