"""Every address: the API under /api/v1/, its description and docs, and the app for all the rest."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path, re_path

from equalterms.config import docs, pwa
from equalterms.lib import problems
from equalterms.lib.api import paths

paths.register()


def nothing_here(request: HttpRequest) -> HttpResponse:
    """The API's own 404: a problem, not the app."""
    return problems.problem_response(404)


api: list[URLPattern | URLResolver] = [
    path("", include("equalterms.people.urls")),
    path("", include("equalterms.programme.urls")),
    path("", include("equalterms.safety.urls")),
    path("", include("equalterms.questions.urls")),
    path("", include("equalterms.threads.urls")),
    path("", include("equalterms.bookings.urls")),
    path("", include("equalterms.live.urls")),
    path("", include("equalterms.desk.urls")),
    path("", include("equalterms.sharing.urls")),
    path("schema/", docs.SchemaView.as_view(), name="schema"),
    path("docs/", docs.DocsView.as_view(), name="docs"),
]

urlpatterns = [
    path("api/v1/", include(api)),
    re_path(r"^api(?:/|$)", nothing_here),
    path("livez", docs.alive, name="alive"),
    path("readyz", docs.ready, name="ready"),
    re_path(r"^(?P<address>.*)$", pwa.shell),
]

handler400 = problems.bad_request
handler403 = problems.forbidden
handler404 = problems.not_found
handler500 = problems.server_error
