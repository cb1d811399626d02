"""No answer about what people sent tells a time finer than a quarter of an hour."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any

import yaml
from tests.architecture.tree import ROOT
from tests.leaks.kept import Kept

ISO = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?")
SLOT = 15 * 60
# Times the organisers wrote themselves, and the ends of links, challenges and tokens just asked for.
PROGRAMME = {"starts", "ends", "expires", "expiresAt", "exp", "iat"}
# Numbers that are no times: versions start at random in 40 bits.
NUMBERS = {"version", "shown", "capacity"}


def times(found: Any, name: str = "") -> Iterator[tuple[str, float]]:
    """Every time in something read as JSON, by the name it stands under, in seconds."""
    if isinstance(found, dict):
        for inner, value in found.items():
            yield from times(value, inner)
    elif isinstance(found, list):
        for value in found:
            yield from times(value, name)
    elif isinstance(found, str):
        for said in ISO.findall(found):
            with suppress(ValueError):
                yield name, datetime.fromisoformat(said).timestamp()
    elif isinstance(found, int | float) and 1_500_000_000 < found < 2_500_000_000:
        yield name, float(found)


def finer(found: Any) -> list[tuple[str, float]]:
    return [(name, at) for name, at in times(found) if at % SLOT and name not in PROGRAMME | NUMBERS]


def read(kept: Kept) -> list[Any]:
    """Everything phones and staff were answered, and what the stream said, as JSON."""
    story = kept.story
    told = [answer.body for phone in story.phones for _, answer in phone.answers]
    told += [answer.body for _, answer in story.day.answers]
    told += [line[6:] for line in story.heard.splitlines() if line.startswith(b"data: ")]
    found = []
    for body in told:
        with suppress(ValueError):
            found.append(json.loads(body))
    return found


def test_anon_08_a_finer_time_would_be_seen() -> None:
    told = {
        "results": [
            {"slot": "2031-05-10T10:15:00Z", "starts": "2031-05-10T10:07:00Z"},
            {"at": "2031-05-10T10:15:01Z"},
        ]
    }

    assert [name for name, _ in times(told)] == ["slot", "starts", "at"]
    assert [name for name, _ in finer(told)] == ["at"]
    assert [name for name, _ in finer({"sent": 1_936_000_123, "note": "at 2031-05-10 10:15:07.123"})] == [
        "sent",
        "note",
    ]


def test_anon_08_no_answer_about_what_people_sent_tells_a_finer_time_than_its_slot(kept: Kept) -> None:
    found = read(kept)

    assert len(found) > 700
    assert sum(name == "slot" for name, _ in times(found)) > 100
    assert finer(found) == []


def test_anon_08_nor_does_a_header(kept: Kept) -> None:
    headers = {name for phone in kept.story.phones for _, answer in phone.answers for name in answer.headers}

    assert "date" in headers
    assert headers & {"last-modified", "age", "expires", "set-cookie", "server", "server-timing"} == set()


def test_anon_08_nor_does_an_example_in_the_description() -> None:
    described = yaml.safe_load((ROOT / "docs" / "openapi" / "openapi.yaml").read_text())

    assert finer(described) == []
