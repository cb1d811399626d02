"""The API's description, its offline docs page, and two addresses for those who watch the service."""

from csp.decorators import csp_replace
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from equalterms.lib.problems import problem_response


class SchemaView(SpectacularAPIView):
    """The OpenAPI document, as YAML or JSON."""

    @extend_schema(exclude=True)
    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        answer: HttpResponse = super().get(request, *args, **kwargs)
        return answer


# The docs page builds its own styles and markup, so it alone is freed from Trusted Types.
@method_decorator(
    csp_replace(
        {"style-src": ["'self'", "'unsafe-inline'"], "require-trusted-types-for": None, "trusted-types": None}
    ),
    name="dispatch",
)
class DocsView(SpectacularSwaggerSplitView):
    """Swagger UI from our own files; nothing comes from anywhere else."""

    url_name = "schema"
    http_method_names = ["get", "head"]  # an answer to OPTIONS would want a template of its own

    @extend_schema(exclude=True)
    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        answer: HttpResponse = super().get(request, *args, **kwargs)
        return answer


@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"status": "alive"})


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """The database answers too."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return problem_response(503)
    return JsonResponse({"status": "ready"})
