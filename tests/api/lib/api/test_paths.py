import re

import pytest

from equalterms.lib.api.paths import Ref, Tag, as_ref
from equalterms.lib.refusal import Refusal

OWN = "6898eb52-01d3-439c-9831-12ecd5417be5"


@pytest.mark.parametrize("ref", ["leeds", "LEEDS-2026", "k7m", "a", "x" * 80, OWN])
def test_a_slug_a_code_and_a_uuid_are_refs_in_small_letters(ref: str) -> None:
    assert re.fullmatch(Ref.regex, ref)
    assert Ref().to_python(ref) == ref.lower()
    assert Ref().to_url(ref) == ref


@pytest.mark.parametrize("ref", ["", "-a", "a-", "a b", "a_b", "a.b", "é", "a\x00", "a%00", "x" * 81, "a/b"])
def test_what_cannot_be_an_address_reaches_no_query(ref: str) -> None:
    assert not re.fullmatch(Ref.regex, ref)


def test_a_tag_is_22_letters_of_base64url() -> None:
    assert re.fullmatch(Tag.regex, "3iLJAi4D3OYhIrUs1rAG_g")
    assert not any(re.fullmatch(Tag.regex, tag) for tag in ("", "a" * 21, "a" * 23, "a" * 21 + "="))
    assert Tag().to_url(Tag().to_python("3iLJAi4D3OYhIrUs1rAG_g")) == "3iLJAi4D3OYhIrUs1rAG_g"


@pytest.mark.parametrize("text", ["", "a\x00b", "a b", "-a", "é", "x" * 81, "a\n"])
def test_what_cannot_be_a_ref_is_not_found(text: str) -> None:
    with pytest.raises(Refusal) as refusal:
        as_ref(text)

    assert refusal.value.code == "not-found"
    assert as_ref("LEEDS") == "leeds"
