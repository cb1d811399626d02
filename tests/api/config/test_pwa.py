"""The built app, as the server gives it out."""

from pathlib import Path

import pytest
from django.http import HttpResponseBase
from django.test import Client

from equalterms.config.pwa import HASHED

# Closing an answer looks at the database connection.
pytestmark = pytest.mark.django_db
PAGE = b"<!doctype html><title>Equal Terms</title>"


@pytest.fixture
def client(settings: object, tmp_path: Path) -> Client:
    """A client of a server with a small app built into it."""
    settings.WEBROOT = tmp_path
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_bytes(PAGE)
    (tmp_path / "sw.js").write_text("self.skipWaiting()")
    (tmp_path / "assets" / "index-dOfEVZlp.js").write_text("export {}")
    (tmp_path / "manifest.webmanifest").write_text("{}")
    return Client()


def get(client: Client, address: str) -> tuple[HttpResponseBase, bytes]:
    """The answer and its whole body; a file is read and closed."""
    answer = client.get(address)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    answer.close()
    return answer, body


@pytest.mark.parametrize("address", ["/", "/e/leeds", "/s/abcde", "/desk/leeds/reviews", "/help"])
def test_every_screen_is_the_one_page(client: Client, address: str) -> None:
    answer, body = get(client, address)

    assert (answer.status_code, body) == (200, PAGE)
    assert answer["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("address", ["/assets/gone-AAAAAAAA.js", "/nothing.png", "/icons/none", "/sw.js.map"])
def test_a_missing_file_is_a_404_and_never_the_page(client: Client, address: str) -> None:
    answer, _ = get(client, address)

    assert (answer.status_code, answer["Content-Type"]) == (404, "text/plain")


@pytest.mark.parametrize(
    ("address", "kind", "caching"),
    [
        ("/assets/index-dOfEVZlp.js", "text/javascript", "max-age=315360000, public, immutable"),
        ("/sw.js", "text/javascript", "max-age=0, public"),
        ("/manifest.webmanifest", "application/manifest+json", "max-age=0, public"),
    ],
)
def test_only_hashed_files_are_kept_for_good(client: Client, address: str, kind: str, caching: str) -> None:
    answer, _ = get(client, address)

    assert answer.status_code == 200
    assert answer["Content-Type"].partition(";")[0] == kind
    assert answer["Cache-Control"] == caching


@pytest.mark.parametrize(
    "address", ["/", "/sw.js", "/assets/index-dOfEVZlp.js", "/gone.js", "/api/v1/nothing/"]
)
def test_every_answer_carries_the_policy(client: Client, address: str) -> None:
    answer, _ = get(client, address)

    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "require-trusted-types-for 'script'" in answer["Content-Security-Policy"]
    assert (answer["X-Content-Type-Options"], answer["Referrer-Policy"]) == ("nosniff", "no-referrer")
    assert answer.cookies == {}


def test_an_app_that_is_not_built_says_how_to_build_it(settings: object, tmp_path: Path) -> None:
    settings.WEBROOT = tmp_path / "nowhere"

    answer = Client().get("/")

    assert (answer.status_code, answer["Content-Type"]) == (503, "text/plain")
    assert b"make run" in answer.content


def test_pages_are_only_read(client: Client) -> None:
    assert client.post("/e/leeds").status_code == 405


@pytest.mark.parametrize(
    ("address", "hashed"),
    [("/assets/a-dOfEVZlp.js", True), ("/assets/style.css", False), ("/icons/a-dOfEVZlp.png", False)],
)
def test_a_hashed_name_is_known_by_its_form(address: str, hashed: bool) -> None:
    assert bool(HASHED.match(address)) is hashed
