import json
from pathlib import Path
from uuid import UUID

import pytest

from equalterms.lib.ids import b64u, is_v8
from equalterms.safety.profile.receipt import Secret, tag, word_indexes

VECTORS = json.loads((Path(__file__).parents[3] / "vectors" / "receipts.json").read_text())


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: f"{case['kind']}-{case['seed'][:6]}")
def test_a_seed_gives_the_ids_and_keys_of_the_shared_vectors(case: dict[str, object]) -> None:
    secret = Secret(bytes.fromhex(str(case["seed"])), UUID(str(case["event"])), str(case["kind"]))

    assert str(secret.id) == case["id"]
    assert b64u(secret.auth) == case["auth"]
    assert b64u(secret.reply_key) == case["reply_key"]
    assert secret.box == case["box"]
    assert word_indexes(secret.seed) == case["word_indexes"]
    assert is_v8(secret.id)


def test_the_published_vector_holds() -> None:
    secret = Secret(bytes(range(10)), UUID("0f0e0d0c-0b0a-4908-8706-050403020100"), "question")

    assert str(secret.id) == "39352539-055d-8969-9674-d3c0955daf3f"
    assert b64u(secret.auth) == "xOKS95dz8nfSOc5eUjLhBSL0Fi1iNz0w6tvOokya0Dk"
    assert b64u(secret.reply_key) == "5g2mdCZnuJcjn38a71Af2A0JDnF5ssuDKEejq_Urh0Y"
    assert secret.box == "_qQGw7CWxmHjuyUBhMlfcg"
    assert word_indexes(secret.seed) == [0, 64, 1030, 64, 643, 28, 257, 488]
    assert b64u(tag(bytes(range(32)), "vote", secret.id)) == "3iLJAi4D3OYhIrUs1rAG_g"


def test_kinds_and_events_share_nothing() -> None:
    seed, event, other = bytes(10), UUID(int=1), UUID(int=2)
    made = [Secret(seed, event, "question"), Secret(seed, event, "comment"), Secret(seed, other, "question")]

    assert len({secret.id for secret in made}) == 3
    assert len({secret.auth for secret in made}) == 3
    assert len({secret.reply_key for secret in made}) == 3
