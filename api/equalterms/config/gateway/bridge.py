"""The ASGI application that answers by a WSGI one: few threads, and none of them waits for the network.

A request's body is read whole on the loop before it takes a thread, and an answer is kept whole before
it leaves, so slow clients cost memory for a while but never one of the threads.
"""

import asyncio
import contextvars
import logging
import re
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from equalterms.config.gateway.bodies import (
    KIB,
    PLAIN,
    UPLOAD,
    Gone,
    Kept,
    Limit,
    Refused,
    read_body,
    take_body,
)
from equalterms.config.gateway.calls import Call, Crew, WsgiApp, send_kept
from equalterms.config.gateway.environs import environ_of
from equalterms.lib.api import asgi
from equalterms.lib.api.asgi import Headers, Receive, Scope, Send

logger = logging.getLogger("equalterms.bridge")
RETRY_AFTER = 2


class Bridge:
    """The ASGI application that answers by a WSGI one.

    `uploads` are patterns of paths that may carry more than a form. At most `waiting` requests wait for
    a thread; beyond that the answer is 503 with Retry-After. `behind_proxy` says that X-Forwarded-For is a
    proxy's of ours.
    """

    def __init__(
        self,
        app: WsgiApp,
        *,
        threads: int = 3,
        waiting: int = 200,
        uploads: Sequence[re.Pattern[str]] = (),
        headers: Headers | None = None,
        behind_proxy: bool = False,
        plain: Limit = PLAIN,
        upload: Limit = UPLOAD,
    ) -> None:
        self.app = app
        self.crew = Crew(threads)
        self.most = threads + waiting
        self.pending = 0
        self.uploads = uploads
        self.headers = headers or []
        self.behind_proxy = behind_proxy
        self.plain, self.upload = plain, upload

    def start(self) -> None:
        self.crew.start()

    def stop(self) -> None:
        self.crew.stop()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        limit = self.upload if any(path.fullmatch(scope["path"]) for path in self.uploads) else self.plain
        try:
            body = await read_body(scope, receive, limit)
        except Refused as refused:
            await self._hang_up(refused.status, receive, send)
            return
        except Gone:
            return
        try:
            await self._answer(environ_of(scope, body, behind_proxy=self.behind_proxy), receive, send)
        finally:
            body.close()

    async def _answer(self, environ: dict[str, Any], receive: Receive, send: Send) -> None:
        if self.pending >= self.most:
            for message in asgi.problem(503, headers=self.headers, retry_after=RETRY_AFTER):
                await send(message)
            return
        call = Call(environ)
        try:
            await self._in_a_thread(call, receive)
            if call.status:
                await send_kept(call, send)
        finally:
            call.body.close()

    async def _in_a_thread(self, call: Call, receive: Receive) -> None:
        """Runs the call. While it must wait for a thread, a client that hangs up gives back its place."""
        done = asyncio.get_running_loop().create_future()
        waits = self.pending >= self.crew.size
        self.pending += 1
        self.crew.give(Job(self, call, done))
        if not waits:
            await done
            return
        gone = asyncio.create_task(hung_up(receive))
        await asyncio.wait({done, gone}, return_when=asyncio.FIRST_COMPLETED)
        gone.cancel()
        if not done.done():
            done.cancel()

    async def _hang_up(self, status: int, receive: Receive, send: Send) -> None:
        """Answers before the body is all here, takes a little more of it so that the answer is not lost
        in a reset, and closes."""
        start, content = asgi.problem(status, headers=[*self.headers, (b"connection", b"close")])
        await send(start)
        await send({**content, "more_body": True})
        with suppress(TimeoutError, Gone):
            async with asyncio.timeout(1):
                await take_body(receive, Kept(0), KIB * KIB, keep=False)
        await send(asgi.body(b""))


async def hung_up(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


class Job:
    """A call on its way to a thread and back."""

    def __init__(self, bridge: Bridge, call: Call, done: asyncio.Future[None]) -> None:
        self.bridge, self.call, self.done = bridge, call, done
        self.loop = done.get_loop()

    def __call__(self) -> None:
        if not self.done.cancelled():
            try:
                contextvars.Context().run(self.call.run, self.bridge.app)
            except BaseException:  # whatever it was, the thread and the client go on
                logger.exception("the application failed")
                self._apologise()
        with suppress(RuntimeError):  # the loop is closed
            self.loop.call_soon_threadsafe(self._finish)

    def _apologise(self) -> None:
        start, content = asgi.problem(500, headers=self.bridge.headers)
        self.call.status, self.call.headers = start["status"], start["headers"]
        self.call.body.close()
        self.call.body = Kept(KIB * KIB)
        self.call.body.write(content["body"])

    def _finish(self) -> None:
        self.bridge.pending -= 1
        if not self.done.done():
            self.done.set_result(None)
