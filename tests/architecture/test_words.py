"""Files are named for what they hold, and nothing tells on the machine it was written on."""

import re

from tests.architecture.tree import APP, ROOT, modules, said, tracked, walk

VAGUE = {
    "util",
    "utils",
    "common",
    "helper",
    "helpers",
    "misc",
    "stuff",
    "manager",
    "managers",
    "service",
    "selectors",
}
# Spelt so that this file passes its own test.
PLACES = re.compile(
    r"(?<![\w.-])/(?:wor[k]|far[m]|roo[t])/"
    r"|pyp[i]\.org|pythonhoste[d]|npmj[s]\.(?:org|com)/"
    r"|--(?:extra-)?inde[x]-url"
)
HOST = re.compile(r'"resolved":|^\s*(?:-f|-i|--\w+-url|--find-links)|@ https?:', re.MULTILINE)
LOCKS = re.compile(r"(requirements[\w-]*\.txt|package-lock\.json)$")


def test_no_module_has_a_name_that_says_nothing() -> None:
    files = modules() + walk(APP, ".ts", ".tsx") + walk(ROOT / "tests", ".py", ".ts")

    assert [said(path) for path in files if set(path.relative_to(ROOT).with_suffix("").parts) & VAGUE] == []


def test_no_file_names_a_machine_or_a_package_host() -> None:
    named = {}
    for path in tracked():
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        if found := PLACES.search(text):
            named[said(path)] = found.group()

    assert named == {}


def test_no_lock_file_names_any_host() -> None:
    locks = [path for path in tracked() if LOCKS.search(path.name)]

    assert len(locks) >= 4
    assert [said(path) for path in locks if HOST.search(path.read_text())] == []


def test_every_python_requirement_is_pinned_by_hash() -> None:
    for path in ROOT.glob("requirements*.txt"):
        pinned = re.split(r"\n(?=[a-z])", path.read_text().strip())

        assert [
            line.splitlines()[0] for line in pinned if "--hash=sha256:" not in line or "==" not in line
        ] == []
