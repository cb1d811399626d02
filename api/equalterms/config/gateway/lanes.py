"""One ASGI application, three lanes: bytes in memory, streams, and Django for everything else."""

import inspect
import logging
from collections.abc import Callable
from contextlib import suppress

from equalterms.config.gateway.bridge import Bridge
from equalterms.lib.api import asgi
from equalterms.lib.api.asgi import Receive, Scope, Send
from equalterms.live.hot import HotLane
from equalterms.live.hub import Hub
from equalterms.live.stream import Stream
from equalterms.live.watch import Watch

logger = logging.getLogger("equalterms.gateway")
Hook = Callable[[], object]


class Gateway:
    """`on_start` and `on_stop` are called (and awaited, if they must be) when the server starts and after
    its last connection has closed; `on_stop` in reverse order."""

    def __init__(self, watch: Watch, hub: Hub, hot: HotLane, stream: Stream, bridge: Bridge) -> None:
        self.hot, self.stream, self.bridge = hot, stream, bridge
        self.hub = hub
        # For a server that asks before it makes a request of what it has heard.
        self.ready = hot.ready
        self.on_start: list[Hook] = [bridge.start, watch.start, hub.start]
        self.on_stop: list[Hook] = [bridge.stop, watch.stop, hub.hang_up]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._route(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._live(receive, send)

    def stop_streams(self) -> None:
        """To be called when the server begins to stop: it waits for connections, and streams never end."""
        self.hub.stop()

    async def _route(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A lane that fails before its answer has begun answers 500; later, the server hangs up, as it
        takes no second beginning."""
        try:
            await self._lane(scope, receive, send)
        except Exception:
            logger.exception("a lane failed")
            for message in asgi.problem(500, headers=self.bridge.headers):
                await send(message)

    async def _lane(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"]
        if path.endswith("/stream") and path.startswith("/api/") and scope["method"] in {"GET", "HEAD"}:
            await self.stream(scope, receive, send)
        elif answer := await self.hot.fetch(scope):
            for message in answer:
                await send(message)
        else:
            await self.bridge(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        try:
            for hook in self.on_start:
                await _call(hook)
        except Exception as failed:
            logger.exception("the start failed")
            await send({"type": "lifespan.startup.failed", "message": type(failed).__name__})
            return
        await send({"type": "lifespan.startup.complete"})
        await receive()
        for hook in reversed(self.on_stop):
            with suppress(Exception):
                await _call(hook)
        await send({"type": "lifespan.shutdown.complete"})


async def _call(hook: Hook) -> None:
    result = hook()
    if inspect.isawaitable(result):
        await result
