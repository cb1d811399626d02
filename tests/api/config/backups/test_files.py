"""Copies as files."""

import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from equalterms.config.backups import files
from equalterms.lib.refusal import Refusal

NOW = datetime(2026, 11, 22, 20, 5, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def home(settings: object, tmp_path: Path) -> Path:
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    return settings.HOME


def refused(path: Path) -> str:
    with pytest.raises(Refusal) as refusal:
        files.read(path)
    return refusal.value.code


def test_a_copy_gives_back_what_was_put_in(tmp_path: Path) -> None:
    content = secrets.token_bytes(5000)

    files.write(tmp_path / "copy", content)

    assert files.read(tmp_path / "copy") == content


def test_copies_and_their_key_are_for_their_owner_alone(home: Path, tmp_path: Path) -> None:
    files.write(tmp_path / "copy", b"words")

    modes = [path.stat().st_mode & 0o777 for path in (tmp_path / "copy", home / "keys" / "backup")]
    assert modes == [0o600, 0o600]
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["copy"]


def test_two_copies_of_the_same_have_nothing_in_common(tmp_path: Path) -> None:
    for name in ("one", "other"):
        files.write(tmp_path / name, b"words" * 100)

    one, other = ((tmp_path / name).read_bytes()[len(files.MAGIC) :] for name in ("one", "other"))
    windows = {one[place : place + 4] for place in range(len(one) - 3)}
    assert [place for place in range(len(other) - 3) if other[place : place + 4] in windows] == []


def test_a_damaged_copy_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "copy"
    files.write(path, b"words" * 100)
    content = bytearray(path.read_bytes())
    content[-20] ^= 1
    path.write_bytes(bytes(content))

    assert refused(path) == "wrong-key"


@pytest.mark.parametrize("length", [0, 10, 25, 40])
def test_a_torn_copy_is_refused(tmp_path: Path, length: int) -> None:
    path = tmp_path / "copy"
    files.write(path, b"words" * 100)
    path.write_bytes(path.read_bytes()[:length])

    assert refused(path) in {"no-backup", "wrong-key"}


def test_another_key_opens_nothing(home: Path, tmp_path: Path) -> None:
    files.write(tmp_path / "copy", b"words")
    (home / "keys" / "backup").write_bytes(bytes(32))

    assert refused(tmp_path / "copy") == "wrong-key"


def test_a_key_of_another_length_opens_nothing(home: Path, tmp_path: Path) -> None:
    files.write(tmp_path / "copy", b"words")
    (home / "keys" / "backup").write_bytes(bytes(7))

    assert refused(tmp_path / "copy") == "wrong-key"


def test_without_the_key_nothing_is_opened_and_none_is_made(home: Path, tmp_path: Path) -> None:
    files.write(tmp_path / "copy", b"words")
    (home / "keys" / "backup").unlink()

    assert refused(tmp_path / "copy") == "no-key"
    assert not (home / "keys" / "backup").exists()


def test_another_file_is_no_copy(tmp_path: Path) -> None:
    files.key()
    (tmp_path / "letter").write_text("Dear all")

    assert refused(tmp_path / "letter") == "no-backup"


def test_in_a_folder_a_copy_is_named_by_the_time(tmp_path: Path) -> None:
    assert files.place_for(tmp_path, NOW) == tmp_path / "equalterms-20261122T200509Z.backup"
    assert files.place_for(tmp_path / "mine", NOW) == tmp_path / "mine"


def test_only_copies_of_our_own_and_over_seven_days_old_are_cleared_away(tmp_path: Path) -> None:
    old = files.place_for(tmp_path, NOW - timedelta(days=7, seconds=1))
    young = files.place_for(tmp_path, NOW - timedelta(days=7))
    named = tmp_path / "before-the-move.backup"
    misnamed = tmp_path / "equalterms-20261399T990000Z.backup"
    for path in (old, young, named, misnamed):
        files.write(path, b"words")
    foreign = tmp_path / "equalterms-20200101T000000Z.backup"
    foreign.write_text("somebody else's")

    gone = files.clear_away(tmp_path, NOW)

    assert gone == [old]
    assert {path for path in tmp_path.iterdir() if path.is_file()} == {young, named, misnamed, foreign}
