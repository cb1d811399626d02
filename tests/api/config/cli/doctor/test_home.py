"""What the doctor finds in a home."""

from datetime import timedelta
from pathlib import Path

from tests.api.config.cli.doctor.findings import sentences

from equalterms.config.backups import files
from equalterms.config.cli.doctor import home
from equalterms.lib import clock


def test_keys_that_others_can_read_are_named(settings: object, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    (tmp_path / "peppers").mkdir()
    (tmp_path / "peppers" / "leeds.key").write_bytes(bytes(32))
    (tmp_path / "peppers" / "leeds.key").chmod(0o644)

    assert sentences(home.the_home())["Keys and peppers that other users can read: leeds.key."] is False


def test_a_home_that_others_can_look_into_is_said(settings: object, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    tmp_path.chmod(0o755)

    assert sentences(home.the_home())["Other users can look into the home."] is False


def test_copies_of_over_seven_days_are_named(settings: object, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    (tmp_path / "backups").mkdir()
    old = files.place_for(tmp_path / "backups", clock.now() - timedelta(days=8))
    for path in (old, files.place_for(tmp_path, clock.now())):
        files.write(path, b"words")

    assert sentences(home.copies()) == {
        f"Copies in the home that are older than seven days: {old.name}.": False
    }


def test_an_app_that_is_not_built_is_said(settings: object, tmp_path: Path) -> None:
    settings.WEBROOT = tmp_path

    assert sentences(home.app()) == {"The app is not built: make setup builds it.": False}


def test_an_origin_without_https_is_said(settings: object) -> None:
    settings.ORIGIN = "http://day.example.org"

    assert [finding.well for finding in home.addresses()] == [False]
