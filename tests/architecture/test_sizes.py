"""Small enough to read in one go."""

from collections import Counter

from tests.architecture.tree import APP, ROOT, modules, said, walk

GENERATED = {"pwa/src/lib/schema.d.ts", "pwa/src/safety/wordlist.ts"}


def test_no_file_is_longer_than_400_lines() -> None:
    files = modules() + walk(APP, ".ts", ".tsx", ".css") + walk(ROOT / "tests", ".py", ".ts", ".tsx")

    long = {said(path): count for path in files if (count := len(path.read_text().splitlines())) > 400}

    assert {path: count for path, count in long.items() if path not in GENERATED} == {}


def test_no_folder_of_the_server_holds_more_than_8_modules() -> None:
    left_out = ("__init__.py", "__main__.py", "apps.py")
    counted = Counter(path.parent for path in modules() if path.name not in left_out)

    assert {said(folder): count for folder, count in counted.items() if count > 8} == {}
