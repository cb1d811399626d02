"""What a newcomer reads when something is missing: one clear sentence each."""

import shutil
import socket
import subprocess
from pathlib import Path

import pytest
from tests.architecture.tree import ROOT

SHELL = ("bash", "sh", "env", "awk", "cat", "find", "touch", "make", "node", "npm")


@pytest.fixture
def newcomer(tmp_path: Path) -> Path:
    """A folder with the Makefile and a PATH of its own in bin/, without Python."""
    (tmp_path / "bin").mkdir()
    for name in SHELL:
        if found := shutil.which(name):
            (tmp_path / "bin" / name).symlink_to(found)
    shutil.copy(ROOT / "Makefile", tmp_path)
    for name in ("requirements.txt", "requirements-build.txt", "requirements-dev.txt", "pyproject.toml"):
        (tmp_path / name).touch()
    return tmp_path


def make(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ["make", *words],
        cwd=folder,
        env={"PATH": str(folder / "bin")},
        capture_output=True,
        text=True,
        check=False,
    )


def script(path: Path, body: str) -> None:
    path.unlink(missing_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)


def test_make_alone_lists_what_there_is(newcomer: Path) -> None:
    listed = make(newcomer).stdout

    assert [line.split()[1] for line in listed.splitlines()][:3] == ["help", "setup", "setup-dev"]
    assert "make run " in listed
    assert "make test " in listed


def test_no_python_is_said(newcomer: Path) -> None:
    said = make(newcomer, "setup").stderr.splitlines()

    assert said[0].startswith("Equal Terms needs Python 3.11 or newer")


def test_a_python_without_venv_is_said(newcomer: Path) -> None:
    script(newcomer / "bin" / "python3", 'case "$2" in *ensurepip*) exit 1;; esac')

    said = make(newcomer, "setup").stderr.splitlines()

    assert said[0].startswith("Equal Terms needs Python's venv module")


def test_an_old_node_is_said(newcomer: Path) -> None:
    script(newcomer / "bin" / "node", '[ "$1" = --version ] && echo v18.20.4')
    script(
        newcomer / "bin" / "python3",
        '[ "$2" = venv ] && { mkdir -p .venv/bin; cp bin/python3 .venv/bin/python; } ; true',
    )
    for name in ("mkdir", "cp"):
        (newcomer / "bin" / name).symlink_to(shutil.which(name))

    said = make(newcomer, "setup").stderr.splitlines()

    assert said[0] == "Equal Terms needs Node.js 20.19 or newer to build its app, and found v18.20.4."


def test_a_taken_port_is_said_before_anything_is_set_up(newcomer: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = make(newcomer, "run", f"PORT={port}")

    assert ran.stderr.splitlines()[0].startswith(f"Port {port} is taken by another program.")
    assert not (newcomer / ".venv").exists()
