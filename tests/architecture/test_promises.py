"""The numbered promises of anonymity and care: each is in the name of a test, or replaced by a decision."""

import re

from tests.architecture.tree import ROOT, walk

NUMBERS = {f"anon_{number:02}" for number in range(1, 39)} | {f"care_{number:02}" for number in range(1, 15)}
IN_PYTHON = re.compile(r"^\s*(?:async )?def test_((?:anon|care)_\d\d)_", re.MULTILINE)
IN_TYPESCRIPT = re.compile(
    r"""(?:^|\W)(?:test|it)(?:\.each\([^`]*?\))?\(\s*["'`]((?:anon|care)_\d\d)\b""", re.DOTALL
)
EACH_IN_TYPESCRIPT = re.compile(r"""\]\)\(\s*["'`]((?:anon|care)_\d\d)\b""")
DECISION = ROOT / "docs" / "decisions" / "0009-numbered-promises.md"


def numbers_in_tests() -> set[str]:
    found: set[str] = set()
    for path in walk(ROOT / "tests", ".py"):
        found |= set(IN_PYTHON.findall(path.read_text()))
    for path in walk(ROOT / "tests" / "pwa", ".ts", ".tsx"):
        text = path.read_text()
        found |= set(IN_TYPESCRIPT.findall(text)) | set(EACH_IN_TYPESCRIPT.findall(text))
    return found


def replaced() -> set[str]:
    """Numbers whose row in the decision says "not tested" and why."""
    return set(
        re.findall(r"^\| `((?:anon|care)_\d\d)` \|.*\| not tested:", DECISION.read_text(), re.MULTILINE)
    )


def test_every_promise_has_a_test_with_its_number_or_a_reason() -> None:
    assert sorted(NUMBERS - numbers_in_tests() - replaced()) == []


def test_no_test_carries_a_number_that_no_promise_has() -> None:
    assert sorted(numbers_in_tests() - NUMBERS) == []


def test_no_promise_is_both_tested_and_given_up() -> None:
    assert sorted(numbers_in_tests() & replaced()) == []
