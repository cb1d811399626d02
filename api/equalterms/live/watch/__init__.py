"""What this process has heard about versions, and the check that makes hearing unnecessary.

The bell, and Redis between processes, only hurry things up. Several times a second every version in use
is read from the database, and nothing that was not confirmed by such a reading is trusted for longer than
a second. So no process serves an older version for longer than that after a write was acknowledged.
"""

from equalterms.live.watch.places import ADDRESSES
from equalterms.live.watch.readings import Late
from equalterms.live.watch.watching import Watch

__all__ = ["ADDRESSES", "Late", "Watch"]
