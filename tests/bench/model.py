"""How far it goes: what one core carries, from measured figures and nothing else. docs/scaling.md shows it.

`make bench BENCH_ARGS=--write` writes the page's tables from the figures of that run, with what the model
says of the run itself.
"""

import math
from dataclasses import dataclass

from tests.bench.table import Row, markdown

# A core that is busier than this has nothing left for what comes all at once.
BUSY = 0.6
# What a follower costs for being there: a heartbeat each 15 seconds, at the price of a delivery.
BEATS = 1 / 15


@dataclass(frozen=True)
class Figures:
    """Of one process on one core, as `make bench` measures them: microseconds of CPU of a page, of one that
    has not changed, a delivery, a question, a vote; KB of a follower; MB of an idle server. Then the runs
    that the model is checked against: milliseconds in which a change reached `followers`, seconds in which
    so many came back, and seconds of `votes`."""

    page: float
    same: float
    delivery: float
    question: float
    vote: float
    follower_kb: float
    idle_mb: float
    fan: float
    followers: float
    back: float
    votes: float
    voting: float

    @property
    def joining(self) -> float:
        """Microseconds that one who comes back keeps the server busy."""
        return self.back * 1e6 / self.followers


@dataclass(frozen=True)
class Day:
    """What people do in the busiest minute: followers; changes, reads, questions and votes a second."""

    followers: int
    changes: float
    reads: float
    questions: float
    votes: float


def load(day: Day, figures: Figures, processes: int = 1) -> float:
    """The share of a core that each of `processes` needs; a change reaches the followers of all of them."""
    each = day.followers / processes
    live = each * (day.changes + BEATS) * figures.delivery
    asked = day.reads * figures.page + day.questions * figures.question + day.votes * figures.vote
    return (live + asked / processes) / 1e6


def processes_for(day: Day, figures: Figures, most_followers: int = 19_000) -> int:
    """How many processes, of a core each, keep every one of them below `BUSY`, and below its open files."""
    wanted = max(1, math.ceil(day.followers / most_followers))
    while load(day, figures, wanted) > BUSY:
        wanted += 1
    return wanted


def memory_mb(day: Day, figures: Figures, processes: int) -> float:
    return processes * figures.idle_mb + day.followers * figures.follower_kb / 1024


def seconds_to_come_back(followers: int, figures: Figures, processes: int) -> float:
    """Until everybody has joined again whose server has just been started."""
    return followers / processes * figures.joining / 1e6


DAYS = {
    "a room with forty phones": Day(40, 0.2, 2, 0.1, 1),
    "a day in town": Day(500, 0.5, 20, 0.3, 5),
    "followed from home": Day(10_000, 1, 200, 1, 20),
    "a city": Day(100_000, 1, 2_000, 3, 100),
    "a million": Day(1_000_000, 1, 20_000, 10, 300),
}
MEASURED_UP_TO = 10_000


def row(name: str, day: Day, figures: Figures) -> Row:
    count = processes_for(day, figures)
    label = "" if day.followers <= MEASURED_UP_TO else " (prediction)"
    return Row(
        f"{name}: {day.followers:,} followers{label}",
        f"{count} process{'es' if count > 1 else ''}, {load(day, figures, count):.0%} of a core each",
        f"{memory_mb(day, figures, count):,.0f} MB",
        f"{seconds_to_come_back(day.followers, figures, count):.1f} s to come back",
    )


def checked(figures: Figures) -> list[Row]:
    """What the model says of what was measured in other ways: times by the clock from CPU of one request."""
    fan = figures.followers * figures.delivery / 1e3
    voting = figures.votes * figures.vote / 1e6
    return [
        Row(f"a change to {figures.followers:,.0f} followers", f"{figures.fan:.0f} ms", f"{fan:.0f} ms"),
        Row(f"{figures.votes:,.0f} votes at once", f"{figures.voting:.1f} s", f"{voting:.1f} s"),
    ]


def tables(figures: Figures) -> str:
    """Both tables of docs/scaling.md."""
    days = [row(name, day, figures) for name, day in DAYS.items()]
    head = Row("the busiest minute", "servers", "memory", "after a restart")
    return "\n\n".join(
        [
            markdown(days, head),
            "What the model says of the run its figures come from:",
            markdown(checked(figures), Row("what", "measured", "by the model", "")),
        ]
    )
