"""Rows are written in models.py and actions.py, and nowhere else."""

import ast
import re
from pathlib import Path

import pytest
from tests.architecture.tree import PACKAGE, modules, parsed

WRITING = {"save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
ON_ROWS = {"update", "delete", "add", "set", "remove", "clear"}
ROWS = re.compile(r"\bobjects\b|\.(?:filter|exclude|all|select_for_update)\(")
STATEMENT = re.compile(
    r"\b(?:INSERT\s+INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM|REPLACE\s+INTO|TRUNCATE\s+\w)\b", re.I
)
HOMES = {"models", "actions"}
# Other places that write, each with its reason.
ALLOWED = {
    "programme/imports/write.py": "one short bulk write of a whole schedule",
    "config/demo/redating.py": "moves the demonstration day to today; no person acts",
    "lib/pictures/squares.py": "saves a picture into memory; it knows no row",
    "lib/rows/order.py": "writes the same rows again in another order; called by actions, knows no table",
}


def writes(module: Path) -> list[str]:
    """The calls in `module` that write rows, as they stand there."""
    found = []
    for call in ast.walk(parsed(module)):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
            continue
        name, receiver = call.func.attr, ast.unparse(call.func.value)
        first = call.args[0] if call.args else None
        asked = ast.unparse(first) if first is not None else ""
        raw = name in ("execute", "executemany") and STATEMENT.search(asked)
        if name in WRITING or (name in ON_ROWS and ROWS.search(receiver)) or raw:
            found.append(f"{receiver}.{name}()")
    return found


def test_only_models_and_actions_write_rows() -> None:
    elsewhere = {
        inside: calls
        for module in modules()
        if not HOMES & set(module.relative_to(PACKAGE).with_suffix("").parts)
        and (inside := module.relative_to(PACKAGE).as_posix()) not in ALLOWED
        and (calls := writes(module))
    }

    assert elsewhere == {}


def test_every_exception_is_still_needed() -> None:
    assert [place for place in ALLOWED if not (PACKAGE / place).exists() or not writes(PACKAGE / place)] == []


@pytest.mark.parametrize(
    "line",
    [
        "cursor.execute('UPDATE people_act SET slot = 0')",
        "cursor.execute(f'WITH gone AS (DELETE FROM {table} RETURNING *) INSERT INTO {table} SELECT 1')",
        "Question.objects.filter(pk=1).update(votes=1)",
        "Question.objects.bulk_create([])",
    ],
)
def test_a_write_is_known_however_it_is_spelt(line: str, tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text(line)

    assert len(writes(module)) == 1
