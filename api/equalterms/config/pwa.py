"""The built app: files by WhiteNoise, and its shell for every address that is a screen."""

import re

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe
from whitenoise.middleware import WhiteNoiseMiddleware

FILE = re.compile(r"(^|/)(assets|static|icons)/|\.[A-Za-z0-9]{1,12}$")
HASHED = re.compile(r"^/assets/.+-[A-Za-z0-9_-]{7,8}\.\w+$")


class ServedApp(WhiteNoiseMiddleware):
    """Serves the webroot with long caching of hashed files only; scanned once, at start."""

    def __init__(self, get_response: object) -> None:
        settings.WHITENOISE_ROOT = settings.WEBROOT if settings.WEBROOT.is_dir() else None
        settings.WHITENOISE_IMMUTABLE_FILE_TEST = lambda path, url: bool(HASHED.match(url))
        settings.WHITENOISE_ALLOW_ALL_ORIGINS = False
        settings.WHITENOISE_MAX_AGE = 0
        settings.WHITENOISE_MIMETYPES = {".webmanifest": "application/manifest+json"}
        settings.WHITENOISE_USE_FINDERS = True
        settings.WHITENOISE_AUTOREFRESH = False
        super().__init__(get_response)


@require_safe
def shell(request: HttpRequest, address: str) -> HttpResponseBase:
    """The app's one page. A missing file is a 404, never the shell, so that no script is ever HTML."""
    index = settings.WEBROOT / "index.html"
    if FILE.search(address):
        return HttpResponse("There is nothing at this address.", status=404, content_type="text/plain")
    if not index.exists():
        return HttpResponse(
            "The app is not built yet. Run `make run`, or use the API under /api/v1/.",
            status=503,
            content_type="text/plain",
        )
    answer = FileResponse(index.open("rb"), content_type="text/html; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer
