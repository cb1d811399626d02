"""A small Django site as one is written without a thought, for the scan to bite on.

Its log, its mail to the administrators, its cache of throttles and its table keep what any tutorial keeps.
"""

import json
import logging
import sys
from pathlib import Path

import django
from django.conf import settings

HOME, TRAITS = Path(sys.argv[1]), json.loads(sys.stdin.read())
settings.configure(
    SECRET_KEY="x" * 50,
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["*"],
    ADMINS=[("Operators", "operators@example.org")],
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "rest_framework"],
    MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": HOME / "db.sqlite3"}},
    CACHES={
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": str(HOME / "cache"),
        }
    },
    EMAIL_BACKEND="django.core.mail.backends.filebased.EmailBackend",
    EMAIL_FILE_PATH=str(HOME / "mail"),
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    LOGGING={
        "version": 1,
        "handlers": {
            "file": {"class": "logging.FileHandler", "filename": str(HOME / "app.log")},
            "mail": {"class": "django.utils.log.AdminEmailHandler"},
        },
        "loggers": {"django.request": {"handlers": ["file", "mail"]}},
        "root": {"handlers": ["file"], "level": "INFO"},
    },
    REST_FRAMEWORK={
        "DEFAULT_AUTHENTICATION_CLASSES": [],
        "UNAUTHENTICATED_USER": None,
        "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.AnonRateThrottle"],
        "DEFAULT_THROTTLE_RATES": {"anon": "100/min"},
    },
)
django.setup()

from django.db import connection, models  # noqa: E402
from django.http import HttpRequest  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import path  # noqa: E402
from rest_framework.decorators import api_view  # noqa: E402


class Visit(models.Model):
    address = models.GenericIPAddressField()
    receipt = models.TextField()
    auth = models.BinaryField()
    device = models.TextField()

    class Meta:
        app_label = "naive"

    def __str__(self) -> str:
        return str(self.address)


@api_view(["POST"])
def ask(request: HttpRequest) -> None:
    logging.getLogger("visits").info("somebody asks: %s", dict(request.headers))
    Visit.objects.create(
        address=request.META["REMOTE_ADDR"],
        receipt=request.data["words"],
        auth=bytes.fromhex(request.data["auth"]),
        device=request.headers["X-Device-Id"],
    )
    raise RuntimeError("it went wrong after all")


urlpatterns = [path("ask/", ask)]

with connection.schema_editor() as editor:
    editor.create_model(Visit)
client = Client(raise_request_exception=False, REMOTE_ADDR=TRAITS["address"], headers=TRAITS["headers"])
sent = json.dumps({"words": TRAITS["words"], "auth": TRAITS["auth"]})
client.post(f"/ask/?utm={TRAITS['query']}", sent, content_type="application/json")
client.get(f"/nothing/{TRAITS['query']}/")
logging.shutdown()
connection.close()
