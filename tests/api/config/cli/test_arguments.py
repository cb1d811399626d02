"""What can be typed, and what is said to the rest."""

from datetime import datetime

import pytest

from equalterms.config.cli.arguments import parser


def test_serve_listens_on_this_machine_only_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOST", raising=False)
    monkeypatch.delenv("PORT", raising=False)

    wanted = parser().parse_args(["serve"])

    assert (wanted.host, wanted.port, wanted.tls_cert, wanted.demo) == ("127.0.0.1", 8000, None, False)


def test_host_and_port_come_from_the_environment_and_the_options_win(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOST", "192.0.2.7")
    monkeypatch.setenv("PORT", "8123")

    assert parser().parse_args(["serve"]).host == "192.0.2.7"
    assert parser().parse_args(["serve"]).port == 8123
    assert parser().parse_args(["serve", "--port", "9000"]).port == 9000


def test_times_of_a_new_event_are_as_on_the_programme() -> None:
    times = ["--starts", "2026-11-22T09:30", "--ends", "2026-11-22T16:30", "--timezone", "Europe/London"]

    wanted = parser().parse_args(["new-event", "--slug", "leeds", "--title", "A day", *times])

    assert wanted.starts == datetime(2026, 11, 22, 9, 30)  # noqa: DTZ001 (without a zone on purpose)
    assert wanted.timezone == "Europe/London"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["serve", "--port", "0"], "a port is a number from 1 to 65535, not '0'"),
        (["serve", "--port", "http"], "a port is a number from 1 to 65535, not 'http'"),
        (["import-schedule", "f", "--timezone", "Leeds"], "'Leeds' is no time zone"),
        (["invite", "leeds", "boss", "Ash"], "invalid choice: 'boss'"),
        (["close"], "invalid choice: 'close'"),
        ([], "the following arguments are required: COMMAND"),
    ],
)
def test_bad_usage_is_named_and_ends_with_2(
    typed: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        parser().parse_args(typed)

    assert ended.value.code == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("starts", ["tomorrow", "2026-11-22T09:30Z", "2026-11-22T09:30+01:00"])
def test_a_time_with_a_zone_or_without_sense_is_refused(
    starts: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        parser().parse_args(["new-event", "--slug", "s", "--title", "t", "--starts", starts])

    assert ended.value.code == 2
    assert "--starts" in capsys.readouterr().err
