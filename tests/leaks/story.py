"""What happens on the day: fifty phones, two hundred questions, staff who decide, much that goes wrong."""

import secrets
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import NamedTuple
from uuid import UUID

from tests.leaks.day import Day
from tests.leaks.marked import MarkedPhone, Traits
from tests.leaks.mishaps import go_wrong
from tests.leaks.places import hold_places

from equalterms.lib.ids import b64u, unb64u
from equalterms.safety.profile.opening import opening_of
from equalterms.safety.profile.receipt import Secret
from equalterms.safety.profile.sealing import SEALED

PHONES, QUESTIONS, MAKES, PROVED = 50, 200, 10, 6
# What becomes of every twentieth question, the first to the last.
FATES = ["shown"] * 11 + ["returned"] * 3 + ["hidden", "held", "withdrawn", "withdrawn", "edited", "sealed"]
_numbers = count(1)


def word() -> str:
    """A word that occurs nowhere else, as a name would in somebody's question."""
    return f"wren{next(_numbers)}{secrets.token_hex(6)}"


@dataclass
class Sent:
    """One thing a phone sent, with the words in it that must be found nowhere they do not belong."""

    phone: MarkedPhone
    session: UUID
    secret: Secret
    word: str
    fate: str
    review: str = ""
    warning: str = ""

    @property
    def path(self) -> str:
        return f"sessions/{self.session}/{self.secret.kind}s/{self.secret.id}/"


class Cast(NamedTuple):
    """A vote, report or reaction of one phone, by the tag it is stored under."""

    phone: MarkedPhone
    use: str
    tag: bytes


@dataclass
class Story:
    """All that was sent and said. `gone`: words withdrawn, replaced or seen to. `sealed`: what staff wrote
    to one asker alone."""

    day: Day
    phones: list[MarkedPhone]
    questions: list[Sent] = field(default_factory=list)
    comments: list[Sent] = field(default_factory=list)
    bookings: list[Sent] = field(default_factory=list)
    casts: list[Cast] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    sealed: list[str] = field(default_factory=list)
    heard: bytes = b""

    @property
    def sent(self) -> list[Sent]:
        return self.questions + self.comments

    def of(self, fate: str) -> Iterator[Sent]:
        return (one for one in self.questions if one.fate == fate)


def play(day: Day) -> Story:
    """The whole day, one thing after another, with a stream open from the first to the last."""
    makes = [Traits(number) for number in range(MAKES)]
    phones = [MarkedPhone(day.url, day.event, makes[number % MAKES]) for number in range(PHONES)]
    story = Story(day, phones)
    with ExitStack() as lines:
        for phone in phones:
            lines.callback(phone.line.close)
        lines.enter_context(followed(story))
        ask_with_proofs(story)
        day.publish("hall", proof=False)
        for part in (
            ask, decide, talk, hold_places, vote_report_and_react, second_looks, second_thoughts, look_up,
            read_everything,
        ):  # fmt: skip
            part(story)
        go_wrong(story)
        day.sign_out()
    return story


@contextmanager
def followed(story: Story) -> Iterator[None]:
    """One phone follows the first session until the block ends; what it heard is in `heard`."""
    heard: list[bytes] = []
    line = story.phones[0].follow(f"sessions/{story.day.sessions[0]}/stream")
    listening = threading.Thread(target=lambda: heard.extend(iter(lambda: line.recv(65536), b"")))
    listening.start()
    try:
        yield
    finally:
        line.shutdown(socket.SHUT_RDWR)
        listening.join(30)
        line.close()
        story.heard = b"".join(heard)


def ask_with_proofs(story: Story) -> None:
    for phone, _ in zip(story.phones, range(PROVED), strict=False):
        session = story.day.sessions[0]
        one = Sent(phone, session, phone.secret(), word(), "shown")
        proof = phone.proof("ask", session)
        answer = phone.send("PUT", one.path, phone.question(one.secret, f"Why {one.word}?", proof=proof))
        assert answer.status == 201, answer
        story.questions.append(one)


def ask(story: Story) -> None:
    for number in range(PROVED, QUESTIONS):
        phone, fate = story.phones[number % PHONES], FATES[(number // PHONES * 7 + number) % len(FATES)]
        session = story.day.sessions[number % 3]
        one = Sent(phone, session, phone.secret(), word(), fate)
        audience = "surgeons" if fate == "sealed" else "everyone"
        one.warning = word() if number % 4 == 0 else ""
        body = phone.question(
            one.secret, f"How does {one.word} go away?", audience=audience, warning=one.warning
        )
        assert phone.send("PUT", one.path, body).status == 201
        assert number % 5 or phone.send("PUT", one.path, body).status == 200
        story.questions.append(one)


def decide(story: Story) -> None:
    """The desk shows, returns and hides; a surgeon answers, once in private."""
    find_reviews(story, story.questions)
    story.day.show([one.review for one in story.questions if one.fate in {"shown", "edited", "sealed"}])
    for one in story.of("returned"):
        story.sealed.append(word())
        note = f"Please leave out {story.sealed[-1]}."
        assert story.day.decide(one.review, "return", reason="other", note=note).status == 200
    for one in story.of("hidden"):
        assert story.day.decide(one.review, "hide", reason="unkind").status == 200
    for one in story.of("sealed"):
        story.sealed.append(word())
        said = f"Only you read {story.sealed[-1]}."
        story.day.staff("POST", f"desk/questions/{one.secret.id}/answers/", "surgeon", text=said)
    for one in list(story.of("shown"))[::10]:
        said = "Press the three dots."
        story.day.staff("POST", f"desk/questions/{one.secret.id}/answers/", "surgeon", text=said)


def find_reviews(story: Story, sent: list[Sent]) -> None:
    """Learns from the desk under which review each of these waits."""
    by_subject = {row["subject"]: row["id"] for row in story.day.held()}
    for one in sent:
        one.review = by_subject[str(one.secret.id)]


def talk(story: Story) -> None:
    """Every phone that has asked says something in the same session too."""
    for number, phone in enumerate(story.phones):
        session = story.day.sessions[number % 2]
        one = Sent(phone, session, phone.secret("comment"), word(), "shown" if number % 5 else "held")
        said = phone.comment(session, one.secret, f"The same with {one.word} here.")
        assert phone.send("PUT", one.path, said).status == 201
        story.comments.append(one)
    find_reviews(story, story.comments)
    story.day.show([one.review for one in story.comments if one.fate == "shown"])


def cast(story: Story, one: Sent, phone: MarkedPhone, use: str, path: str, **body: str) -> str:
    """`phone` votes for, reports or thanks for `one`; gives the address it did so at."""
    mark = phone.tag(use, one.secret.id)
    address = f"{one.path}{path}/{mark}/"
    assert phone.send("PUT", address, body).status == 201, address
    assert phone.send("PUT", address, body).status == 200, address
    story.casts.append(Cast(phone, use, unb64u(mark, 16)))
    return address


def vote_report_and_react(story: Story) -> None:
    """Phones vote for their own and for others, report, thank; one takes its vote back."""
    shown = list(story.of("shown"))
    said = [one for one in story.comments if one.fate == "shown"]
    for number, phone in enumerate(story.phones):
        mine = [one for one in shown if one.phone is phone][:1]
        for one in {id(one): one for one in [*mine, *shown[number : number + 2]]}.values():
            address = cast(story, one, phone, "vote", "votes")
        if number % 4 == 0:
            cast(story, shown[-1 - number // 4], phone, "report", "reports", reason="advert")
            cast(story, said[-1 - number // 4], phone, "report", "reports", reason="unkind")
            cast(story, said[number % 7], phone, "reaction", "reactions/thanks")
    assert story.phones[-1].send("DELETE", address).status == 204
    story.casts = [one for one in story.casts if b64u(one.tag) not in address]


def second_looks(story: Story) -> None:
    """Staff merge and take apart, hide and undo, let stand what was reported, take something and hand it
    over; the safety lead reads a reply that its asker shows, and has seen to it."""
    shown = list(story.of("shown"))
    answered = {id(one) for one in shown[::10]}
    one, other, hidden = [
        one for one in shown if one.session == story.day.sessions[0] and id(one) not in answered
    ][:3]
    staff = story.day.staff
    staff("POST", f"desk/reviews/{one.review}/merge/", "moderator", into=other.review)
    staff("POST", f"desk/reviews/{one.review}/unmerge/", "moderator")
    merged = staff("POST", f"desk/reviews/{one.review}/merge/", "moderator", into=other.review)
    gone = story.day.decide(hidden.review, "hide", reason="other").json()
    for act in (merged["act"], gone["act"]):
        staff("POST", f"desk/acts/{act}/undo/", "moderator")
    staff("POST", f"desk/reviews/{shown[-1].review}/keep/", "moderator")
    people = {one["name"]: one["id"] for one in staff("GET", "desk/events/hall/colleagues/")}
    for name in ("Moderator", "Organiser"):
        staff("POST", f"desk/reviews/{hidden.review}/claim/", "moderator", to=people[name])
    show_a_reply(story, next(story.of("sealed")))


def show_a_reply(story: Story, one: Sent) -> None:
    notes = one.phone.send("GET", f"sessions/{one.session}/notes/").json()["notes"]
    (sealed,) = [unb64u(note["sealed"], SEALED) for note in notes if note["box"] == one.secret.box]
    body = {"opening": b64u(opening_of(one.secret.private, sealed))}
    given = one.phone.receipt(one.secret)
    assert one.phone.send("POST", "receipts/show-note/", body, Authorization=given).status == 204
    (row,) = story.day.staff("GET", "desk/events/hall/reviews/?lane=care")["results"]
    said = row["opened"]["text"].removeprefix("Only you read ").removesuffix(".")
    story.sealed.remove(said)
    story.gone.append(said)
    story.day.staff("POST", f"desk/reviews/{row['id']}/care/", care=False)


def second_thoughts(story: Story) -> None:
    """Edits and withdrawals, of what is shown and of what is not."""
    for one in story.of("edited"):
        story.gone.append(one.word)
        one.word = word()
        changed = {"text": f"Now it says {one.word}."}
        allowed = one.phone.receipt(one.secret)
        assert one.phone.send("PATCH", one.path, changed, Authorization=allowed).status == 200
    for one in story.of("withdrawn"):
        story.gone += [one.word, *([one.warning] if one.warning else [])]
        assert one.phone.send("DELETE", one.path, Authorization=one.phone.receipt(one.secret)).status == 204
        again = one.phone.question(one.secret, f"How does {one.word} go away?", warning=one.warning)
        assert one.phone.send("PUT", one.path, again).status == 410


def look_up(story: Story) -> None:
    """Somebody types eight words on another phone; somebody types wrong ones."""
    for one, other in zip(story.questions[:20], reversed(story.phones), strict=False):
        found = other.send("POST", "receipts/lookup/", {"auth": b64u(one.secret.auth)})
        assert found.status in {200, 404}
        wrong = other.secret()
        assert other.send("POST", "receipts/lookup/", {"auth": b64u(wrong.auth)}).status == 404


def read_everything(story: Story) -> None:
    """Public reads, by phones that send along even a cookie and a token."""
    session, day = story.day.sessions[0], "hall"
    for phone in story.phones[:10]:
        known = {**phone.traits.signed_in(), "Origin": phone.traits.referer}
        for path in (
            f"events/{day}/", f"events/{day}/live/", f"events/{day}/sessions/", f"sessions/{session}/live/",
            f"sessions/{session}/questions/?page_size=5", f"sessions/{session}/comments/",
            f"sessions/{session}/notes/", f"sessions/{session}/tally/", "/", f"/s/{session}",
            "/livez", "/assets/nothing.js",
        ):  # fmt: skip
            answer = phone.send("GET", path, **known)
            # 503 is what screens answer where the app is not built.
            assert answer.status in {200, 404, 503}, (path, answer)
