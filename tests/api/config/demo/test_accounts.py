"""The file that tells who may sign in to the demonstration."""

import json
from pathlib import Path

import pytest

from equalterms.config.demo import accounts
from equalterms.config.demo.accounts import DemoAccount

TOLD = [DemoAccount(role="organiser", email="organiser@example.org", password="a-b-c-d")]


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    accounts.write(tmp_path, TOLD)

    assert accounts.read(tmp_path) == TOLD
    assert json.loads((tmp_path / "demo-accounts.json").read_text()) == TOLD


def test_only_its_owner_can_read_it(tmp_path: Path) -> None:
    (tmp_path / "demo-accounts.json").write_text("[]")
    (tmp_path / "demo-accounts.json").chmod(0o644)

    accounts.write(tmp_path, TOLD)

    assert (tmp_path / "demo-accounts.json").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["demo-accounts.json"]


def test_a_home_that_is_not_there_yet_is_made(tmp_path: Path) -> None:
    accounts.write(tmp_path / "new" / "home", TOLD)

    assert accounts.read(tmp_path / "new" / "home") == TOLD


@pytest.mark.parametrize("words", ["", "{", "[1]", '{"role": "organiser"}', '[{"role": "organiser"}]', "7"])
def test_a_file_that_was_not_written_by_us_counts_as_gone(tmp_path: Path, words: str) -> None:
    (tmp_path / "demo-accounts.json").write_text(words)

    assert accounts.read(tmp_path) is None


def test_no_file_is_none(tmp_path: Path) -> None:
    assert accounts.read(tmp_path) is None
