"""Schedule files for these tests: small ones of our own in every dialect, real ones where they lie near."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from equalterms.programme.imports.dialects.opening import opened
from equalterms.programme.imports.dialects.raw import Broken
from equalterms.programme.imports.plan import Plan
from equalterms.programme.imports.settle import settle
from equalterms.programme.models import Appearance, Event, Listing, Room, Session

ROOT = Path(__file__).parents[4]
OURS = ROOT / "tests/files/schedules"
REAL = ROOT.parent / "shared/data"
# Each of our files with the zone to import it with.
GOOD = {
    "fosdem.xml": "Europe/Brussels",
    "pretalx.xml": None,
    "wafer.xml": None,
    "frab.json": None,
    "pretalx.json": None,
    "hub.json": None,
}


def real(name: str) -> Path:
    """A published schedule that is not ours to carry. Without it the test is skipped; CI needs it."""
    path = REAL / name
    if not path.exists():
        reason = f"the published schedule {name} does not lie in {REAL.parent.name}/{REAL.name}"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return path


@contextmanager
def a_file(content: str | bytes, name: str = "schedule.xml") -> Iterator[Path]:
    """A schedule file of that content, for as long as the block lasts."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        yield path


def changed(name: str, *swaps: tuple[str, str]) -> str:
    """One of our files with some words swapped; each must be there."""
    text = (OURS / name).read_text()
    for old, new in swaps:
        assert old in text
        text = text.replace(old, new)
    return text


def reshaped(name: str, reshape: Callable[[Any], None]) -> str:
    """One of our JSON files after `reshape` was let loose on its conference."""
    tree = json.loads((OURS / name).read_text())
    reshape(tree["schedule"]["conference"])
    return json.dumps(tree)


def planned(content: str | bytes, name: str = "schedule.xml", timezone: str | None = None) -> Plan:
    """The plan of a file of that content."""
    with a_file(content, name) as path:
        return settle(opened(path), timezone, lambda *_: None)


def refused(content: str | bytes, name: str = "schedule.xml", timezone: str | None = None) -> list[str]:
    """What is said of a file of that content, which must be refused."""
    with pytest.raises(Broken) as wrong:
        planned(content, name, timezone)
    return [str(problem) for problem in wrong.value.problems]


def rows() -> dict[str, int]:
    """How many rows of the programme there are."""
    return {
        model.__name__: model._default_manager.count()
        for model in (Event, Room, Session, Listing, Appearance)
    }
