import pytest

from equalterms.lib.etags import build, etag, is_current, is_known


def test_a_tag_is_the_version_the_build_and_the_coding() -> None:
    assert etag(7) == f'"7-{build()}-i"'
    assert len({etag(7), etag(8), etag(7, "gzip"), etag(7, "br")}) == 4


@pytest.mark.parametrize(
    ("said", "known"),
    [
        (etag(7), True),
        ("W/" + etag(7), True),
        (f'"other", {etag(7)}', True),
        ("*", True),
        (etag(8), False),
        (etag(7, "gzip"), False),
        ('"7"', False),
        ("", False),
    ],
)
def test_a_copy_is_known_by_its_very_tag(said: str, known: bool) -> None:
    assert is_known(said, etag(7)) is known


@pytest.mark.parametrize(
    ("said", "current"),
    [(etag(7), True), (etag(7, "br"), True), ("*", True), (etag(8), False), ('"7"', False), ("", False)],
)
def test_a_version_is_current_in_any_coding(said: str, current: bool) -> None:
    assert is_current(said, 7) is current
