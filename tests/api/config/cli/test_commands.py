"""Each command, from what is typed to what is done."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.api.config.cli.typed import A_DAY, run
from tests.makers import an_event
from tests.served import environment, served, stop
from tests.services import free_port

from equalterms.config.cli import main
from equalterms.programme.models import Event, Invitation, Session


@pytest.fixture(scope="module")
def used_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the demonstration day in it."""
    home = tmp_path_factory.mktemp("used")
    run(home, "demo").check_returncode()
    return home


@pytest.mark.django_db
def test_a_new_event_is_a_draft_at_the_hours_of_its_zone(capsys: pytest.CaptureFixture[str]) -> None:
    status = main(A_DAY)

    event = Event.objects.get(slug="spring")
    assert status == 0
    assert (event.state, event.title, event.timezone) == ("draft", "Surgery in spring", "Europe/London")
    assert event.starts.isoformat() == "2027-03-20T10:00:00+00:00"
    assert f"Surgery in spring is a draft, at /e/spring (code {event.code})." in capsys.readouterr().out


@pytest.mark.django_db
def test_an_invitation_is_a_link_of_which_no_token_is_kept(
    settings: object, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.ORIGIN = "https://day.example.org"
    event = an_event()

    status = main(["invite", event.slug, "organiser", "Ash"])

    printed = capsys.readouterr()
    origin, token = printed.out.strip().split("/invite#")
    kept = Invitation.objects.get()
    assert (status, origin) == (0, "https://day.example.org")
    assert (kept.role, kept.name, kept.event) == ("organiser", "Ash", event)
    assert token.encode() not in bytes(kept.digest)
    assert token not in printed.err


@pytest.mark.django_db
def test_an_invitation_to_nowhere_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["invite", "nowhere", "organiser", "Ash"])

    assert status == 2
    assert capsys.readouterr().err == "equalterms: There is no event called nowhere.\n"


@pytest.mark.django_db
def test_a_broken_schedule_is_refused_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "schedule.xml"
    broken.write_text("<schedule><day>")

    status = main(["import-schedule", str(broken)])

    assert status == 2
    assert "Nothing was written." in capsys.readouterr().err
    assert Session.objects.count() == 0


def test_half_a_certificate_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["serve", "--tls-cert", "cert.pem"])

    assert status == 2
    assert "--tls-cert and --tls-key belong together" in capsys.readouterr().err


def test_a_taken_port_gets_one_sentence_before_anything_is_written(used_home: Path, tmp_path: Path) -> None:
    with served(used_home) as server:
        ran = run(tmp_path / "second", "serve", "--port", server.url.rpartition(":")[2])

    assert ran.returncode == 1
    assert len(ran.stderr.splitlines()) == 1
    assert "is taken" in ran.stderr
    assert not (tmp_path / "second" / "db.sqlite3").exists()


def test_an_empty_home_becomes_a_day_that_is_served_by_commands_alone(tmp_path: Path) -> None:
    made = run(tmp_path, *A_DAY)
    link = run(tmp_path, "invite", "spring", "organiser", "Ash", EQUALTERMS_ORIGIN="https://day.example.org")
    with served(tmp_path) as server:
        asked = {"token": link.stdout.strip().partition("#")[2]}
        seen = server.call("POST", "/api/v1/invitations/look/", asked)
        ended = stop(server)

    assert (made.returncode, link.returncode, ended) == (0, 0, 0)
    assert (seen.status, seen.json()["role"], seen.json()["event"]["slug"]) == (200, "organiser", "spring")


def test_the_next_start_keeps_the_accounts_of_the_demonstration_day(used_home: Path) -> None:
    accounts = json.loads((used_home / "demo-accounts.json").read_text())

    again = run(used_home, "demo")

    assert again.returncode == 0
    assert [again.stdout.count(account["password"]) for account in accounts] == [1, 1, 1]
    assert (used_home / "demo-accounts.json").stat().st_mode & 0o777 == 0o600


def test_a_worker_ends_when_it_is_told_to(used_home: Path) -> None:
    command = [sys.executable, "-m", "equalterms", "worker"]
    with subprocess.Popen(command, env=environment(used_home), stdout=subprocess.PIPE, text=True) as worker:
        first = worker.stdout.readline()
        worker.terminate()
        status = worker.wait(20)

    assert (first, status) == ("Doing what falls due, until it is stopped.\n", 0)


def test_a_port_is_free_again_once_the_server_has_stopped(used_home: Path) -> None:
    port = free_port()

    for _ in range(2):
        with served(used_home, port=port) as server:
            assert stop(server) == 0
