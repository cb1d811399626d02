"""The ASGI application that answers by a WSGI one: few threads, and none of them waits for the network.

A request's body is read whole on the loop before it takes a thread, and an answer is kept whole before
it leaves, so slow clients cost memory for a while but never one of the threads.
"""

import asyncio
import contextvars
import logging
import re
import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Protocol

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
from equalterms.config.gateway.turns import Turns, is_slow
from equalterms.lib.api import asgi
from equalterms.lib.api.asgi import Headers, Message, Receive, Scope, Send

logger = logging.getLogger("equalterms.bridge")
RETRY_AFTER = 2
# Whoever has waited so long for a thread is told to try again, and nothing of it runs any more.
PATIENCE = 5.0
# Large bodies that are here at once; each may lie in a file of 16 MB, before anybody has signed in.
UPLOADS_AT_ONCE = 8


class Ahead(Protocol):
    """What answers some requests before the application is called, and sees what that answers."""

    async def answer(self, environ: dict[str, Any], content: bytes) -> tuple[Message, Message] | None: ...

    def learn(self, environ: dict[str, Any], status: int, headers: Headers) -> None: ...


class Bridge:
    """The ASGI application that answers by a WSGI one.

    `uploads` are patterns of paths that may carry more than a form. At most `waiting` requests wait for
    a thread, and none longer than five seconds; beyond that the answer is 503 with Retry-After. What is
    slow on purpose leaves a thread to the rest, and takes turns by network. `behind_proxy` says that
    X-Forwarded-For is a proxy's of ours. Whatever is `ahead` is asked first.
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
        self.turns = Turns(max(1, threads - 1))
        self.uploads = uploads
        self.headers = headers or []
        self.behind_proxy = behind_proxy
        self.ahead: Ahead | None = None
        self.plain, self.upload = plain, upload
        self.uploading = 0

    def start(self) -> None:
        self.crew.start()

    def stop(self) -> None:
        self.crew.stop()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not any(path.fullmatch(scope["path"]) for path in self.uploads):
            await self._take_in(scope, receive, send, self.plain)
        elif self.uploading >= UPLOADS_AT_ONCE:
            await self._hang_up(503, receive, send)
        else:
            self.uploading += 1
            try:
                await self._take_in(scope, receive, send, self.upload)
            finally:
                self.uploading -= 1

    async def _take_in(self, scope: Scope, receive: Receive, send: Send, limit: Limit) -> None:
        try:
            body = await read_body(scope, receive, limit)
        except Refused as refused:
            await self._hang_up(refused.status, receive, send)
            return
        except Gone:
            return
        try:
            environ = environ_of(scope, body, behind_proxy=self.behind_proxy)
            if self.ahead and body.file is None:
                answer = await self.ahead.answer(environ, b"".join(body.parts))
                if answer is not None:
                    for message in answer:
                        await send(message)
                    return
            await (self._in_turn if is_slow(environ) else self._answer)(environ, receive, send)
        finally:
            body.close()

    async def _in_turn(self, environ: dict[str, Any], receive: Receive, send: Send) -> None:
        network = environ["REMOTE_ADDR"]
        if not await self.turns.take(network):
            await self._busy(send)
            return
        try:
            await self._answer(environ, receive, send)
        finally:
            self.turns.leave(network)

    async def _busy(self, send: Send) -> None:
        for message in asgi.problem(503, headers=self.headers, retry_after=RETRY_AFTER):
            await send(message)

    async def _answer(self, environ: dict[str, Any], receive: Receive, send: Send) -> None:
        if self.pending >= self.most:
            await self._busy(send)
            return
        call = Call(environ)
        try:
            await self._in_a_thread(call, receive)
            if call.status:
                if self.ahead:
                    self.ahead.learn(environ, call.status, call.headers)
                await send_kept(call, send)
        finally:
            call.body.close()

    async def _in_a_thread(self, call: Call, receive: Receive) -> None:
        """Runs the call. While it must wait for a thread, a client that hangs up gives back its place, and
        one that waits too long hears that it was not run."""
        job = Job(self, call)
        waits = self.pending >= self.crew.size
        self.pending += 1
        self.crew.give(job)
        if waits:
            gone = asyncio.create_task(hung_up(receive))
            await asyncio.wait({job.done, gone}, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
            hung = gone.done()
            gone.cancel()
            if not job.done.done() and job.take():
                if not hung:
                    call.say(asgi.problem(503, headers=self.headers, retry_after=RETRY_AFTER))
                return
        await job.done

    async def _hang_up(self, status: int, receive: Receive, send: Send) -> None:
        """Answers before the body is all here, takes a little more of it so that the answer is not lost
        in a reset, and closes."""
        headers = [*self.headers, (b"connection", b"close")]
        again = RETRY_AFTER if status == 503 else None
        start, content = asgi.problem(status, headers=headers, retry_after=again)
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

    def __init__(self, bridge: Bridge, call: Call) -> None:
        self.bridge, self.call = bridge, call
        self.loop = asyncio.get_running_loop()
        self.done = self.loop.create_future()
        self._taken = threading.Lock()

    def take(self) -> bool:
        """True for the first who asks: the thread that is to run it, or the loop that gives it up."""
        return self._taken.acquire(blocking=False)

    def __call__(self) -> None:
        if self.take():
            try:
                contextvars.Context().run(self.call.run, self.bridge.app)
            except BaseException:  # whatever it was, the thread and the client go on
                logger.exception("the application failed")
                self.call.say(asgi.problem(500, headers=self.bridge.headers))
        with suppress(RuntimeError):  # the loop is closed
            self.loop.call_soon_threadsafe(self._finish)

    def _finish(self) -> None:
        self.bridge.pending -= 1
        if not self.done.done():
            self.done.set_result(None)
