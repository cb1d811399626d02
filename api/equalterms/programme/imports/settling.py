"""One schedule on its way to a plan: its zone, its bounds, what to warn of and what to refuse."""

from datetime import time
from zoneinfo import ZoneInfo

from equalterms.lib.text import CONTROLS, clean, cut, html_to_text
from equalterms.programme.imports.dialects import moments
from equalterms.programme.imports.dialects.raw import Broken, Problem, RawSchedule, broken

MOST_PROBLEMS = 10
NIGHT_ENDS = time(4)
ADVICE = "please add one, like --timezone Europe/London"


class Settling:
    """Collects warnings, and problems too, so that one run shows up to ten of them."""

    def __init__(self, raw: RawSchedule, timezone: str | None) -> None:
        self.raw = raw
        self.warnings = list(raw.warnings)
        self.problems: list[Problem] = []
        self.zone = self._zone(timezone)
        self.change = self._change()
        self.wall_clock = self._is_wall_clock()
        self.off_zone = 0
        self.lost_links: list[str] = []

    def _zone(self, wanted: str | None) -> ZoneInfo:
        named = self.raw.word("zone")
        if wanted:
            if (found := moments.zone(wanted)) is None:
                raise broken("--timezone", f"“{wanted[:60]}” is not a zone we know (like Europe/London)")
            if named and named != wanted:
                self.warnings.append(f"the file says the zone is {named[:60]}; {wanted} was taken as asked")
            return found
        if not named:
            raise broken("", f"the file names no time zone: {ADVICE}")
        if (found := moments.zone(named)) is None:
            raise broken(self.raw.at("zone"), f"“{named[:60]}” is not a zone we know: {ADVICE}")
        return found

    def _change(self) -> time:
        """The hour at which one programme day gives way to the next: as said, else 4 in the morning."""
        if not (said := self.raw.word("day_change")):
            return NIGHT_ENDS
        try:
            return moments.clock(said)
        except ValueError as wrong:
            reason = f"day_change “{said[:40]}” is not a time of day"
            raise broken(self.raw.at("day_change"), reason) from wrong

    def _is_wall_clock(self) -> bool:
        """wafer writes +00:00 behind local times. True where no zone is named and every date does so."""
        dates = [(session.word("date"), session.word("start")) for session in self.raw.sessions]
        alike = all(
            said[11:16] == start[:5].rjust(5, "0") and said[19:] in {"+00:00", "+0000", "Z"}
            for said, start in dates
        )
        if self.raw.word("zone") or not dates or not alike or self.zone.key in {"UTC", "Etc/UTC"}:
            return False
        self.warnings.append(f"every date is at +00:00 and no zone is named: read in {self.zone.key}")
        return True

    def text(self, said: str, limit: int, where: str, name: str) -> str:
        """One line of plain text of at most `limit` characters; a cut is reported."""
        return self.bounded(" ".join(plain(said).split()), limit, where, name)

    def prose(self, said: str, limit: int, where: str, name: str) -> str:
        """Plain text of HTML or text, in paragraphs."""
        return self.bounded(html_to_text(plain(said)), limit, where, name)

    def bounded(self, said: str, limit: int, where: str, name: str) -> str:
        if len(said) > limit:
            self.warnings.append(f"{where}: {name} has {len(said)} characters and was cut to {limit}")
        return cut(said, limit)

    def refuse(self, where: str, reason: str) -> None:
        self.problems.append(Problem(where, reason))
        if len(self.problems) >= MOST_PROBLEMS:
            raise Broken(self.problems)


def plain(said: str) -> str:
    """Without half characters and control characters, which no database takes."""
    return CONTROLS.sub("", clean(said.encode("utf-8", "ignore").decode()))
