"""A small, quick HTTP client, and the CPU time that another process spends."""

import selectors
import socket
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

CONNECTIONS = 16


class Cost(NamedTuple):
    """Of one request: microseconds of the server's CPU, and of the clock on the wall."""

    cpu: float
    wall: float


def request(path: str, method: str = "GET", body: bytes = b"", **headers: str) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Accept: application/json"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


def connect(port: int) -> socket.socket:
    made = socket.create_connection(("127.0.0.1", port), timeout=30)
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return made


def answer(connection: socket.socket) -> tuple[int, bytes]:
    """Status and body of the next answer; it must say its length."""
    read = b""
    while b"\r\n\r\n" not in read:
        read += connection.recv(65536)
    head, _, body = read.partition(b"\r\n\r\n")
    status = int(head[9:12])
    lengths = [
        line.split(b":")[1] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")
    ]
    wanted = int(lengths[0]) if lengths and status != 304 else 0
    while len(body) < wanted:
        body += connection.recv(65536)
    return status, body


def cpu_of(pid: int) -> float:
    """Seconds of CPU that all threads of a process have had, to the nanosecond."""
    tasks = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9


def cost(port: int, pid: int, requests: Sequence[bytes], status: int) -> Cost:
    """Sends every request over a few open connections and says what one cost. All must give `status`."""
    connections = [connect(port) for _ in range(CONNECTIONS)]
    cpu, wall = cpu_of(pid), time.perf_counter()
    for start in range(0, len(requests), CONNECTIONS):
        busy = list(zip(connections, requests[start : start + CONNECTIONS], strict=False))
        for connection, asked in busy:
            connection.sendall(asked)
        given = [answer(connection)[0] for connection, _ in busy]
        if set(given) != {status}:
            raise SystemExit(f"wanted {status}, got {sorted(set(given))}")
    wall, cpu = time.perf_counter() - wall, cpu_of(pid) - cpu
    for connection in connections:
        connection.close()
    return Cost(cpu * 1e6 / len(requests), wall * 1e6 / len(requests))


class Followers:
    """Many readers of one stream."""

    def __init__(self, port: int, path: str, count: int) -> None:
        self.connections = [connect(port) for _ in range(count)]
        for connection in self.connections:
            connection.sendall(request(path, Accept="text/event-stream"))
        self.wait(b"event: hello")

    def wait(self, word: bytes, seconds: float = 30) -> float:
        """Seconds until every follower has read `word`."""
        begun, waiting, read = (
            time.perf_counter(),
            set(self.connections),
            dict.fromkeys(self.connections, b""),
        )
        with selectors.DefaultSelector() as ready:
            for connection in self.connections:
                ready.register(connection, selectors.EVENT_READ)
            while waiting:
                if time.perf_counter() - begun > seconds:
                    raise SystemExit(f"{len(waiting)} followers heard nothing in {seconds} s")
                for key, _ in ready.select(1):
                    connection = key.fileobj
                    read[connection] += connection.recv(65536)
                    if word in read[connection]:
                        waiting.discard(connection)
        return time.perf_counter() - begun

    def close(self) -> None:
        for connection in self.connections:
            connection.close()
