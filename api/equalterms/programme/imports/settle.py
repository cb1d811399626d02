"""From the words of a file to a plan: identities, kinds, and text within the model's bounds."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from urllib.parse import urljoin, urlsplit

from equalterms.lib.text import cut, html_to_text, slugify
from equalterms.programme.imports import hours, identity
from equalterms.programme.imports.dialects import moments
from equalterms.programme.imports.dialects.raw import Broken, RawLink, RawSchedule, RawSession
from equalterms.programme.imports.plan import Plan, PlannedRoom, PlannedSession
from equalterms.programme.imports.settling import Settling, plain
from equalterms.programme.models import SessionKind

Step = Callable[[str, int, int], None]

MOST_LINKS = 20
WEB = ("http://", "https://")
LONGEST_URL = 500
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})?")
KINDS = (
    (SessionKind.SURGERY, r"surger(y|ies)"),
    (SessionKind.OPEN_SPACE, r"open[ _-]?space|\bbofs?\b|birds of a feather|unconference"),
    (SessionKind.WORKSHOP, r"workshop|hands[ _-]?on|tutorial|atelier|taller\b"),
)


def settle(raw: RawSchedule, timezone: str | None, step: Step) -> Plan:
    """The plan of a schedule. Refuses, naming up to ten places, what it cannot read for certain."""
    settling = Settling(raw, timezone)
    title = settling.text(raw.word("title"), 200, raw.at("title"), "title")
    if not title:
        settling.refuse(raw.at("title"), "the conference has no title")
    if not raw.sessions:
        settling.refuse("", "the schedule holds no session")
    people = identity.People(raw.sessions, settling)
    sessions = _sessions(raw, people, settling, step)
    if settling.problems:
        raise Broken(settling.problems)
    acronym = settling.text(raw.word("acronym"), 60, raw.at("acronym"), "acronym")
    venue = ", ".join(filter(None, (raw.word("venue"), raw.word("city"))))
    return Plan(
        source=identity.event(acronym, title, _first_day(raw, sessions)),
        slug=slugify(acronym or title),
        title=title,
        tagline=settling.text(raw.word("subtitle"), 300, raw.at("subtitle"), "subtitle"),
        venue=settling.text(venue, 300, raw.at("venue"), "venue"),
        timezone=settling.zone.key,
        starts=min(session.starts for session in sessions),
        ends=max(session.ends for session in sessions),
        rooms=_rooms(raw, sessions, settling),
        people=people.planned(),
        sessions=sessions,
        warnings=settling.warnings,
    )


def _first_day(raw: RawSchedule, sessions: list[PlannedSession]) -> date:
    """The day the conference says it starts on, else the first day that has a session."""
    try:
        found = moments.moment(raw.word("start"))
    except ValueError:
        return min(session.day for session in sessions)
    return found.date() if isinstance(found, datetime) else found


def _sessions(
    raw: RawSchedule, people: identity.People, settling: Settling, step: Step
) -> list[PlannedSession]:
    sources = identity.sessions(raw.sessions, settling.refuse, settling.warnings)
    planned = []
    for done, session in enumerate(raw.sessions, 1):
        if found := _session(session, sources.get(id(session), ""), people, settling):
            planned.append(found)
        step("reading", done, len(raw.sessions))
    if lost := settling.lost_links:
        settling.warnings.append(
            f"{lost[0]}: links that are no web address were left out, {len(lost)} from here on"
        )
    if settling.off_zone:
        settling.warnings.append(
            f"{settling.off_zone} sessions print another hour than {settling.zone.key} has at their date; "
            "the date was taken"
        )
    return planned


def _session(
    raw: RawSession, source: str, people: identity.People, settling: Settling
) -> PlannedSession | None:
    """The plan of one session; None after a problem was noted."""
    title = settling.text(raw.word("title"), 300, raw.at("title"), "title")
    if not title:
        settling.refuse(raw.at("title"), "a session needs a title")
    starts = hours.starts(raw, settling)
    ends = hours.ends(raw, starts, settling) if starts else None
    if starts is None or ends is None:
        return None
    return PlannedSession(
        source=source,
        title=title,
        subtitle=settling.text(raw.word("subtitle"), 300, raw.at("subtitle"), "subtitle"),
        track=settling.text(raw.word("track"), 120, raw.at("track"), "track"),
        kind=kind(raw.word("type"), raw.word("track")),
        language=language(raw.word("language")),
        about=_about(raw, settling),
        links=_links(raw, settling),
        starts=starts,
        ends=ends,
        day=hours.day(raw, starts, settling),
        room=settling.text(raw.word("room"), 120, raw.at("room"), "room"),
        people=people.of(raw),
    )


def kind(*words: str) -> str:
    """Which of our four kinds a maker's type, or else track, means; a talk where they do not say."""
    for said in words:
        for found, pattern in KINDS:
            if re.search(pattern, said, re.IGNORECASE):
                return found
    return SessionKind.TALK


def language(said: str) -> str:
    """A short language tag ("en", "de-CH"), or nothing where the file has words instead of one."""
    tag = said.replace("_", "-")
    return tag if LANGUAGE.fullmatch(tag) else ""


def _about(raw: RawSession, settling: Settling) -> str:
    """Abstract and description; one of them where it says the other again."""
    abstract, description = (html_to_text(plain(raw.word(name))) for name in ("abstract", "description"))
    if description.startswith(abstract):
        both = description
    elif abstract.startswith(description):
        both = abstract
    else:
        both = f"{abstract}\n\n{description}"
    return settling.bounded(both, 20_000, raw.at("description"), "about")


def _links(raw: RawSession, settling: Settling) -> list[dict[str, str]]:
    kept: list[dict[str, str]] = []
    for link in raw.links:
        url = _url(link, settling.raw.word("base_url"))
        if url is None:
            settling.lost_links.append(raw.where)
        elif len(kept) == MOST_LINKS:
            settling.warnings.append(f"{raw.where}: only the first {MOST_LINKS} links were kept")
            break
        else:
            label = " ".join(plain(link.label).split()) or url.rsplit("/", 1)[-1] or url
            kept.append({"label": cut(label, 120), "url": url})
    return kept


def _url(link: RawLink, base: str) -> str | None:
    """The link's address on the web, or None: only http and https are ever followed.

    Some write the address as the words (36C3) or leave its scheme to the reader (31C3).
    """
    said, words = plain(link.url), plain(link.label)
    if said.startswith("www."):
        said = f"https://{said}"
    if words.startswith(WEB) and not said.startswith(WEB):
        said = words
    try:
        url = urljoin(base, said) if said else ""
        parts = urlsplit(url)
    except ValueError:
        return None
    good = parts.scheme in {"http", "https"} and parts.netloc and len(url) <= LONGEST_URL
    return url if good and not re.search(r"\s", url) else None


def _rooms(raw: RawSchedule, sessions: list[PlannedSession], settling: Settling) -> list[PlannedRoom]:
    """Rooms in the order of the file, known by a guid that no other room has, else by their name."""
    sharing = Counter(guid for guid, _ in {(room.guid.lower(), room.name) for room in raw.rooms})
    found: dict[str, PlannedRoom] = {}
    for room in raw.rooms:
        name = settling.text(room.name, 120, room.where, "room name")
        guid = room.guid.lower() if sharing[room.guid.lower()] == 1 else ""
        known = found.get(name)
        if not name or (known and (known.about or known.source.startswith("guid:") or not guid)):
            continue
        about = settling.prose(room.about, 500, room.where, "room description")
        source = f"guid:{guid}" if guid else f"name:{name}"
        found[name] = PlannedRoom(source[:200], name, about, known.position if known else len(found))
    for name in dict.fromkeys(session.room for session in sessions if session.room):
        found.setdefault(name, PlannedRoom(f"name:{name}", name, "", len(found)))
    return list(found.values())
