"""A small, quick HTTP client, and what a request costs the server that answers it."""

import socket
import time
from collections.abc import Sequence
from typing import NamedTuple

from tests.bench.wire.processes import cpu_of

CONNECTIONS = 32


class Cost(NamedTuple):
    """Of one request: microseconds of the server's CPU, and of the clock on the wall."""

    cpu: float
    wall: float


def request(path: str, method: str = "GET", body: bytes = b"", **headers: str) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    if "Accept" not in headers:
        lines.append("Accept: application/json")
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


def connect(port: int) -> socket.socket:
    made = socket.create_connection(("127.0.0.1", port), timeout=60)
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return made


def length_of(head: bytes, status: int) -> int:
    """How long the body after these headers is; it must be said."""
    if status in {204, 304}:
        return 0
    _, _, said = head.lower().partition(b"content-length:")
    return int(said.partition(b"\r\n")[0])


def answer(connection: socket.socket) -> tuple[int, bytes]:
    """Status and body of the next answer."""
    read = b""
    while b"\r\n\r\n" not in read:
        part = connection.recv(262_144)
        if not part:
            raise ConnectionError("the server hung up")
        read += part
    head, _, body = read.partition(b"\r\n\r\n")
    status = int(head[9:12])
    parts, missing = [body], length_of(head, status) - len(body)
    while missing > 0:
        parts.append(connection.recv(262_144))
        missing -= len(parts[-1])
    return status, b"".join(parts)


def cost(port: int, pid: int, requests: Sequence[bytes], status: int = 200) -> Cost:
    """Sends every request over a few open connections and says what one cost. All must give `status`."""
    connections = [connect(port) for _ in range(CONNECTIONS)]
    exchange(connections, requests[:1], status)
    cpu, wall = cpu_of(pid), time.perf_counter()
    for start in range(0, len(requests), CONNECTIONS):
        exchange(connections, requests[start : start + CONNECTIONS], status)
    wall, cpu = time.perf_counter() - wall, cpu_of(pid) - cpu
    for connection in connections:
        connection.close()
    return Cost(cpu * 1e6 / len(requests), wall * 1e6 / len(requests))


def exchange(connections: Sequence[socket.socket], requests: Sequence[bytes], status: int) -> None:
    """One request on each connection, all at once."""
    busy = list(zip(connections, requests, strict=False))
    for connection, asked in busy:
        connection.sendall(asked)
    wrong = {found for connection, _ in busy if (found := answer(connection)[0]) != status}
    if wrong:
        raise SystemExit(f"wanted {status}, got {sorted(wrong)}")
