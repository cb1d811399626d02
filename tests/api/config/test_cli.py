"""The `equalterms` command: whatever goes wrong is one line and a status."""

from pathlib import Path

import pytest
from tests.api.config.cli.typed import A_DAY, run
from tests.makers import an_event

from equalterms.config.cli import main
from equalterms.programme.models import Event


@pytest.mark.django_db
def test_an_address_that_is_taken_is_refused_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    an_event(slug="spring")

    status = main(A_DAY)

    assert status == 2
    assert capsys.readouterr().err == (
        "equalterms: Another event has, or had, this address. Please choose another.\n"
    )


@pytest.mark.django_db
def test_a_day_that_ends_before_it_starts_is_refused_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    status = main([*A_DAY[:-1], "2027-03-20T09:00"])

    assert status == 2
    assert capsys.readouterr().err == "equalterms: The end must come after the start.\n"
    assert Event.objects.count() == 0


def test_a_home_that_cannot_be_made_is_one_line_and_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    ran = run(tmp_path / "file" / "home", "demo")

    assert ran.returncode in (1, 2)
    assert "Traceback" not in ran.stderr
    assert len(ran.stderr.splitlines()) == 1


def test_a_new_home_is_for_its_owner_alone(tmp_path: Path) -> None:
    run(tmp_path / "new" / "home", "doctor")

    assert (tmp_path / "new" / "home").stat().st_mode & 0o777 == 0o700


def test_a_setting_that_makes_no_sense_is_one_line_and_ends_with_2(tmp_path: Path) -> None:
    ran = run(tmp_path, "doctor", EQUALTERMS_THREADS="many")

    assert ran.returncode == 2
    assert "Traceback" not in ran.stderr
    assert len(ran.stderr.splitlines()) == 1
