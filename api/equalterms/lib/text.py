"""Words as they are compared and stored: text is text, never markup."""

import re
import unicodedata
from html import unescape
from html.parser import HTMLParser

from django.utils.text import slugify as django_slugify

# Direction overrides and zero-width marks that hide or reorder words. The joiners U+200C and
# U+200D stay: Persian, Indic scripts and emoji need them.
HIDDEN = re.compile("[\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def clean(text: str) -> str:
    """The form that is hashed, compared and stored: NFC, LF, ends stripped, hidden marks removed."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return HIDDEN.sub("", text).strip()


def has_controls(text: str) -> bool:
    """True where `text` holds control characters other than tab and line ends."""
    return bool(CONTROLS.search(text.replace("\r\n", "\n").replace("\r", "\n")))


def cut(text: str, length: int) -> str:
    """At most `length` characters, cut at a word and marked where something was left out."""
    if len(text) <= length:
        return text
    kept = text[: length - 1]
    return (kept.rsplit(" ", 1)[0] if " " in kept[length // 2 :] else kept).rstrip() + "…"


def slugify(text: str, *, fallback: str = "day") -> str:
    return django_slugify(text)[:60].strip("-") or fallback


class _Plain(HTMLParser):
    """Collects readable text: paragraphs stay apart, list items get a dash, links keep their address."""

    BREAKS = frozenset(
        {"p", "div", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "table"}
    )
    UNSEEN = frozenset({"script", "style", "template", "head", "title"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.unseen = 0
        self.address = ""
        self.link_start = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.UNSEEN:
            self.unseen += 1
        elif tag in self.BREAKS:
            self.parts.append("\n\n")
        elif tag in {"br", "tr"}:
            self.parts.append("\n")
        elif tag == "li":
            self.parts.append("\n- ")
        elif tag == "a":
            self.address = dict(attrs).get("href") or ""
            self.link_start = len(self.parts)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.UNSEEN:
            self.unseen = max(0, self.unseen - 1)
        elif tag in self.BREAKS:
            self.parts.append("\n\n")
        elif tag == "a":
            words = "".join(self.parts[self.link_start :])
            if self.address.startswith(("http://", "https://")) and self.address not in words:
                self.parts.append(f" ({self.address})")
            self.address = ""

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.parts.append(re.sub(r"[ \t\r\f\v]+", " ", data))


MARKUP = re.compile(r"<(?:/?[a-zA-Z][^<>]*|!--.*?--)>|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);", re.DOTALL)


def html_to_text(html: str) -> str:
    """Readable plain text of what may be HTML or plain text already. Nothing of it is ever rendered
    as markup afterwards."""
    if not MARKUP.search(html):
        return CONTROLS.sub("", clean(unescape(html)))
    parser = _Plain()
    parser.feed(html)
    parser.close()
    text = "".join(parser.parts)
    text = re.sub(r" *\n *", "\n", text)
    return CONTROLS.sub("", clean(re.sub(r"\n{3,}", "\n\n", text)))
