"""ARCHITECTURE.md is the map; these tests walk it."""

import re
import tomllib

from tests.architecture.tree import APP, LEFT_OUT, PACKAGE, ROOT

MAP = (ROOT / "ARCHITECTURE.md").read_text()
FLOOR = re.compile(r"^\| (\d) \| ([^|]+) \|", re.MULTILINE)


def floors_of_the_map() -> list[set[str]]:
    """The folders floor by floor, the lowest first."""
    return [set(re.findall(r"`(\w+)`", folders)) for _, folders in FLOOR.findall(MAP)]


def folders_in(place: object) -> set[str]:
    return {path.name for path in place.iterdir() if path.is_dir() and path.name not in LEFT_OUT}


def test_the_map_fits_on_a_few_pages() -> None:
    assert len(MAP.splitlines()) <= 150


def test_the_map_names_every_folder_of_the_server() -> None:
    assert set().union(*floors_of_the_map()) == folders_in(PACKAGE)


def test_the_maps_floors_are_those_the_import_linter_enforces() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    layers = next(contract["layers"] for contract in settings["contracts"] if contract.get("exhaustive"))

    enforced = [{name.strip() for name in layer.split("|")} for layer in reversed(layers)]

    assert floors_of_the_map() == [floor for floor in enforced if floor != {"__main__"}]


def test_the_app_uses_the_same_words_as_the_server() -> None:
    assert folders_in(APP) <= folders_in(PACKAGE) | {"app", "boards", "sw"}


def test_every_path_the_map_names_is_there() -> None:
    named = re.findall(r"`((?:api|pwa|tests|docs|docker)/[\w./-]*)`", MAP)

    assert [path for path in named if not (ROOT / path).exists()] == []
