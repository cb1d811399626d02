"""What `doctor` says of the machine: advice, as it cannot know what else runs there."""

import resource
from collections.abc import Iterator
from pathlib import Path

from equalterms.config.cli.doctor.finding import Finding

SWAPS = Path("/proc/swaps")


def memory() -> Iterator[Finding]:
    """What is in memory for a moment must not come to lie on a disk."""
    areas = SWAPS.read_text().splitlines()[1:] if SWAPS.exists() else []
    said = "This machine swaps to disk: turn that off, or encrypt it." if areas else "Nothing swaps to disk."
    yield Finding(not areas, said, advice=True)
    dumps = resource.getrlimit(resource.RLIMIT_CORE)[0] != 0
    said = "turned off by serve and worker themselves" if dumps else "off"
    yield Finding(True, f"Core dumps, which would hold what is in memory: {said}.", advice=True)
