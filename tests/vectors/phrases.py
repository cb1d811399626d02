"""Writes into phrases.jsonl what each line finds (`python -m tests.vectors.phrases`), after a change.

Read the difference before it is committed: the phone and the server are both held to this file.
"""

import json
from pathlib import Path
from typing import Any

from equalterms.safety.care.phrases import phrase_in

CORPUS = Path(__file__).with_name("phrases.jsonl")


def lines() -> list[dict[str, Any]]:
    """`tier`: what a person says it is (0 for an everyday line). `fresh`: written by somebody who had not
    read the book. `found`: the phrase that both twins find, or null."""
    return [json.loads(line) for line in CORPUS.read_text().splitlines()]


def main() -> None:
    for line in (rows := lines()):
        line["found"] = (phrase_in(line["text"]) or (0, None))[1]
    CORPUS.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


if __name__ == "__main__":
    main()
