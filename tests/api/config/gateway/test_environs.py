"""What Django is told of a request, and what it is not."""

from typing import Any

import pytest

from equalterms.config.gateway.bodies import Kept
from equalterms.config.gateway.environs import environ_of, network


def a_scope(**fields: Any) -> dict[str, Any]:
    return {
        "type": "http",
        "http_version": "1.1",
        "method": "GET",
        "path": "/",
        "query_string": b"",
        "headers": [],
        "server": ("127.0.0.1", 8000),
        "client": ("192.0.2.77", 4711),
        "scheme": "https",
    } | fields


def test_a_path_is_its_bytes_as_latin_1_even_where_they_are_not_utf_8() -> None:
    environ = environ_of(a_scope(path="/ü\ufffd", raw_path=b"/%C3%BC%ff"), Kept(0))

    assert environ["PATH_INFO"].encode("latin-1") == b"/\xc3\xbc\xff"


def test_a_prefix_goes_into_the_script_name() -> None:
    environ = environ_of(a_scope(root_path="/day", path="/day/x", raw_path=b"/day/x"), Kept(0))

    assert (environ["SCRIPT_NAME"], environ["PATH_INFO"]) == ("/day", "/x")


def test_headers_sent_twice_are_joined_and_cookies_by_semicolons() -> None:
    headers = [(b"accept", b"a/b"), (b"accept", b"c/d"), (b"cookie", b"a=1"), (b"cookie", b"b=2")]

    environ = environ_of(a_scope(headers=headers), Kept(0))

    assert (environ["HTTP_ACCEPT"], environ["HTTP_COOKIE"]) == ("a/b,c/d", "a=1; b=2")


def test_a_header_with_an_underscore_cannot_pass_for_another() -> None:
    environ = environ_of(a_scope(headers=[(b"x_forwarded_proto", b"https")]), Kept(0))

    assert "HTTP_X_FORWARDED_PROTO" not in environ


def test_the_length_is_that_of_the_body_that_came() -> None:
    body = Kept(10)
    body.write(b"hello")
    headers = [(b"transfer-encoding", b"chunked"), (b"content-type", b"text/plain")]

    environ = environ_of(a_scope(headers=headers), body)

    assert (environ["CONTENT_LENGTH"], environ["CONTENT_TYPE"]) == ("5", "text/plain")
    assert "HTTP_TRANSFER_ENCODING" not in environ
    assert environ["wsgi.input"].read() == b"hello"


def test_no_address_of_a_client_is_in_it() -> None:
    names = [b"x-forwarded-for", b"forwarded", b"x-real-ip", b"cf-connecting-ip", b"true-client-ip"]
    headers = [(name, b"198.51.100.23") for name in names]

    environ = environ_of(a_scope(headers=headers), Kept(0), behind_proxy=True)

    assert environ["REMOTE_ADDR"] == "198.51.100.0"
    assert [name for name, value in environ.items() if "198.51.100.23" in str(value)] == []
    assert [name for name, value in environ.items() if "192.0.2.77" in str(value)] == []


def test_what_a_stranger_says_of_its_address_is_not_believed() -> None:
    headers = [(b"x-forwarded-for", b"198.51.100.23")]

    assert environ_of(a_scope(headers=headers), Kept(0))["REMOTE_ADDR"] == "192.0.2.0"


def test_of_several_addresses_the_one_our_proxy_added_counts() -> None:
    headers = [(b"x-forwarded-for", b"203.0.113.9, 198.51.100.23")]

    assert environ_of(a_scope(headers=headers), Kept(0), behind_proxy=True)["REMOTE_ADDR"] == "198.51.100.0"


@pytest.mark.parametrize(
    ("host", "known"),
    [
        ("192.0.2.77", "192.0.2.0"),
        ("2001:db8:1:2ff::9", "2001:db8:1:200::"),
        ("::ffff:192.0.2.77", "192.0.2.0"),
        ("fe80::1%eth0", "fe80::"),
        ("", ""),
        ("unix", ""),
    ],
)
def test_of_an_address_only_the_network_is_known(host: str, known: str) -> None:
    assert network(host) == known
