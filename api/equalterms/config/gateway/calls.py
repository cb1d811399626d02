"""One call of the WSGI application, and the threads that make them."""

import threading
from collections.abc import Callable, Iterable, Sequence
from queue import SimpleQueue
from typing import Any

from django.db import connections

from equalterms.config.gateway.bodies import KIB, Kept
from equalterms.lib.api import asgi
from equalterms.lib.api.asgi import Headers, Message, Send

WsgiApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "upgrade", "te", "trailer"}


class Call:
    """One WSGI call. What the application says is kept until it is complete, so that an error in the
    middle of an answer is still a whole and proper answer."""

    def __init__(self, environ: dict[str, Any]) -> None:
        self.environ = environ
        self.status = 0
        self.headers: Headers = []
        self.body = Kept(KIB * KIB)

    def start_response(
        self, status: str, headers: Sequence[tuple[str, str]], exc_info: Any = None
    ) -> Callable[[bytes], None]:
        if self.status and exc_info is None:
            raise RuntimeError("start_response() was called twice.")
        self.status = int(status[:3])
        self.headers = [
            (name.lower().encode("latin-1"), value.encode("latin-1"))
            for name, value in headers
            if name.lower() not in HOP_BY_HOP
        ]
        return self.body.write

    def say(self, answer: tuple[Message, Message]) -> None:
        """This, in the place of whatever the application said."""
        start, content = answer
        self.status, self.headers = start["status"], start["headers"]
        self.body.close()
        self.body = Kept(KIB * KIB)
        self.body.write(content["body"])

    def run(self, app: WsgiApp) -> None:
        """Calls the application, takes all it gives, and closes it, in the calling thread."""
        result = app(self.environ, self.start_response)
        try:
            for part in result:
                self.body.write(part)
        finally:
            if hasattr(result, "close"):
                result.close()
        if not self.status:
            raise RuntimeError("The application did not call start_response().")
        if self.status not in {204, 304} and not any(name == b"content-length" for name, _ in self.headers):
            self.headers.append((b"content-length", b"%d" % self.body.size))


async def send_kept(call: Call, send: Send) -> None:
    await send(asgi.start(call.status, call.headers))
    if call.body.file is None:
        await send(asgi.body(b"".join(call.body.parts)))
        return
    source = call.body.open()
    while part := source.read(64 * KIB):
        await send(asgi.body(part, more=True))
    await send(asgi.body(b""))


class Crew:
    """A fixed number of threads, each with its own lasting database connection."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        for number in range(self.size):
            thread = threading.Thread(target=self._work, name=f"django-{number}", daemon=True)
            thread.start()
            self._threads.append(thread)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()
        connections.close_all()

    def give(self, job: Callable[[], None]) -> None:
        self._jobs.put(job)

    def stop(self) -> None:
        """Lets what is in hand finish, then ends the threads and their connections."""
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join()
        self._threads.clear()
