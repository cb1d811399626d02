"""Many readers of one stream. They count bytes and keep none, so that reading costs the same for all."""

import select
import socket
import struct
import time

# A heartbeat is three bytes; nothing that is waited for is as small.
SMALLEST = 64
IN_FLIGHT = 512
# Closing by a reset leaves no address waiting, so that tens of thousands can come and go.
RESET = struct.pack("ii", 1, 0)


class Followers:
    """Each is connected once its answer has begun and, with `hello`, a first frame has come."""

    def __init__(self, port: int, asked: bytes, count: int, *, hello: int = SMALLEST) -> None:
        self.port, self.asked, self.hello = port, asked, hello
        self.epoll = select.epoll()
        self.sockets: dict[int, socket.socket] = {}
        self.waiting: dict[int, int] = {}
        self.room = memoryview(bytearray(65_536))
        begun = time.perf_counter()
        for number in range(count):
            self._join(number)
            if len(self.waiting) >= IN_FLIGHT:
                self._read_until(IN_FLIGHT // 2)
        self._read_until(0)
        self.took = time.perf_counter() - begun

    def _join(self, number: int) -> None:
        made = socket.socket()
        made.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        # Addresses of this machine's own network: each has ports of its own.
        made.bind((f"127.0.{1 + number // 8000}.1", 0))
        made.connect(("127.0.0.1", self.port))
        made.sendall(self.asked)
        made.setblocking(False)
        self.sockets[made.fileno()] = made
        self.waiting[made.fileno()] = self.hello
        self.epoll.register(made, select.EPOLLIN)

    def _read_until(self, left: int, seconds: float = 60, heard: list[float] | None = None) -> None:
        """Reads until no more than `left` wait for bytes."""
        end = time.perf_counter() + seconds
        while len(self.waiting) > left:
            if time.perf_counter() > end:
                raise SystemExit(f"{len(self.waiting)} followers heard nothing in {seconds:.0f} s")
            for number, _ in self.epoll.poll(1, 1024):
                self._read(number)
                if heard is not None and not heard and number not in self.waiting:
                    heard.append(time.perf_counter())

    def _read(self, number: int) -> None:
        count = self.sockets[number].recv_into(self.room)
        if count == 0:
            raise SystemExit("a follower was let go")
        missing = self.waiting.get(number)
        if missing is None:
            return
        if missing - count <= 0:
            del self.waiting[number]
        else:
            self.waiting[number] = missing - count

    def expect(self, size: int = SMALLEST) -> None:
        """From now on every follower waits for `size` bytes of news."""
        self._drain()
        self.waiting = dict.fromkeys(self.sockets, size)

    def _drain(self) -> None:
        while found := self.epoll.poll(0, 1024):
            for number, _ in found:
                self._read(number)

    def reached(self) -> tuple[float, float]:
        """When the first of them, and when the last, had read what they wait for."""
        heard: list[float] = []
        self._read_until(0, heard=heard)
        return heard[0], time.perf_counter()

    def close(self) -> None:
        self.epoll.close()
        for one in self.sockets.values():
            one.close()
        self.sockets.clear()
