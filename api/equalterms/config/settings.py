"""All settings, read from the environment once. docs/settings.md lists them; a test compares the two."""

import os
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF

from equalterms import __version__

env = environ.Env()


def secret(name: str) -> str:
    """EQUALTERMS_{NAME}, else the file keys/{name} in the home, made (mode 600) when first needed."""
    given: str = env.str(f"EQUALTERMS_{name.upper()}_KEY", default="")
    if given:
        if len(given.encode()) < 32:
            raise SystemExit(f"EQUALTERMS_{name.upper()}_KEY must be at least 32 bytes long.")
        return given
    path = HOME / "keys" / name
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(48))
        except FileExistsError:
            pass  # another process was first
    return path.read_text()


# Where the database, keys and peppers of this installation live.
HOME = Path(env.str("EQUALTERMS_HOME", default="") or Path.home() / ".equalterms").resolve()
HOME.mkdir(mode=0o700, parents=True, exist_ok=True)
# Host names this service answers to.
ALLOWED_HOSTS: list[str] = env.list("EQUALTERMS_HOSTS", default=["*"])
# The public origin, for links that are printed and sent: https://day.example.org
ORIGIN: str = env.str("EQUALTERMS_ORIGIN", default="").rstrip("/")
# Threads that run ordinary requests, and how many may wait for one of them.
THREADS: int = env.int("EQUALTERMS_THREADS", default=3)
WAITING: int = env.int("EQUALTERMS_WAITING", default=256)
# The bell between processes, and spent proofs. Optional, never the truth.
REDIS_URL: str = env.str("REDIS_URL", default="")
# "postgres://user:password@host/name", or nothing for SQLite in the home.
DATABASE_URL: str = env.str("DATABASE_URL", default="")
# Sites that may call the public API from a browser. Public reads are open to all.
CORS_ALLOWED_ORIGINS: list[str] = env.list("EQUALTERMS_CORS_ORIGINS", default=[])

SECRET_KEY = secret("secret")
DEBUG = False
ROOT_URLCONF = "equalterms.config.urls"
WSGI_APPLICATION = None
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en-gb"
USE_I18N = False
APPEND_SLASH = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Account"
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.staticfiles",
    "corsheaders",
    "csp",
    "rest_framework",
    "rest_framework_simplejwt.token_blacklist",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "drf_standardized_errors",
    "equalterms.journal",
    "equalterms.people",
    "equalterms.programme",
    "equalterms.safety",
    "equalterms.questions",
    "equalterms.threads",
    "equalterms.bookings",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "equalterms.config.pwa.ServedApp",
    "corsheaders.middleware.CorsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": []},
    }
]


def sqlite(path: str | Path) -> dict[str, Any]:
    """SQLite as this product needs it: durable, one writer at a time, deleted words overwritten."""
    return {
        "ENGINE": "equalterms.lib.sqlite",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 5,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
            " PRAGMA foreign_keys=ON; PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY;",
        },
    }


# A PostgreSQL that hangs, or that the network has lost, is an error and no wait; a commit that was
# acknowledged is on its disk. Long work lifts the limit of statements (lib.rows.patience).
PATIENT = {
    "connect_timeout": 3,
    "keepalives": 1,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
    "options": "-c statement_timeout=10s -c synchronous_commit=on",
}


def database(url: str) -> dict[str, Any]:
    if not url:
        return sqlite(HOME / "db.sqlite3")
    parsed: dict[str, Any] = environ.Env.db_url_config(url)
    if "postgresql" not in parsed["ENGINE"]:
        raise SystemExit("DATABASE_URL must start with postgres://")
    options = PATIENT | parsed.get("OPTIONS", {})
    return {**parsed, "OPTIONS": options, "CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}


DATABASES = {"default": database(DATABASE_URL)}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["equalterms.lib.api.fields.ShallowJSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_SCHEMA_CLASS": "equalterms.lib.api.schema.Schema",
    "EXCEPTION_HANDLER": "drf_standardized_errors.handler.exception_handler",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "COMPACT_JSON": True,
    "COERCE_DECIMAL_TO_STRING": False,
    "URL_FORMAT_OVERRIDE": None,
}
DRF_STANDARDIZED_ERRORS = {
    "EXCEPTION_HANDLER_CLASS": "equalterms.lib.problems.Handler",
    "EXCEPTION_FORMATTER_CLASS": "equalterms.lib.problems.Formatter",
    "ALLOWED_ERROR_STATUS_CODES": [
        "400",
        "401",
        "403",
        "404",
        "405",
        "406",
        "408",
        "413",
        "415",
        "500",
        "503",
    ],
    "ERROR_SCHEMAS": dict.fromkeys(
        ["400", "401", "403", "404", "405", "406", "408", "413", "415", "429", "500", "503"],
        "equalterms.lib.api.schema.ProblemSerializer",
    ),
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Equal Terms",
    "VERSION": "1",
    "DESCRIPTION": "Runs social media surgeries: programme, anonymous questions, threads and live following.",
    "OAS_VERSION": "3.1.1",
    "LICENSE": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PUBLIC": True,
    "SERVE_AUTHENTICATION": [],
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "COMPONENT_NO_READ_ONLY_REQUIRED": False,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": {
        "SessionKind": "equalterms.programme.models.SessionKind",
        "SessionState": "equalterms.programme.models.SessionState",
        "EventState": "equalterms.programme.models.EventState",
        "ReviewMode": "equalterms.programme.models.ReviewMode",
        "Mixing": "equalterms.programme.models.Mixing",
        "RoleKind": "equalterms.programme.models.RoleKind",
        "InvitationKind": "equalterms.programme.models.InvitationKind",
        "BookingState": "equalterms.bookings.serializers.places.STATES",
        "SurgeonState": "equalterms.desk.surgery.serializers.WHEREABOUTS",
        "ReviewState": "equalterms.safety.models.State",
        "Reason": "equalterms.safety.models.Reason",
        "ReportReason": "equalterms.safety.models.ReportReason",
        "SubjectKind": "equalterms.safety.models.SubjectKind",
        "Audience": "equalterms.questions.models.Audience",
        "ReactionKind": "equalterms.threads.models.ReactionKind",
    },
    "PREPROCESSING_HOOKS": [],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "equalterms.lib.api.schema.finish",
    ],
}
SIMPLE_JWT = {
    "ACCESS_TOKEN_LIFETIME": timedelta(minutes=20),
    "REFRESH_TOKEN_LIFETIME": timedelta(days=14),
    "ROTATE_REFRESH_TOKENS": True,
    "BLACKLIST_AFTER_ROTATION": True,
    "UPDATE_LAST_LOGIN": False,
    "SIGNING_KEY": secret("jwt"),
    "LEEWAY": 5,
    "AUTH_HEADER_TYPES": ("Bearer",),
    "ISSUER": "equalterms",
}

CORS_URLS_REGEX = r"^/api/v1/.*$"
CORS_ALLOW_ALL_ORIGINS = not CORS_ALLOWED_ORIGINS
CORS_ALLOW_CREDENTIALS = False
CORS_EXPOSE_HEADERS = ["ETag", "Link", "Location", "Retry-After", "Deprecation", "Sunset"]
CORS_ALLOW_HEADERS = ["accept", "authorization", "content-type", "if-match", "if-none-match", "last-event-id"]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "font-src": [SELF],
        "base-uri": [NONE],
        "form-action": [NONE],
        "frame-ancestors": [NONE],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["sw"],
    }
}
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SECURE_HSTS_SECONDS: int = env.int("EQUALTERMS_HSTS_SECONDS", default=0)
# Behind a proxy that sets X-Forwarded-Proto itself.
BEHIND_PROXY: bool = env.bool("EQUALTERMS_BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None

STATIC_URL = "/static/"
WEBROOT = Path(__file__).resolve().parent.parent / "webroot"
BUILD = __version__

# No address, agent, path with a query, or word of a request is ever logged: only the class of what failed.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "equalterms.config.quiet.Bare"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "django.security": {"handlers": ["stderr"], "level": "CRITICAL", "propagate": False},
    },
}
