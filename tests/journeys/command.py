"""The installed command, as an operator types it."""

import subprocess
import sys
from pathlib import Path

from tests.served import environment


def equalterms(home: Path, *words: str) -> str:
    """Runs `equalterms` with these words on a home; answers what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "equalterms", *words],
        env=environment(home),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
