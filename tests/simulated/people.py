"""The two hundred: each has a phone, a mind of its own, and a ledger of what it was promised."""

import random
from dataclasses import dataclass
from uuid import UUID

from tests.leaks.marked import Answer, MarkedPhone
from tests.simulated.stage import LABELS, Stage, path_of

from equalterms.lib.ids import b64u
from equalterms.programme.models import Session
from equalterms.safety.profile.receipt import Secret

BUSY = 503
REACTIONS = ("thanks", "same", "strength")
# How often somebody does what, of all they do.
WISHES = {
    "ask": 12, "vote": 20, "say": 8, "react": 8, "book": 12, "come": 14, "edit": 4, "withdraw": 4,
    "cancel": 5, "report": 3, "unvote": 3, "look_up": 4, "unreact": 3,
}  # fmt: skip


@dataclass
class Mine:
    """Something sent, as its sender's phone remembers it."""

    secret: Secret
    session: UUID
    text: str = ""
    gone: bool = False
    changed: bool = False
    listed: bool = False  # it was on a waiting list once

    @property
    def path(self) -> str:
        return path_of(self.session, self.secret.kind, self.secret.id)


class Person:
    """Does one thing after another. What was acknowledged is in the ledger, and nothing else."""

    def __init__(self, stage: Stage, phone: MarkedPhone, seed: int) -> None:
        self.stage, self.phone = stage, phone
        self.random = random.Random(seed)  # noqa: S311 -- one day can be played again
        self.mine: dict[str, list[Mine]] = {"question": [], "comment": [], "booking": []}
        self.votes: dict[tuple[UUID, str], bool] = {}
        self.reactions: dict[tuple[UUID, str, str], bool] = {}
        self.reports: set[tuple[UUID, str]] = set()

    def act(self) -> None:
        [wish] = self.random.choices(list(WISHES), list(WISHES.values()))
        getattr(self, wish)()

    def send(self, method: str, path: str, body: object = None, **headers: str) -> Answer:
        for _ in range(60):
            answer = self.phone.send(method, path, body, **headers)
            if answer.status != BUSY:
                break
            self.stage.pause()
        return answer

    def any_session(self) -> Session:
        """Mostly what is on; now and then one that is over, or comes late in the day."""
        on = self.stage.on_or_coming() if self.random.random() < 0.9 else self.stage.sessions
        return self.random.choice(on)

    def any_of(self, kind: str) -> Mine | None:
        kept = [one for one in self.mine[kind] if not one.gone]
        return self.random.choice(kept) if kept else None

    def any_public(self, kind: str) -> tuple[Session, UUID] | None:
        session = self.any_session()
        seen = self.stage.public.get(session.pk, {}).get(kind, [])
        return (session, self.random.choice(seen)) if seen else None

    def _open(self, wish: str, one: Mine, body: dict[str, object]) -> None:
        """Sends it, sometimes twice, as phones do that heard nothing."""
        answer = self.send("PUT", one.path, body)
        if self.stage.heard(wish, answer):
            self.mine[one.secret.kind].append(one)
            if one.secret.kind == "booking":
                self._note_booking(one, answer)
            if self.random.random() < 0.2:
                again = self.send("PUT", one.path, body)
                self.stage.heard(f"{wish} again", again)

    def _note_booking(self, one: Mine, answer: Answer) -> None:
        said = answer.json()
        one.listed = said["state"] == "waiting"
        if self.random.random() < 0.4:
            self.stage.tickets.append(said["ticket"])

    def ask(self) -> None:
        session = self.any_session()
        one = Mine(self.phone.secret(), session.pk, f"How does {self.random.getrandbits(60):x} work?")
        audience = self.random.choice(["everyone"] * 5 + ["surgeons"])
        wanted = {"audience": audience, "recap": self.random.random() < 0.8}
        self._open("ask", one, self.phone.question(one.secret, one.text, **wanted))

    def say(self) -> None:
        one = Mine(self.phone.secret("comment"), self.any_session().pk, f"So it is, {self.random.random()}.")
        self._open("say", one, self.phone.comment(one.session, one.secret, one.text))

    def book(self) -> None:
        session = self.any_session()
        while session.kind == "talk":
            session = self.any_session()
        one = Mine(self.phone.secret("booking"), session.pk)
        labels = self.random.sample(LABELS, self.random.choice([0, 1, 1, 2]))
        given = {"auth": b64u(one.secret.auth), "reply_key": b64u(one.secret.reply_key)}
        self._open("book", one, given | {"labels": labels, "remote": self.random.random() < 0.1})

    def come(self) -> None:
        if one := self.any_of("booking"):
            answer = self.send("POST", f"{one.path}here/", {}, **self._receipt(one))
            if self.stage.heard("come", answer):
                self.stage.has_come(one.secret.id)

    def cancel(self) -> None:
        self._take_back("cancel", self.any_of("booking"))

    def withdraw(self) -> None:
        self._take_back("withdraw", self.any_of(self.random.choice(["question", "question", "comment"])))

    def _take_back(self, wish: str, one: Mine | None) -> None:
        if one and self.stage.heard(wish, self.send("DELETE", one.path, **self._receipt(one))):
            one.gone = True

    def edit(self) -> None:
        if one := self.any_of(self.random.choice(["question", "question", "comment"])):
            text = f"Or rather {self.random.getrandbits(60):x}?"
            one.changed = True  # its votes may fall, whatever the answer
            if self.stage.heard("edit", self.send("PATCH", one.path, {"text": text}, **self._receipt(one))):
                one.text = text

    def vote(self) -> None:
        if seen := self.any_public("questions"):
            session, question = seen
            mark = self.phone.tag("vote", question)
            path = f"{path_of(session.pk, 'question', question)}votes/{mark}/"
            if self.stage.heard("vote", self.send("PUT", path, {})):
                self.votes[question, mark] = True

    def unvote(self) -> None:
        for (question, mark), counts in self.votes.items():
            if counts:
                session = self.stage.session_of(question)
                path = f"{path_of(session, 'question', question)}votes/{mark}/"
                if self.stage.heard("unvote", self.send("DELETE", path)):
                    self.votes[question, mark] = False
                return

    def react(self) -> None:
        if seen := self.any_public("comments"):
            session, comment = seen
            mark, kind = self.phone.tag("reaction", comment), self.random.choice(REACTIONS)
            path = f"{path_of(session.pk, 'comment', comment)}reactions/{kind}/{mark}/"
            if self.stage.heard("react", self.send("PUT", path, {})):
                self.reactions[comment, kind, mark] = True

    def unreact(self) -> None:
        for (comment, kind, mark), counts in self.reactions.items():
            if counts:
                session = self.stage.session_of(comment)
                path = f"{path_of(session, 'comment', comment)}reactions/{kind}/{mark}/"
                if self.stage.heard("unreact", self.send("DELETE", path)):
                    self.reactions[comment, kind, mark] = False
                return

    def report(self) -> None:
        kind = self.random.choice(["question", "comment"])
        if seen := self.any_public(f"{kind}s"):
            session, subject = seen
            mark = self.phone.tag("report", subject)
            reason = self.random.choice(["unkind", "advert", "worried"])
            path = f"{path_of(session.pk, kind, subject)}reports/{mark}/"
            if self.stage.heard("report", self.send("PUT", path, {"reason": reason})):
                self.reports.add((subject, mark))

    def look_up(self) -> None:
        if one := self.any_of(self.random.choice(list(self.mine))):
            answer = self.send("POST", "receipts/lookup/", {"auth": b64u(one.secret.auth)})
            self.stage.heard("look up", answer)

    def _receipt(self, one: Mine) -> dict[str, str]:
        return {"Authorization": self.phone.receipt(one.secret)}
