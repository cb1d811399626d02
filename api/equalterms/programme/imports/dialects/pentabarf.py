"""schedule.xml: Pentabarf's format, as Pentabarf, frab, pretalx, wafer and FOSDEM write it.

Elements are found by their local names, wherever a namespace or an unknown neighbour puts them.
"""

import io
from collections.abc import Iterator
from typing import NoReturn
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler, ErrorHandler
from xml.sax.saxutils import escape, quoteattr
from xml.sax.xmlreader import AttributesImpl, InputSource, Locator

from defusedxml import DefusedXmlException
from defusedxml import sax as defused

from equalterms.programme.imports.dialects.raw import (
    RawDay,
    RawLink,
    RawPerson,
    RawRoom,
    RawSchedule,
    RawSession,
    broken,
)

DEEPEST = 40
CONFERENCE = ("title", "subtitle", "acronym", "venue", "city", "start", "day_change", "base_url")
ZONES = ("time_zone_name", "timezone", "time_zone")
EVENT = (
    "title", "subtitle", "track", "type", "language", "abstract", "description",
    "date", "start", "duration", "end", "slug",
)  # fmt: skip


class Node:
    """An element with the line it starts on."""

    def __init__(self, tag: str, words: dict[str, str], line: int) -> None:
        self.tag = tag
        self.words = words
        self.line = line
        self.inside: list[str | Node] = []

    @property
    def where(self) -> str:
        return f"line {self.line}"

    def all(self, tag: str) -> Iterator["Node"]:
        return (node for node in self.inside if isinstance(node, Node) and node.tag == tag)

    def first(self, *tags: str) -> "Node | None":
        return next((node for tag in tags for node in self.all(tag)), None)

    def text(self) -> str:
        """Its words. Elements in them (a maker's unescaped HTML) are spelled out again as markup."""
        return self._spell(markup=any(isinstance(part, Node) for part in self.inside)).strip()

    def _spell(self, *, markup: bool) -> str:
        spelled = []
        for part in self.inside:
            if isinstance(part, str):
                spelled.append(escape(part) if markup else part)
            else:
                link = f" href={quoteattr(part.words['href'])}" if "href" in part.words else ""
                spelled.append(f"<{part.tag}{link}>{part._spell(markup=True)}</{part.tag}>")
        return "".join(spelled)


class _Tree(ContentHandler, ErrorHandler):
    """Builds the nodes. expat calls it; so deep or foreign a file costs no recursion."""

    def __init__(self) -> None:
        super().__init__()
        self.root: Node | None = None
        self.open: list[Node] = []
        self.locator: Locator | None = None

    def setDocumentLocator(self, locator: Locator) -> None:  # noqa: N802
        self.locator = locator

    @property
    def line(self) -> int:
        return int((self.locator and self.locator.getLineNumber()) or 1)

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        if len(self.open) >= DEEPEST:
            raise broken(f"line {self.line}", "the elements are nested too deeply for a schedule")
        words = {local(key): value.strip() for key, value in attrs.items()}
        node = Node(local(name), words, self.line)
        if self.open:
            self.open[-1].inside.append(node)
        self.root = self.root or node
        self.open.append(node)

    def endElement(self, name: str) -> None:  # noqa: N802
        self.open.pop()

    def characters(self, content: str) -> None:
        if self.open:
            self.open[-1].inside.append(content)

    def error(self, exception: BaseException) -> NoReturn:
        raise exception

    def fatalError(self, exception: BaseException) -> NoReturn:  # noqa: N802
        raise exception


def local(name: str) -> str:
    return name.rsplit(":", 1)[-1]


def tree(text: str) -> Node:
    """The root element of `text`. Refuses what is not well-formed and every entity definition."""
    source = InputSource()
    source.setEncoding("utf-8")  # decoded before, whatever its declaration says
    source.setByteStream(io.BytesIO(text.encode("utf-8", "replace")))
    handler = _Tree()
    try:
        # Entities are forbidden; an outside DTD is merely named, and the parser never fetches one.
        defused.parse(source, handler, errorHandler=handler, forbid_external=False)
    except SAXParseException as wrong:
        reason = str(wrong.getMessage())
        if reason == "no element found":
            reason = "the file ends before its last element is closed"
        raise broken(f"line {wrong.getLineNumber()}", f"not well-formed XML: {reason}") from wrong
    except DefusedXmlException as wrong:
        raise broken(
            f"line {handler.line}", "the file defines entities, which no schedule needs and we do not expand"
        ) from wrong
    if handler.root is None:
        raise broken("line 1", "the file holds no element")
    return handler.root


def read(text: str) -> RawSchedule:
    root = tree(text)
    if root.tag != "schedule":
        page = "a web page" if root.tag == "html" else f"<{root.tag[:40]}>"
        raise broken(root.where, f"this is {page}, not a schedule: the first element should be <schedule>")
    schedule = _conference(root)
    days = list(root.all("day"))
    if not days:
        raise broken(root.where, "<schedule> holds no <day>")
    for node in days:
        _day(node, schedule)
    return schedule


def _conference(root: Node) -> RawSchedule:
    found = root.first("conference")
    if found is None:
        raise broken(root.where, "<schedule> holds no <conference>")
    schedule = RawSchedule({}, {"title": found.where, "zone": found.where})
    for name in CONFERENCE:
        if node := found.first(name):
            schedule.words[name], schedule.parts[name] = node.text(), node.where
    if node := found.first(*ZONES):
        schedule.words["zone"], schedule.parts["zone"] = node.text(), node.where
    return schedule


def _day(node: Node, schedule: RawSchedule) -> None:
    day = RawDay(node.where, *(node.words.get(name, "") for name in ("date", "start", "end")))
    schedule.days.append(day)
    for room in node.all("room"):
        name = room.words.get("name", "")
        schedule.rooms.append(RawRoom(room.where, name, room.words.get("guid", "")))
        schedule.sessions.extend(_session(event, day, name) for event in room.all("event"))
    schedule.sessions.extend(_session(event, day, "") for event in node.all("event"))


def _session(node: Node, day: RawDay, room: str) -> RawSession:
    session = RawSession(node.where, {}, {}, day)
    for name in ("id", "guid", "code"):
        session.words[name] = node.words.get(name, "")
    for name in EVENT:
        if found := node.first(name):
            session.words[name], session.parts[name] = found.text(), found.where
    own = node.first("room")
    session.words["room"] = room or (own.text() if own else "")
    for person in _listed(node, "persons", "person"):
        session.persons.append(_person(person))
    for tag, one in (("links", "link"), ("attachments", "attachment")):
        for link in _listed(node, tag, one):
            session.links.append(RawLink(link.text(), link.words.get("href", "")))
    return session


def _listed(node: Node, tag: str, one: str) -> Iterator[Node]:
    return (found for holder in node.all(tag) for found in holder.all(one))


def _person(node: Node) -> RawPerson:
    named = node.first("name", "public_name")
    about = node.first("biography", "description")
    return RawPerson(
        node.where,
        name=named.text() if named else node.text(),
        ident=node.words.get("id", ""),
        guid=node.words.get("guid", ""),
        code=node.words.get("code", ""),
        about=about.text() if about else "",
    )
