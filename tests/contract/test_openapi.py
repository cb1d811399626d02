"""The committed description is the API's own, is sound, and reads well in a generated client."""

import re
from io import StringIO
from typing import Any

import pytest
import yaml
from django.core.management import call_command
from openapi_spec_validator import validate
from tests.architecture.tree import ROOT

from equalterms.lib.problems import MEDIA_TYPE

COMMITTED = ROOT / "docs" / "openapi" / "openapi.yaml"
VERBS = {"get", "put", "post", "patch", "delete"}
PINNED = {
    "/events/": {"get"},
    "/events/{event}/": {"get"},
    "/events/{event}/sessions/": {"get"},
    "/events/{event}/surgeons/": {"get"},
    "/events/{event}/live/": {"get"},
    "/sessions/{session}/": {"get"},
    "/sessions/{session}/live/": {"get"},
    "/sessions/{session}/notes/": {"get"},
    "/sessions/{session}/questions/": {"get"},
    "/sessions/{session}/questions/{question}/": {"put", "patch", "delete"},
    "/sessions/{session}/questions/{question}/votes/{tag}/": {"put", "delete"},
    "/sessions/{session}/comments/": {"get"},
    "/sessions/{session}/comments/{comment}/": {"put", "patch", "delete"},
    "/proofs/": {"get"},
    "/receipts/lookup/": {"post"},
    "/token/": {"post"},
    "/token/refresh/": {"post"},
    "/token/revoke/": {"post"},
    "/me/": {"get"},
    "/desk/events/{event}/reviews/": {"get"},
    "/desk/reviews/{review}/show/": {"post"},
    "/desk/reviews/{review}/return/": {"post"},
    "/desk/reviews/{review}/hide/": {"post"},
    "/desk/questions/{question}/answers/": {"post"},
    "/desk/events/{event}/invitations/": {"post"},
}


@pytest.fixture(scope="module")
def description() -> Any:
    return yaml.safe_load(COMMITTED.read_text())


def operations(description: Any) -> dict[str, Any]:
    """Each operation by "verb /path"."""
    return {
        f"{verb} {path}": operation
        for path, verbs in description["paths"].items()
        for verb, operation in verbs.items()
        if verb in VERBS
    }


def test_the_committed_description_is_what_the_code_says(capsys: pytest.CaptureFixture[str]) -> None:
    made = StringIO()

    call_command("spectacular", "--fail-on-warn", stdout=made)

    assert made.getvalue().rstrip() == COMMITTED.read_text().rstrip(), "run make openapi"
    assert capsys.readouterr().err == ""


def test_it_is_valid_openapi_3_1(description: Any) -> None:
    validate(description)

    assert description["openapi"].startswith("3.1")


def test_it_holds_every_pinned_address(description: Any) -> None:
    there = {}
    for path, verbs in description["paths"].items():
        plain = path.removeprefix("/api/v1")
        there[plain] = VERBS & set(verbs)

    assert {
        path: verbs - there.get(path, set())
        for path, verbs in PINNED.items()
        if verbs - there.get(path, set())
    } == {}


def test_operation_ids_are_unique_and_make_good_method_names(description: Any) -> None:
    ids = [operation["operationId"] for operation in operations(description).values()]

    assert len(ids) == len(set(ids))
    assert [name for name in ids if not re.fullmatch(r"[a-z]+(_[a-z]+)*|[a-z]+([A-Z][a-z]+)*", name)] == []


def test_component_names_are_the_words_of_the_day(description: Any) -> None:
    names = description["components"]["schemas"]

    assert [name for name in names if not re.fullmatch(r"[A-Z][A-Za-z]+", name) or "Serializer" in name] == []


def test_every_error_is_a_problem(description: Any) -> None:
    wrong = [
        f"{operation} {status}"
        for operation, about in operations(description).items()
        for status, answer in about["responses"].items()
        if status[0] in "45" and set(answer.get("content", {})) != {MEDIA_TYPE}
    ]

    assert wrong == []


# Lists that come whole, each with its reason.
WHOLE = {
    "get /api/v1/desk/events/{event}/colleagues/": "a menu of names, as many as a day has staff",
    "get /api/v1/desk/events/{event}/table/colleagues/": "the same, for a surgeon who hands over",
}


def test_every_list_is_paged(description: Any) -> None:
    assert WHOLE.keys() <= operations(description).keys()
    for name, operation in operations(description).items():
        if name in WHOLE:
            continue
        schema = (
            operation["responses"].get("200", {}).get("content", {}).get("application/json", {}).get("schema")
        )
        assert not schema or schema.get("type") != "array", name


def test_anonymous_acts_ask_for_no_token(description: Any) -> None:
    ops = operations(description)
    ask = next(
        about
        for name, about in ops.items()
        if name.endswith("/questions/{question}/") and name.startswith("put")
    )

    assert [
        scheme for scheme in ask.get("security", []) if scheme and "receipt" not in str(scheme).lower()
    ] == []
