"""Command lines, and a way to run one as an operator does."""

import subprocess
import sys
from pathlib import Path

from tests.served import environment

A_DAY = [
    "new-event", "--slug", "spring", "--title", "Surgery in spring", "--timezone", "Europe/London",
    "--starts", "2027-03-20T10:00", "--ends", "2027-03-20T16:00",
]  # fmt: skip


def run(home: Path, *typed: str, **more: str) -> "subprocess.CompletedProcess[str]":
    """The command in a process of its own, as an operator runs it."""
    return subprocess.run(
        [sys.executable, "-m", "equalterms", *typed],
        env=environment(home, **more),
        capture_output=True,
        text=True,
        timeout=60,
        stdin=subprocess.DEVNULL,
        check=False,
    )
