"""The doctor finds what is wrong, and says what to do."""

from argparse import Namespace
from pathlib import Path

import pytest
from django.db import connection

from equalterms.config.cli import doctor


def sentences(findings: object) -> dict[str, bool]:
    return {sentence: well for well, sentence in findings}


@pytest.mark.django_db
def test_a_sound_installation_is_well(
    settings: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.HOME, settings.WEBROOT, settings.REDIS_URL = tmp_path, tmp_path, ""
    (tmp_path / "index.html").write_text("<!doctype html>")

    status = doctor.run(Namespace())

    printed = capsys.readouterr().out
    assert f"ok    The database ({connection.vendor}) answers.\n" in printed
    assert "ok    Migrations that wait for the next start: 0.\n" in printed
    if connection.vendor == "sqlite":
        assert status == 0
        assert "MIND" not in printed


def test_keys_that_others_can_read_are_named(settings: object, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    (tmp_path / "peppers").mkdir()
    (tmp_path / "peppers" / "leeds.key").write_bytes(bytes(32))
    (tmp_path / "peppers" / "leeds.key").chmod(0o644)

    assert sentences(doctor.home())["Keys and peppers that other users can read: leeds.key."] is False


def test_a_home_that_others_can_look_into_is_said(settings: object, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    tmp_path.chmod(0o755)

    assert sentences(doctor.home())["Other users can look into the home."] is False


def test_an_app_that_is_not_built_is_said(settings: object, tmp_path: Path) -> None:
    settings.WEBROOT = tmp_path

    assert sentences(doctor.app()) == {"The app is not built: make setup builds it.": False}


def test_a_redis_that_does_not_answer_is_no_disaster_but_said(settings: object) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"

    assert [finding.well for finding in doctor.bell()] == [False]


def test_a_redis_that_keeps_nothing_is_well(settings: object, redis_url: str) -> None:
    settings.REDIS_URL = redis_url

    assert sentences(doctor.bell()) == {"Redis keeps nothing on disk.": True}


def test_an_origin_without_https_is_said(settings: object) -> None:
    settings.ORIGIN = "http://day.example.org"

    assert [finding.well for finding in doctor.addresses()] == [False]


@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="asks PostgreSQL for its own settings")
def test_the_logs_of_postgresql_are_looked_at() -> None:
    found = sentences(doctor.quiet_postgres())

    assert found["PostgreSQL's log_statement is none (should be none)."] is True
    assert found["PostgreSQL's archive_mode is off (should be off)."] is True
