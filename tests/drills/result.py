"""What a drill found, and how it is told."""

from typing import NamedTuple

HEAD = ("drill", "on", "sent", "acknowledged", "lost", "twice", "followers", "back", "seen")


class Result(NamedTuple):
    """`differences` are where a follower's state is not the final snapshot's; `back` is how many seconds
    after the fault, or its end, something was acknowledged again with nobody's help."""

    drill: str
    stores: str
    sent: int
    acknowledged: int
    lost: list[str]
    twice: list[str]
    differences: list[str]
    back: float
    seen: str

    @property
    def well(self) -> bool:
        return not (self.lost or self.twice or self.differences) and self.back < 60 and self.acknowledged > 0

    def cells(self) -> tuple[str, ...]:
        followers = "the same" if not self.differences else f"{len(self.differences)} differ"
        return (
            self.drill, self.stores, str(self.sent), str(self.acknowledged), str(len(self.lost)),
            str(len(self.twice)), followers, f"{self.back:.1f} s", self.seen,
        )  # fmt: skip


class Missing(Exception):
    """What a drill needs is not here; the message says what."""


def table(rows: list[tuple[str, ...]]) -> str:
    """For a terminal and for a page alike."""
    lines = [HEAD, tuple("---" for _ in HEAD), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
