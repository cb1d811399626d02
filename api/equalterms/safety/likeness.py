"""How alike two texts are, by the words they are made of: for clearing many copies of one thing at once.

A flood is one text with a number, a name or a stray word changed. What people ask about the same
subject in their own words is not alike.
"""

import re
import unicodedata

ALIKE = 0.6
APOSTROPHES = re.compile("['\u2019]")
WORD = re.compile(r"[^\W_]+")
# Words that stand in any sentence and so say nothing of what it is about.
SMALL = frozenset(
    re.findall(
        r"\w+",
        "a am an and any are as at be been but by can could did do does for from had has have how i if in is"
        " it its just me my no not of on or our please she should so some than that the their them then there"
        " they this to up us was we were what when where which who why will with would you your",
    )
)


def words_of(text: str) -> frozenset[str]:
    """The words that say what `text` is about, without numbers; all there are where none is left."""
    plain = APOSTROPHES.sub("", unicodedata.normalize("NFKC", text).casefold())
    found = WORD.findall(plain)
    telling = {word for word in found if word not in SMALL and not any(map(str.isdigit, word))}
    return frozenset(telling or found or plain.split())


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of words they have in common: 1 for the same words, 0 for none."""
    return len(one & other) / len(one | other) if one or other else 1.0
