"""A full disk, clocks that jump, senders that trickle, streams nobody reads, a line that is cut."""

import os
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from tests.drills.kills import AFTER, BEFORE, concluded
from tests.drills.result import Missing, Result
from tests.drills.stage import POSTGRESQL, SQLITE, port_of, staged
from tests.relay import relayed

SLOW, HALF_OPEN = 300, 1_000
DISK_MB = 24
FAKETIME = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1")


@contextmanager
def small_disk(home: Path) -> Iterator[None]:
    """A disk of its own under `home`, in memory."""
    home.mkdir(parents=True, exist_ok=True)
    mounting = ["mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m,mode=700", "tmpfs", str(home)]
    if os.geteuid() != 0 or subprocess.run(mounting, capture_output=True, check=False).returncode:
        raise Missing("a small disk cannot be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(home)], check=False)


def disk_full(home: Path, stores: str = SQLITE) -> Result:
    """Nothing more fits for five seconds; then there is room again."""
    with small_disk(home), staged(home, stores) as stage:
        server = stage.serve()
        stage.begin()
        follower = stage.follow(server)
        stage.load(port_of(server))
        stage.until_acknowledged(BEFORE)
        filler = home / "filler"
        fill(filler)
        full_at, refused_at = stage.ledger.acknowledged(), stage.ledger.refused
        time.sleep(5)
        meanwhile = stage.ledger.acknowledged() - full_at
        refused = stage.ledger.refused - refused_at
        reading = server.server.get(f"/api/v1/sessions/{stage.session}/live/").status
        filler.unlink()
        over = time.monotonic()
        stage.until_acknowledged(AFTER)
        back = stage.ledger.gap_after(over)
        seen = f"while full: {meanwhile} acknowledged, {refused} refused, reading answered {reading}"
        return concluded(stage, "disk full for 5 s", stores, back, seen, follower)


def fill(path: Path) -> None:
    """To the last page."""
    with path.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(4096)):
            pass


def clock_jumps(home: Path, stores: str) -> Result:
    """An hour forward, then two back, under the server and its clock."""
    if not FAKETIME.exists():
        raise Missing("libfaketime is not installed")
    home.mkdir(parents=True, exist_ok=True)
    told = home / "faketime"
    told.write_text("+0\n")
    jumping = {
        "LD_PRELOAD": str(FAKETIME), "FAKETIME_TIMESTAMP_FILE": str(told), "FAKETIME_CACHE_DURATION": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1", "FAKETIME_NO_CACHE": "0",
    }  # fmt: skip
    with staged(home, stores) as stage:
        server = stage.serve(**jumping)
        stage.begin()
        follower = stage.follow(server)
        stage.load(port_of(server))
        gaps = []
        for jump in ("+1h", "-1h"):
            stage.until_acknowledged(BEFORE)
            told.write_text(f"{jump}\n")
            moment = time.monotonic()
            time.sleep(2)
            stage.until_acknowledged(AFTER)
            gaps.append(stage.ledger.gap_after(moment))
        seen = "after +1 h, -2 h: next acknowledged after " + ", ".join(f"{gap:.2f} s" for gap in gaps)
        return concluded(stage, "clock jumps", stores, max(gaps), seen, follower)


def slow_and_silent(home: Path, stores: str) -> Result:
    """300 bodies that come a byte a second, and 1,000 streams that nobody reads, beside the load."""
    with staged(home, stores) as stage, ExitStack() as stack:
        server = stage.serve()
        stage.begin()
        follower = stage.follow(server)
        before = server.memory()
        lines = [stack.enter_context(line_to(port_of(server))) for _ in range(SLOW + HALF_OPEN)]
        path = f"/api/v1/sessions/{stage.session}/"
        for line in lines[:SLOW]:
            line.sendall(
                f"PUT {path}questions/x/ HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n".encode()
            )
        for line in lines[SLOW:]:
            line.sendall(f"GET {path}stream HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        stage.load(port_of(server))
        moment = time.monotonic()
        with trickling(lines[:SLOW]):
            stage.until_acknowledged(BEFORE + AFTER)
        back = stage.ledger.gap_after(moment)
        rate = stage.ledger.acknowledged() / (time.monotonic() - moment)
        seen = f"{rate:.0f} acknowledged a second beside them; {before} MB before, {server.memory()} MB then"
        return concluded(
            stage, f"{SLOW} slow bodies, {HALF_OPEN} silent streams", stores, back, seen, follower
        )


@contextmanager
def line_to(port: int) -> Iterator[socket.socket]:
    line = socket.socket()
    try:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.connect(("127.0.0.1", port))
        yield line
    finally:
        line.close()


@contextmanager
def trickling(lines: list[socket.socket]) -> Iterator[None]:
    over = threading.Event()

    def trickle() -> None:
        while not over.wait(1):
            for line in lines:
                with suppress(OSError):
                    line.sendall(b" ")

    thread = threading.Thread(target=trickle)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def cut_while_sending(home: Path, stores: str) -> Result:
    """The line of the phones is reset every 150 ms, in the middle of whatever they send."""
    with staged(home, stores) as stage:
        server = stage.serve()
        stage.begin()
        follower = stage.follow(server)
        with relayed(server.server.url) as line:
            stage.load(line.port)
            cuts = cut_often(line.cut)
            over = time.monotonic()
            stage.until_acknowledged(AFTER)
            back = stage.ledger.gap_after(over)
            seen = f"{cuts} cuts, {stage.ledger.refused} sent again"
            return concluded(stage, "network cut mid-PUT", stores, back, seen, follower)


def cut_often(cut: Callable[[], None]) -> int:
    cuts, end = 0, time.monotonic() + 6
    while time.monotonic() < end:
        time.sleep(0.15)
        cut()
        cuts += 1
    return cuts


DRILLS = [(disk_full, SQLITE)] + [
    (drill, stores)
    for drill in (clock_jumps, slow_and_silent, cut_while_sending)
    for stores in (SQLITE, POSTGRESQL)
]
