"""Nobody is "detected" or "flagged": what may need a kind, quick answer is said in those words."""

import ast
import re

from tests.architecture.tree import ROOT, modules, parsed, said

LABEL = re.compile(r"\b(detect(ed|s|ion|or)|flagged|suspected|at[- ]risk)\b", re.IGNORECASE)


def strings(tree: ast.Module) -> list[str]:
    """Every string of a module; what a docstring says becomes part of the contract."""
    return [
        node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and type(node.value) is str
    ]


def labels(words: list[str]) -> list[str]:
    return [found.group() for text in words for found in LABEL.finditer(text)]


def test_care_02_no_string_of_the_server_says_that_somebody_was_detected() -> None:
    planted = ast.parse('SAID = "A crisis was Detected"\ndef f():\n    """Flagged by the server."""')
    assert labels(strings(planted)) == ["Detected", "Flagged"]

    found = {said(module): labels(strings(parsed(module))) for module in modules()}

    assert len(found) > 100
    assert {module: words for module, words in found.items() if words} == {}


def test_care_02_nor_does_the_contract_or_what_is_told_of_problems() -> None:
    pages = [ROOT / "docs" / "openapi" / name for name in ("openapi.yaml", "problems.md")]

    assert {said(page): labels([page.read_text()]) for page in pages} == {said(page): [] for page in pages}
