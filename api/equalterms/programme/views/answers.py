"""Refusals as the description of the API names them, and the address this service is reached at."""

from django.conf import settings
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework.request import Request

from equalterms.lib.api.schema import ProblemSerializer

KNOWN = OpenApiParameter(
    "If-None-Match", str, OpenApiParameter.HEADER, description="The ETag of the copy you have."
)
SEEN = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, description="The ETag of what you are changing. Needed."
)
SEEN_IF_SAID = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    description="The ETag of what you are changing, so that you overwrite nobody's changes unseen.",
)
ETAG = OpenApiParameter(
    "ETag", str, OpenApiParameter.HEADER, response=[200], description="Which version this is."
)
UNCHANGED = OpenApiResponse(description="Your copy is the present one.")
MEANWHILE = OpenApiResponse(ProblemSerializer, "`changed-meanwhile`: somebody else was first.")
UNSAID = OpenApiResponse(ProblemSerializer, "`precondition-required`: say If-Match.")


def refusal(codes: str) -> OpenApiResponse:
    return OpenApiResponse(ProblemSerializer, codes)


def origin(request: Request) -> str:
    """The address people reach this service at, for what is printed and sent."""
    return settings.ORIGIN or request.build_absolute_uri("/").rstrip("/")
