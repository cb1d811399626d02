"""Followers in a process of their own, as one process may not open the files of several crowds."""

import multiprocessing
from multiprocessing.connection import Connection

from tests.bench.wire.followers import Followers


class Crowd:
    """What `Followers` does, elsewhere; the clock is the same in all processes of a machine."""

    def __init__(self, port: int, asked: bytes, count: int, *, hello: int) -> None:
        processes = multiprocessing.get_context("spawn")
        self.line, there = processes.Pipe()
        self.process = processes.Process(target=follow, args=(there, port, asked, count, hello), daemon=True)
        self.process.start()
        there.close()
        self._asked()

    def expect(self) -> None:
        self.line.send("expect")
        self._asked()

    def reached(self) -> tuple[float, float]:
        self.line.send("reached")
        first, last = self._asked()
        return first, last

    def close(self) -> None:
        self.line.send("close")
        self.process.join()

    def _asked(self) -> tuple[float, ...]:
        try:
            told: tuple[float, ...] = self.line.recv()
        except EOFError:
            raise SystemExit("a crowd could not follow") from None
        return told


def follow(line: Connection, port: int, asked: bytes, count: int, hello: int) -> None:
    """Joins, then does what it is told until it is told to close."""
    followers = Followers(port, asked, count, hello=hello)
    line.send(())
    while (told := line.recv()) != "close":
        if told == "expect":
            followers.expect()
            line.send(())
        else:
            line.send(followers.reached())
    followers.close()
