"""What makes a challenge harder, up to eight times. Nothing makes it a refusal.

* What waits to be looked at in the session, for those who would add to it: 50 things make it twice as
  hard, 100 four times, 200 eight times.
* What came lately from one network (/24 or /56; nothing finer reaches us), be it a venue with everybody in
  it. Fetching a challenge counts one, as every page that is opened fetches one; what is done with it counts
  seven more, a vote or a report one. 4,000 in about ten minutes, that is 500 questions, 2,000 votes or 4,000
  pages that nobody asks on, make it twice as hard, 8,000 four times, 16,000 eight times. Forty phones behind
  one address notice nothing. Kept in the memory of this process only, under keys that are thrown away.
"""

from uuid import UUID

from equalterms.lib.throttles import Footfall
from equalterms.safety.models import Review, State

WAITING = {50: 2, 100: 4, 200: 8}
CAME = {4_000: 2, 8_000: 4, 16_000: 8}
DONE = {"vote": 1, "report": 1}
OTHERWISE = 7
ADDING = {"ask", "say"}
_networks = Footfall(rest=9 * 60)


def weight(act: str, topic: UUID, network: str) -> int:
    """1, 2, 4 or 8 for a challenge of this act, in the session of this topic, fetched from this network
    ("" where it is not known). Counts the fetching."""
    waiting = _waiting(topic) if act in ADDING else 0
    came = _networks.came(network) if network else 0
    return max(_step(WAITING, waiting), _step(CAME, came))


def acted(act: str, network: str) -> None:
    """Counts that somebody on this network has done it."""
    if network:
        _networks.came(network, DONE.get(act, OTHERWISE))


def _waiting(topic: UUID) -> int:
    """What is held in a session, counted no further than it matters."""
    return Review.objects.filter(topic=topic, state=State.HELD)[: max(WAITING)].count()


def _step(steps: dict[int, int], count: int) -> int:
    return max((weight for reached, weight in steps.items() if count >= reached), default=1)


def turn_keys() -> None:
    """Forgets the networks of two keys ago, even if nobody comes. The clock calls it in each process."""
    _networks.turn()
