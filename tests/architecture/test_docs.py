"""What the documents say is so."""

import ast
import re

from tests.architecture.tree import ROOT, modules, parsed, said

from equalterms.config.cli.arguments import parser
from equalterms.lib.problems import DETAILS

READS = {"env.str", "env.int", "env.bool", "env.list", "os.environ.get", "os.getenv"}


TYPED = re.compile(r"(?:^|`|\.venv/bin/|\$ )equalterms ([a-z][a-z-]+)", re.MULTILINE)


def settings_read() -> set[str]:
    """Names of every environment variable the product reads."""
    names: set[str] = set()
    for module in modules():
        for call in ast.walk(parsed(module)):
            if not isinstance(call, ast.Call) or not call.args or not isinstance(call.args[0], ast.Constant):
                continue
            asked, first = ast.unparse(call.func), str(call.args[0].value)
            if asked in READS:
                names.add(first)
            elif asked == "secret":
                names.add(f"EQUALTERMS_{first.upper()}_KEY")
    return names


def table(document: str) -> set[str]:
    """What stands in backticks in the first column of the tables of a document."""
    return set(re.findall(r"^\| `([^`]+)`", (ROOT / document).read_text(), re.MULTILINE))


def test_the_settings_table_is_what_the_code_reads() -> None:
    assert table("docs/settings.md") == settings_read()


def test_the_environment_is_read_in_one_folder() -> None:
    reading = {said(module) for module in modules() if "environ" in module.read_text()}

    assert {path for path in reading if "/config/" not in path} == set()


def test_every_make_target_the_documents_name_exists() -> None:
    targets = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]

    named = {
        name for path in documents for name in re.findall(r"`(?:\w+=\S+ )*make ([a-z-]+)", path.read_text())
    }

    assert {"run", "test"} <= named
    assert named <= targets


def test_every_command_the_documents_name_exists() -> None:
    commands = parser()._subparsers._group_actions[0].choices
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    named = {name for path in documents for name in TYPED.findall(path.read_text())}

    assert named <= set(commands)
    assert table("docs/running.md") >= set(commands)


# Which argument of these is the code.
MAKING = {"Refusal": 0, "problem": 1, "problem_bytes": 1, "problem_response": 1}


def codes_used() -> set[str]:
    """Every code a problem can carry, from the calls that make them."""
    typed = {"cli", "backups"}  # what these refuse is read on a terminal
    told = [module for module in modules() if module.parent.name not in typed]
    calls = [node for module in told for node in ast.walk(parsed(module)) if isinstance(node, ast.Call)]
    codes = set()
    for call in calls:
        place = MAKING.get(ast.unparse(call.func).split(".")[-1])
        if place is not None and len(call.args) > place and isinstance(call.args[place], ast.Constant):
            codes.add(ast.literal_eval(call.args[place]))
    return codes - {""}


def test_the_list_of_problems_is_what_the_code_refuses_with() -> None:
    plain = {code for code, _ in DETAILS.values()} | {"invalid", "not-json"}

    assert table("docs/openapi/problems.md") == codes_used() | plain
