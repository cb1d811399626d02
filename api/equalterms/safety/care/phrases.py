"""The server's twin of the phone's crisis phrases. It only puts such items first in the review queue:
it blocks nothing, and nothing but that order is kept of it."""

import json
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import NamedTuple

BOOK = Path(__file__).parent.parent / "phrases.en.json"
QUOTES = re.compile("[\u2018\u2019\u02bc`\u00b4]")
HIDDEN = re.compile("[\u200b-\u200f\u2060\ufeff]")
SWAPPED = re.compile(r"([a-z])([0134@$!])(?=[a-z])")


class Phrase(NamedTuple):
    id: str
    tier: int
    pattern: re.Pattern[str]
    unless: tuple[re.Pattern[str], ...]


@cache
def _book() -> tuple[dict[str, str], list[Phrase]]:
    """The swaps, and the phrases with the weightiest first."""
    book = json.loads(BOOK.read_text())
    contexts = {name: re.compile(pattern, re.ASCII) for name, pattern in book["contexts"].items()}
    phrases = [
        Phrase(
            entry["id"],
            entry["tier"],
            re.compile(entry["pattern"], re.ASCII),
            tuple(contexts[name] for name in entry.get("unless", ())),
        )
        for entry in book["phrases"]
    ]
    return book["swaps"], sorted(phrases, key=lambda phrase: phrase.tier)


def normalise(text: str) -> str:
    """The form phrases are searched in; the steps are the book's `normalise`, in its order."""
    swaps, _ = _book()
    text = "".join(
        c for c in unicodedata.normalize("NFKD", text) if not unicodedata.category(c).startswith("M")
    )
    text = HIDDEN.sub("", QUOTES.sub("'", text.lower()))
    text = SWAPPED.sub(lambda found: found[1] + swaps[found[2]], text)
    text = re.sub(r"(.)\1{2,}", r"\1\1", text)
    return re.sub(r"[^a-z0-9']+", " ", text).strip()


def phrase_in(text: str) -> tuple[int, str] | None:
    """Tier and id of the weightiest phrase in `text`: 1 about one's own life, 2 distress or harm by
    somebody, 3 a topic of the day."""
    words = normalise(text)
    for phrase in _book()[1]:
        if phrase.pattern.search(words) and not any(context.search(words) for context in phrase.unless):
            return phrase.tier, phrase.id
    return None


def calls_for_care(text: str) -> bool:
    """True for wording of tier 1 and 2."""
    found = phrase_in(text)
    return found is not None and found[0] < 3
