"""What staff decide, and what the clock lets go: review below, questions and threads beside."""

from equalterms.desk.actions.deciding import DECISIONS, Decision, decide, decide_many
from equalterms.desk.actions.merging import merge, unmerge
from equalterms.desk.actions.showing import release_due, reveal
from equalterms.desk.actions.undoing import undo

__all__ = [
    "DECISIONS",
    "Decision",
    "decide",
    "decide_many",
    "merge",
    "release_due",
    "reveal",
    "undo",
    "unmerge",
]
