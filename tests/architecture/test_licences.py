"""Everything the product runs on may be passed on with it."""

import re
from importlib.metadata import metadata

from tests.architecture.tree import ROOT

FREE = re.compile(r"MIT|BSD|Apache|ISC|PSF|Python Software Foundation|MPL-2\.0|LGPL-3\.0")
OWN_WAY = re.compile(r"(?<!L)GPL|EUPL|SSPL|BUSL|Proprietary|Commercial", re.IGNORECASE)


def licence_of(name: str) -> str:
    about = metadata(name)
    kinds = [line for line in about.get_all("Classifier") or [] if line.startswith("License ::")]
    return " ".join(filter(None, [about.get("License-Expression"), str(about.get("License"))[:60], *kinds]))


def test_every_runtime_requirement_has_a_free_licence() -> None:
    names = re.findall(r"^([a-z][\w.-]*)==", (ROOT / "requirements.txt").read_text(), re.MULTILINE)

    licences = {name: licence_of(name) for name in names}

    assert {
        name: text for name, text in licences.items() if not FREE.search(text) or OWN_WAY.search(text)
    } == {}


def test_the_project_carries_its_own_licence() -> None:
    text = (ROOT / "LICENSE").read_text()

    assert text.count("END OF TERMS AND CONDITIONS") == 1
    assert "Apache License" in text
