"""The address and QR code for phones."""

import pytest

from equalterms.config.cli import phones


@pytest.mark.parametrize(
    ("host", "alone"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("192.0.2.4", False),
        ("day.example.org", False),
    ],
)
def test_only_this_machine_reaches_a_loopback_address(host: str, alone: bool) -> None:
    assert phones.is_loopback(host) is alone


def test_nothing_is_printed_where_no_phone_can_come(capsys: pytest.CaptureFixture[str]) -> None:
    phones.invite("127.0.0.1", 8000, tls=False)

    assert capsys.readouterr().out == ""


def test_over_tls_the_address_and_its_code_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    phones.invite("192.0.2.4", 8443, tls=True)

    printed = capsys.readouterr().out

    assert printed.splitlines()[0] == "Phones: https://192.0.2.4:8443"
    assert "▀" in printed
    assert "can read but not ask" not in printed


def test_over_plain_http_it_says_that_phones_cannot_ask(capsys: pytest.CaptureFixture[str]) -> None:
    phones.invite("192.0.2.4", 8000, tls=False)

    assert "phones can read but not ask" in capsys.readouterr().out


def test_the_public_origin_is_what_phones_are_given(
    settings: object, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.ORIGIN = "https://day.example.org"

    phones.invite("0.0.0.0", 8000, tls=False)

    printed = capsys.readouterr().out
    assert printed.splitlines()[0] == "Phones: https://day.example.org"
    assert "can read but not ask" not in printed


def test_an_address_of_all_networks_becomes_one_that_can_be_typed() -> None:
    assert phones.reachable("0.0.0.0").count(".") == 3
    assert phones.reachable("0.0.0.0") != "0.0.0.0"
    assert phones.reachable("::1") == "[::1]"
