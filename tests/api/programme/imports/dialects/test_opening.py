from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.api.programme.imports.files import GOOD, OURS, a_file, changed, planned, refused

from equalterms.programme.imports.dialects.opening import LARGEST, opened
from equalterms.programme.imports.dialects.raw import Broken

WHOLE = {name: (OURS / name).read_bytes().rstrip() for name in GOOD}


def reason(path: Path) -> str:
    with pytest.raises(Broken) as wrong:
        opened(path)
    return str(wrong.value)


def test_a_missing_file_a_folder_and_a_device_are_told_apart(tmp_path: Path) -> None:
    assert reason(tmp_path / "none.xml") == "there is no such file"
    assert reason(tmp_path) == "this is a folder, not a file"
    assert reason(Path("/dev/null")) == "this is not a regular file"
    assert reason(Path("no\0path")) in {"there is no such file", "it cannot be read (not a path)"}


def test_a_path_the_system_will_not_open_says_why(tmp_path: Path) -> None:
    assert reason(tmp_path / ("x" * 300)) == "it cannot be read (File name too long)"


def test_a_file_too_large_to_be_a_schedule_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.xml"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)

    assert reason(path) == "the file is larger than 64 MB"


@pytest.mark.parametrize("content", [b"", b"  \n\t ", b"\xef\xbb\xbf"])
def test_an_empty_file_is_said_to_be_empty(content: bytes) -> None:
    assert refused(content) == ["the file is empty"]


@pytest.mark.parametrize("content", [b"BEGIN:VCALENDAR", b"title,start\nA,10:00", b"%PDF-1.7 \x00"])
def test_what_is_neither_xml_nor_json_is_said_to_be_neither(content: bytes) -> None:
    assert refused(content) == ["line 1: this is neither XML nor JSON, so no schedule.xml or schedule.json"]


@pytest.mark.parametrize(
    ("declared", "codec"),
    [
        ("ISO-8859-1", "iso-8859-1"),
        ("ISO-8859-15", "iso-8859-15"),
        ("windows-1252", "cp1252"),
        ("UTF-16", "utf-16"),
        ("utf-8", "utf-8-sig"),
        ("GB18030", "gb18030"),
    ],
)
def test_xml_is_read_in_the_encoding_it_declares(declared: str, codec: str) -> None:
    content = changed("fosdem.xml", ('encoding="UTF-8"', f'encoding="{declared}"')).encode(codec)

    assert "Zoë Okafor" in {person.name for person in planned(content, timezone="Europe/Brussels").people}


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_json_is_read_with_any_byte_order_mark(codec: str) -> None:
    assert planned((OURS / "frab.json").read_text().encode(codec), "a.json").title == "Equal Terms Camp 2026"


def test_a_byte_that_is_not_of_the_encoding_is_named_with_its_line() -> None:
    content = changed("fosdem.xml").encode().replace("Zoë".encode(), b"Zo\xff")

    place = content.index(b"\xff")
    line = content[:place].count(b"\n") + 1
    assert refused(content) == [f"line {line}: byte {place} is not UTF-8: invalid start byte"]


@pytest.mark.parametrize("declared", ["klingon-8", "hex", "zip"])
def test_an_encoding_nobody_knows_is_refused(declared: str) -> None:
    content = changed("fosdem.xml", ('encoding="UTF-8"', f'encoding="{declared}"'))

    assert refused(content) == [f"line 1: the encoding “{declared}” is not one we know"]


@given(st.sampled_from(sorted(GOOD)), st.floats(0, 1, exclude_max=True))
@settings(max_examples=200, deadline=None)
def test_a_file_that_was_cut_off_anywhere_is_refused(name: str, share: float) -> None:
    whole = WHOLE[name]

    assert refused(whole[: int(len(whole) * share)], name, GOOD[name])


@given(st.sampled_from(sorted(GOOD)), st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=4))
@settings(max_examples=300, deadline=None)
def test_a_damaged_file_is_read_or_refused_but_never_trips_us(name: str, share: float, junk: bytes) -> None:
    place = int(len(WHOLE[name]) * share)
    damaged = WHOLE[name][:place] + junk + WHOLE[name][place + len(junk) :]

    with suppress(Broken):
        assert planned(damaged, name, GOOD[name]).sessions


@given(st.binary(max_size=200))
@settings(max_examples=200, deadline=None)
def test_arbitrary_bytes_are_refused(content: bytes) -> None:
    with a_file(content) as path:
        assert reason(path)
