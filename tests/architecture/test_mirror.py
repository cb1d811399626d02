"""A test stands at the path of the code it tests, and code with logic has one."""

import ast
from pathlib import Path

from tests.architecture.tree import APP, PACKAGE, ROOT, functions, modules, said, walk

# Modules whose every line runs in each test of its folder, or that only declare.
DECLARED = {"urls.py", "apps.py", "settings.py", "__main__.py"}
# What these declare shows only in what their folder does and answers, so its tests are theirs too.
SHOWN_BY = {"models.py": "test_actions.py", "serializers.py": "test_views.py"}


def home_of_tests(module: Path) -> Path:
    """Where the tests of `module` stand. A package's own code is tested beside the package."""
    inside = module.relative_to(PACKAGE)
    name = inside.parent if module.name == "__init__.py" else inside.with_suffix("")
    return ROOT / "tests" / "api" / name.parent / f"test_{name.name}.py"


def is_tested(module: Path) -> bool:
    own = home_of_tests(module)
    if module.parent.name == "serializers":  # a package of declarations is tested as the one module it was
        own = own.parent.with_name("test_serializers.py")
    return own.exists() or own.with_name(SHOWN_BY.get(module.name, own.name)).exists()


def has_logic(module: Path) -> bool:
    """Whether something in it decides or does more than one thing."""
    deciding = ast.If | ast.For | ast.While | ast.IfExp | ast.Try | ast.With | ast.comprehension | ast.BoolOp
    return any(isinstance(node, deciding) for function in functions(module) for node in ast.walk(function))


def test_every_test_of_the_server_stands_at_the_codes_path() -> None:
    homes = {home_of_tests(module) for module in modules()}

    tests = [path for path in walk(ROOT / "tests" / "api", ".py") if path.name.startswith("test_")]

    assert [said(test) for test in tests if test not in homes] == []


def test_every_module_with_logic_has_its_tests() -> None:
    without = [
        said(module)
        for module in modules()
        if module.name not in DECLARED and has_logic(module) and not is_tested(module)
    ]

    assert without == []


def test_every_test_of_the_app_stands_at_the_codes_path() -> None:
    top = ROOT / "tests" / "pwa"
    tests = [test for test in walk(top, ".ts", ".tsx") if ".test." in test.name]
    stems = {test: APP / test.relative_to(top).parent / test.name.partition(".test.")[0] for test in tests}
    endings = (".ts", ".tsx", ".css")

    assert [
        said(test)
        for test, stem in stems.items()
        if not any(Path(f"{stem}{end}").exists() for end in endings)
    ] == []
