"""The project's own files, as the architecture tests read them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "api" / "equalterms"
APP = ROOT / "pwa" / "src"
LEFT_OUT = {"__pycache__", "node_modules", "webroot", "migrations"}


def walk(top: Path, *suffixes: str) -> list[Path]:
    """Files below `top` with one of these endings; nothing installed, built or generated."""
    found = (path for path in top.rglob("*") if path.suffix in suffixes and path.is_file())
    return sorted(path for path in found if not LEFT_OUT & set(path.relative_to(ROOT).parts))


def modules() -> list[Path]:
    """Every Python module of the product."""
    return walk(PACKAGE, ".py")


def said(path: Path) -> str:
    """How a message names a file."""
    return path.relative_to(ROOT).as_posix()


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), str(path))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def tracked() -> list[Path]:
    """Every file under version control; all but the ignored ones where there is no repository."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [path for name in listing.stdout.split("\0") if name and (path := ROOT / name).is_file()]
