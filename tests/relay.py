"""A line through which a test can make a network bad: to pass, to hang, to be cut off, to flap."""

import selectors
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit, urlunsplit

LOOP = "127.0.0.1"


class Relay:
    """Takes TCP connections and passes on what comes, both ways, to a server of this machine.

    While it hangs, it takes connections and whatever is sent, and passes on nothing; connections that were
    open then never hear of it again. While it is stopped, nothing listens and open connections are reset.
    """

    def __init__(self, port: int) -> None:
        self.target = port
        self.lines = 0
        self._hung = False
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._dead: set[socket.socket] = set()
        self._listener: socket.socket | None = None
        self._lock = threading.Lock()
        self.port = 0
        self.let_through()

    def let_through(self) -> None:
        """As a good network does, for every new connection."""
        self._hung = False
        if self._listener is None:
            self._listen()

    def hang(self) -> None:
        self.let_through()
        with self._lock:
            self._hung = True
            self._dead.update(end for pair in self._pairs for end in pair)

    def stop(self) -> None:
        """Resets what is open; new connections are refused."""
        listener, self._listener = self._listener, None
        if listener is not None:
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()
        self.cut()

    def cut(self) -> None:
        """Resets what is open, and takes new connections."""
        with self._lock:
            pairs, self._pairs = self._pairs, []
            self._dead.clear()
        for pair in pairs:
            for end in pair:
                reset(end)

    def _listen(self) -> None:
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((LOOP, self.port))
        listener.listen()
        self.port = int(listener.getsockname()[1])
        self._listener = listener
        threading.Thread(target=self._take, args=(listener,), daemon=True).start()

    def _take(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near, _ = listener.accept()
                try:
                    far = socket.create_connection((LOOP, self.target), timeout=5)
                except OSError:
                    reset(near)
                    continue
                with self._lock:
                    self.lines += 1
                    self._pairs.append((near, far))
                    if self._hung:
                        self._dead.update((near, far))
                threading.Thread(target=self._pass, args=(near, far), daemon=True).start()

    def _pass(self, near: socket.socket, far: socket.socket) -> None:
        with selectors.DefaultSelector() as ready, suppress(OSError, ValueError):
            ready.register(near, selectors.EVENT_READ, far)
            ready.register(far, selectors.EVENT_READ, near)
            while True:
                for key, _ in ready.select(1):
                    end = key.fileobj
                    assert isinstance(end, socket.socket)
                    part = end.recv(65536)
                    if end in self._dead:
                        if not part:
                            ready.unregister(end)
                    elif part:
                        key.data.sendall(part)
                    else:
                        raise OSError
        for end in (near, far):
            end.close()


def reset(end: socket.socket) -> None:
    """Closes as a machine that knows nothing of the connection any more."""
    with suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
        end.shutdown(socket.SHUT_RDWR)
        end.close()


class Relayed(Relay):
    """`url` leads through the relay to what `target_url` names."""

    def __init__(self, target_url: str) -> None:
        parts = urlsplit(target_url)
        super().__init__(int(parts.port or 0))
        user = f"{parts.username}@" if parts.username else ""
        self.url = urlunsplit(parts._replace(netloc=f"{user}{LOOP}:{self.port}"))


@contextmanager
def relayed(target_url: str) -> Iterator[Relayed]:
    relay = Relayed(target_url)
    try:
        yield relay
    finally:
        relay.stop()
