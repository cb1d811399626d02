"""Published schedules (Pentabarf, frab, pretalx; XML and JSON) become events, rooms, sessions, people.

A file is read by its dialect (`pentabarf`, `frab`) into `raw` words that know where they stood,
settled (`settle`) into a `plan` of what the programme shall say, compared with what it says (`compare`)
and written in one short transaction (`write`). A file that cannot be trusted is refused whole.
"""

from equalterms.programme.imports.command import ImportResult, import_schedule, run
from equalterms.programme.imports.dialects.raw import Broken

__all__ = ["Broken", "ImportResult", "import_schedule", "run"]
