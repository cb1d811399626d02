"""Servers on a core of their own, and what they have used: their children's share included."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.architecture.tree import ROOT
from tests.served import API
from tests.services import ended, free_port, wait_for

CORES = sorted(os.sched_getaffinity(0))
# The server has the first core; this process, which sends, has the last.
APART = len(CORES) > 1 and shutil.which("taskset") is not None
PINNED: tuple[str, ...] = ("taskset", "--cpu-list", str(CORES[0])) if APART else ()
UVICORN = (sys.executable, "-m", "uvicorn", "--no-access-log", "--log-level", "error", "--loop", "uvloop")


def stay_apart() -> None:
    """Leaves the first core to the servers."""
    if APART:
        os.sched_setaffinity(0, {CORES[-1]})


@contextmanager
def running(command: Sequence[str], port: int, **environment: str) -> Iterator[int]:
    """Runs a server on the servers' core until the block ends; gives its process id once it listens."""
    known = {**os.environ, "PYTHONPATH": os.pathsep.join([str(API), str(ROOT)]), **environment}
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen([*PINNED, *command], env=known, **quiet)
    with ended(process):
        wait_for(port)
        yield process.pid


@contextmanager
def asgi(app: str, *options: str, **environment: str) -> Iterator[tuple[int, int]]:
    """Port and process of an ASGI application on uvicorn, as quick as it comes."""
    port = free_port()
    command = [*UVICORN, app, "--http", "httptools", "--port", str(port), "--backlog", "4096", *options]
    with running(command, port, **environment) as pid:
        yield port, pid


def family(pid: int) -> list[int]:
    """A process and all that it started."""
    children = [
        int(child)
        for task in Path(f"/proc/{pid}/task").glob("*/children")
        for child in task.read_text().split()
    ]
    return [pid, *(member for child in children for member in family(child))]


def cpu_of(pid: int) -> float:
    """Seconds of CPU that a process and all that it started have had, to the nanosecond."""
    tasks = [task for member in family(pid) for task in Path(f"/proc/{member}/task").glob("*/schedstat")]
    return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9


def kilobytes(pid: int) -> float:
    """Memory that is these processes' own, and their share of what they share."""
    rolled = [Path(f"/proc/{member}/smaps_rollup").read_text() for member in family(pid)]
    return sum(int(text.split("\nPss:")[1].split()[0]) for text in rolled)
