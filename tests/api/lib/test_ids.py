from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equalterms.lib.ids import CODE_LETTERS, as_uuid, b64u, is_v8, short_code, unb64u, v8


@given(st.binary(max_size=64))
def test_what_is_spelled_is_read_back(raw: bytes) -> None:
    assert unb64u(b64u(raw), len(raw)) == raw


@pytest.mark.parametrize("text", ["AA==", "AB", "A", "A A", "AA\n", "é", "A+/A", "AAA", "\ud800"])
def test_only_the_one_canonical_spelling_of_the_right_length_is_read(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        unb64u(text, 1)


def test_a_uuid_is_read_in_its_canonical_spelling_only() -> None:
    ident = uuid4()

    assert as_uuid(str(ident)) == ident
    assert [as_uuid(text) for text in (str(ident).upper(), ident.hex, f"{{{ident}}}", "leeds", "")] == [
        None
    ] * 5


def test_an_id_made_of_bytes_is_a_uuid_of_version_8() -> None:
    made = v8(bytes(range(16)))

    assert (is_v8(made), made.variant, str(made)) == (
        True,
        "specified in RFC 4122",
        "00010203-0405-8607-8809-0a0b0c0d0e0f",
    )
    assert not is_v8(uuid4())
    assert not is_v8(UUID(int=0))


def test_codes_can_be_read_aloud() -> None:
    codes = {short_code(5) for _ in range(200)}

    assert {len(code) for code in codes} == {5}
    assert set("".join(codes)) <= set(CODE_LETTERS)
    assert not set(CODE_LETTERS) & set("aeiou01lz2s5b8")
