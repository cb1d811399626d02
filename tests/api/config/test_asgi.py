"""The application made from the settings."""

import resource
from typing import Any

from equalterms.config import asgi


def test_public_answers_are_open_to_all_sites_unless_some_are_named(settings: Any) -> None:
    everybody = dict(asgi.safe_headers())
    settings.CORS_ALLOW_ALL_ORIGINS = False

    assert everybody[b"access-control-allow-origin"] == b"*"
    assert b"ETag" in everybody[b"access-control-expose-headers"]
    assert b"access-control-allow-origin" not in dict(asgi.safe_headers())


def test_followers_leave_file_descriptors_for_the_rest() -> None:
    made = asgi.gateway()

    assert made.hub.most == resource.getrlimit(resource.RLIMIT_NOFILE)[0] - asgi.KEPT_BACK


def test_the_clock_runs_while_the_application_does() -> None:
    assert asgi.clock.start in asgi.application.on_start
    assert asgi.clock.stop in asgi.application.on_stop
