"""The floor of following: one `write` a follower, and nobody who reads slowly is looked after."""

import asyncio
import os
import sys

import uvloop

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\nevent: hello\n\n"
followers: set[int] = set()


class Line(asyncio.Protocol):
    number = -1

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        if data.startswith(b"GET"):
            self.transport.write(HEAD)
            self.number = self.transport.get_extra_info("socket").fileno()
            followers.add(self.number)
            return
        frame = data.partition(b"\r\n\r\n")[2]
        for number in followers:
            os.write(number, frame)
        self.transport.write(b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n")

    def connection_lost(self, failed: Exception | None) -> None:
        followers.discard(self.number)


async def serve(port: int) -> None:
    server = await asyncio.get_running_loop().create_server(Line, "127.0.0.1", port, backlog=4096)
    await server.serve_forever()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve(int(sys.argv[1])))
