"""What the app says to somebody who may be in distress."""

import re

from tests.architecture.tree import APP

# A phone notices wording; it does not find anything out about anybody.
JUDGING = re.compile(r"\b(?:detect\w*|flagged|suspicious|at risk|violat\w*|inappropriate|risk score)\b", re.I)
SENTENCE = re.compile(r'"((?:[^"\\\n]|\\.)*)"')


def test_care_01_nothing_that_is_said_judges_whoever_wrote() -> None:
    words = [path for path in APP.rglob("*.ts*") if not path.name.endswith(".d.ts")]
    said = {one for path in words for one in SENTENCE.findall(path.read_text()) if " " in one}

    assert len(said) > 500  # positive control: the sentences are found
    assert {one for one in said if JUDGING.search(one)} == set()
