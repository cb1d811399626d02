"""What askers and surgeons do with questions. Only here do question rows change."""

from equalterms.questions.actions.answering import answer, change_answer, remove_answer
from equalterms.questions.actions.asking import (
    Asked,
    Asking,
    Raced,
    ask,
    ask_together,
    asked_before,
    check_editable,
    edit,
    withdraw,
)
from equalterms.questions.actions.merging import (
    check_mergeable,
    hold_family,
    join,
    merged_into,
    part,
    set_apart,
    take_turns,
)
from equalterms.questions.actions.pointing import look_away, point_at, point_nowhere
from equalterms.questions.actions.showing import conceal, reveal
from equalterms.questions.actions.voting import (
    Ballot,
    cast,
    find_shown,
    find_voted,
    has_voted,
    publish_tallies,
    tallies,
    unvote,
    vote,
)

__all__ = [
    "Asked",
    "Asking",
    "Ballot",
    "Raced",
    "answer",
    "ask",
    "ask_together",
    "asked_before",
    "cast",
    "change_answer",
    "check_editable",
    "check_mergeable",
    "conceal",
    "edit",
    "find_shown",
    "find_voted",
    "has_voted",
    "hold_family",
    "join",
    "look_away",
    "merged_into",
    "part",
    "point_at",
    "point_nowhere",
    "publish_tallies",
    "remove_answer",
    "reveal",
    "set_apart",
    "take_turns",
    "tallies",
    "unvote",
    "vote",
    "withdraw",
]
