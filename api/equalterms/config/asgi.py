"""The application a server runs: the gateway with its lanes, made from the settings."""

import os
import resource
from importlib import import_module

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "equalterms.config.settings")
django.setup()

# Imported late on purpose: models and settings may be touched only after django.setup().
from django.conf import settings  # noqa: E402
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402

from equalterms.config.clock import Clock  # noqa: E402
from equalterms.config.gateway.bodies import UPLOADS  # noqa: E402
from equalterms.config.gateway.bridge import Bridge  # noqa: E402
from equalterms.config.gateway.lanes import Gateway  # noqa: E402
from equalterms.config.gateway.together import Together  # noqa: E402
from equalterms.lib.api.asgi import Headers  # noqa: E402
from equalterms.live.hot import HotLane  # noqa: E402
from equalterms.live.hub import Hub  # noqa: E402
from equalterms.live.stream import Stream  # noqa: E402
from equalterms.live.watch import Watch  # noqa: E402

# File descriptors that are not streams: database, listening sockets, ordinary requests.
KEPT_BACK = 300


def safe_headers() -> Headers:
    """What Django's middleware puts on its answers and data needs too, for answers made before it."""
    headers = [
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", settings.SECURE_REFERRER_POLICY.encode()),
    ]
    if settings.CORS_ALLOW_ALL_ORIGINS:
        exposed = ", ".join(settings.CORS_EXPOSE_HEADERS).encode()
        headers += [(b"access-control-allow-origin", b"*"), (b"access-control-expose-headers", exposed)]
    return headers


def gateway() -> Gateway:
    """A gateway of its own, for one event loop."""
    headers = safe_headers()
    watch = Watch(redis_url=settings.REDIS_URL)
    hub = Hub(watch, most=resource.getrlimit(resource.RLIMIT_NOFILE)[0] - KEPT_BACK)
    hot = HotLane(watch, public=headers, any_origin=settings.CORS_ALLOW_ALL_ORIGINS)
    bridge = Bridge(
        WSGIHandler(),
        threads=settings.THREADS,
        waiting=settings.WAITING,
        uploads=UPLOADS,
        headers=headers,
        behind_proxy=settings.BEHIND_PROXY,
    )
    bridge.ahead = together = Together()
    made = Gateway(watch, hub, hot, Stream(hub, public=headers), bridge)
    made.on_start.append(together.start)
    made.on_stop.append(together.stop)
    return made


import_module(settings.ROOT_URLCONF)
application = gateway()
clock = Clock()
application.on_start.append(clock.start)
application.on_stop.append(clock.stop)
