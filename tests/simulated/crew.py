"""Those who run the day: three organisers at the desk, two doors, ten surgeons at their tables."""

import random
from typing import Any
from uuid import UUID, uuid4

from tests.simulated import turns
from tests.simulated.stage import LABELS, Stage, Wire

from equalterms.people.models import Account, Surgeon
from equalterms.programme.models import Session

TURNED_DOWN = {"reason": "other", "note": "Please leave out the name."}


class Worker:
    """Somebody signed in, who does one thing after another."""

    WISHES: dict[str, int] = {}

    def __init__(self, stage: Stage, url: str, account: Account, seed: int) -> None:
        self.stage, self.account = stage, account
        self.random = random.Random(seed)  # noqa: S311 -- one day can be played again
        self.wire = Wire(url, account)
        self.day = f"desk/events/{stage.event.slug}/"

    def act(self) -> None:
        [wish] = self.random.choices(list(self.WISHES), list(self.WISHES.values()))
        getattr(self, wish)()

    def ask(self, what: str, method: str, path: str, body: object = None, **headers: str) -> Any:
        """What was answered, or None for a refusal."""
        answer = self.wire.send(method, path, body, **headers)
        return (answer.json() if answer.body else {}) if self.stage.heard(what, answer) else None


class Organiser(Worker):
    WISHES = {
        "show_many": 8, "show": 6, "turn_down": 5, "show_again": 3, "merge": 6, "unmerge": 2, "undo": 4,
        "flow": 3, "more_room": 2, "point": 3, "keep": 2,
    }  # fmt: skip

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.undoable: list[str] = []

    def reviews(self, state: str) -> list[dict[str, Any]]:
        page = self.ask("read reviews", "GET", f"{self.day}reviews/?page_size=100&state={state}")
        found: list[dict[str, Any]] = page["results"] if page else []
        return self.random.sample(found, len(found))

    def decide(self, what: str, review: str, act: str, body: object) -> None:
        if (done := self.ask(what, "POST", f"desk/reviews/{review}/{act}/", body)) and done["act"]:
            self.undoable.append(done["act"])

    def show_many(self) -> None:
        if ids := [one["id"] for one in self.reviews("held")[:15]]:
            self.ask("show many", "POST", f"{self.day}reviews/bulk/", {"act": "show", "reviews": ids})

    def show(self) -> None:
        for one in self.reviews("held")[:2]:
            self.decide("show", one["id"], "show", {"seen": one["state"]})

    def show_again(self) -> None:
        for one in self.reviews(self.random.choice(["returned", "hidden"]))[:1]:
            self.decide("show again", one["id"], "show", {})

    def turn_down(self) -> None:
        state, act = self.random.choice(["held", "shown", "approved"]), self.random.choice(["return", "hide"])
        body = TURNED_DOWN if act == "return" else {"reason": "other"}
        for one in self.reviews(state)[:1]:
            self.decide(act, one["id"], act, body)

    def merge(self) -> None:
        pairs: dict[tuple[str, str], str] = {}
        questions = [one for one in self.reviews("shown") + self.reviews("held") if one["kind"] == "question"]
        for one in questions:
            alike = (one["session"]["id"], one["audience"])
            if alike in pairs:
                self.decide("merge", one["id"], "merge", {"into": pairs[alike]})
                return
            pairs[alike] = one["id"]

    def unmerge(self) -> None:
        for one in self.reviews("merged")[:1]:
            self.decide("unmerge", one["id"], "unmerge", {})

    def undo(self) -> None:
        """At once, on second thoughts: after half a minute it is too late."""
        self.turn_down()
        if self.undoable:
            act = self.undoable.pop()
            self.ask("undo", "POST", f"desk/acts/{act}/undo/", {})

    def keep(self) -> None:
        for one in self.reviews("shown")[:1]:
            self.stage.let_stand.add(UUID(one["subject"]))
            self.decide("keep", one["id"], "keep", {})

    def flow(self) -> None:
        session = self.random.choice(self.stage.sessions)
        change = self.random.choice(
            [{"paused": True}, {"paused": False}, {"paused": False}, {"slow": 60}, {"slow": 0}]
        )
        self.ask("flow", "PATCH", f"desk/sessions/{session.pk}/flow/", change)

    def open_all(self) -> None:
        """The desk opens what is paused or slow, as at the end of a break."""
        for session in self.stage.sessions:
            opened = {"paused": False, "slow": 0}
            assert self.ask("flow", "PATCH", f"desk/sessions/{session.pk}/flow/", opened) is not None

    def more_room(self) -> None:
        session = self.random.choice([one for one in self.stage.sessions if one.capacity is not None])
        if session.pk in self.stage.over:
            return
        read = self.wire.send("GET", f"desk/sessions/{session.pk}/")
        room = {"capacity": read.json()["capacity"] + self.random.choice([1, 2, 4])}
        self.ask("more room", "PATCH", f"sessions/{session.pk}/", room, If_Match=read.headers["etag"])

    def less_room(self, session: Session, room: int) -> None:
        """Whoever has a place keeps it; nobody gets one until so many have left."""
        read = self.wire.send("GET", f"desk/sessions/{session.pk}/")
        path, seen = f"sessions/{session.pk}/", read.headers["etag"]
        assert self.ask("less room", "PATCH", path, {"capacity": room}, If_Match=seen) is not None

    def call_off(self, session: Session) -> None:
        read = self.wire.send("GET", f"desk/sessions/{session.pk}/")
        seen = read.headers["etag"]
        assert self.ask("call off", "DELETE", f"sessions/{session.pk}/", If_Match=seen) is not None
        self.stage.off.append(session)

    def point(self) -> None:
        session = self.random.choice(self.stage.sessions)
        seen = self.stage.public.get(session.pk, {}).get("questions", [])
        question = str(self.random.choice(seen)) if seen and self.random.random() < 0.8 else None
        self.ask("point", "PUT", f"desk/sessions/{session.pk}/current/", {"question": question})


class Door(Worker):
    WISHES = {"walk_in": 16, "arrivals": 8, "left": 3, "count": 3, "read": 1}

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.counter = uuid4()
        self.spares: list[dict[str, Any]] = []
        self.given: list[UUID] = []
        self.made: set[UUID] = set()
        self.heads: dict[UUID, int] = {}

    def walk_in(self) -> None:
        if not self.spares:
            self.fetch()
            return
        spare = self.spares.pop()
        labels = self.random.sample(LABELS, self.random.choice([0, 1, 2]))
        body = {"session": str(self.random.choice(self.stage.sessions).pk), "labels": labels, "remote": False}
        times = self.random.choice([1, 1, 2])  # a door with a bad network sends it again
        for _ in range(times):
            if self.ask("walk-in", "PUT", f"{self.day}tickets/{spare['id']}/", body):
                self.given.append(UUID(spare["id"]))
                self.stage.has_come(UUID(spare["id"]))

    def fetch(self) -> None:
        made = self.ask("spares", "POST", f"{self.day}spares/", {"count": 8})
        self.spares += made["spares"]
        self.made |= {UUID(one["id"]) for one in made["spares"]}

    def arrivals(self) -> None:
        known = list(self.stage.tickets)
        if tickets := self.random.sample(known, min(len(known), 3)):
            said = self.ask("arrivals", "POST", f"{self.day}arrivals/", {"tickets": tickets})
            came = [one["ticket"] for one in said["results"] if one["outcome"] == "arrived"]
            self.stage.have_come(came)

    def left(self) -> None:
        if self.given:
            self.ask("left", "POST", f"desk/bookings/{self.random.choice(self.given)}/left/", {})

    def count(self) -> None:
        session = self.random.choice(self.stage.sessions).pk
        heads = self.heads | {session: self.heads.get(session, 0) + self.random.randrange(5)}
        counts = [{"session": str(ident), "heads": number} for ident, number in heads.items()]
        if self.ask("heads", "PUT", f"{self.day}heads/{self.counter}/", {"counts": counts}):
            self.heads = heads

    def read(self) -> None:
        self.ask("read the door", "GET", f"{self.day}door/")


class AtTable(Worker):
    WISHES = {
        "take_person": 4,
        "take_question": 6,
        "done": 12,
        "answer": 6,
        "hand": 2,
        "where": 3,
        "word": 2,
        "let_go": 1,
    }

    def __init__(self, stage: Stage, url: str, surgeon: Surgeon, seed: int) -> None:
        assert surgeon.account is not None
        super().__init__(stage, url, surgeon.account, seed)
        self.surgeon = surgeon
        self.place = f"table {seed % 97}"
        self.answers: set[UUID] = set()
        self.say("here")

    def say(self, state: str) -> None:
        self.ask(f"say {state}", "PUT", f"{self.day}presence/", {"state": state, "place": self.place})

    def where(self) -> None:
        self.place = self.random.choice([self.place, f"table {self.random.randrange(20)}"])
        state = self.random.choice(["here", "here", "busy", "away"])
        self.say(state)
        if state == "away" and self.random.random() < 0.7:
            self.say("here")

    def table(self) -> dict[str, Any]:
        found: dict[str, Any] = self.ask("read the table", "GET", f"{self.day}table/")
        return found

    def take_person(self) -> None:
        body = {"what": "person", "any": self.random.random() < 0.4}
        if len(self.table()["people"]) < 2:
            self.ask("take a person", "POST", f"{self.day}take/", body)

    def take_in_turn(self) -> None:
        """While nobody else does anything, so that anybody can say whose turn it is."""
        self.say("here")
        before = {one["id"] for one in self.table()["people"]}
        if not (line := turns.line_of(self.surgeon)):
            return
        first, last = turns.first_of(line, self.stage.came)
        assert self.ask("take in turn", "POST", f"{self.day}take/", {"what": "person"}) is not None
        [called] = {one["id"] for one in self.table()["people"]} - before
        self.stage.calls.append(turns.Call(UUID(called), first, last))

    def serve_all(self) -> None:
        """Whoever is at this table, until nobody is."""
        for one in self.table()["people"]:
            assert self.ask("served", "POST", f"desk/bookings/{one['id']}/served/", {}) is not None

    def take_question(self) -> None:
        self.ask("take a question", "POST", f"{self.day}take/", {"what": "question"})

    def done(self) -> None:
        for one in self.table()["people"][:1]:
            what = self.random.choice(["served"] * 4 + ["back", "left"])
            self.ask(what, "POST", f"desk/bookings/{one['id']}/{what}/", {})

    def word(self) -> None:
        for one in self.table()["people"][:1]:
            self.ask("word", "POST", f"desk/bookings/{one['id']}/word/", {"text": "By the window."})

    def colleague(self) -> str:
        return str(self.random.choice(self.stage.surgeons).account_id)

    def hand(self) -> None:
        table = self.table()
        for one in table["people"][:1]:
            self.ask("hand a person", "POST", f"desk/bookings/{one['id']}/hand/", {"to": self.colleague()})
        for one in table["questions"][:1]:
            self.ask("hand a question", "POST", f"desk/questions/{one['id']}/hand/", {"to": self.colleague()})

    def let_go(self) -> None:
        for one in self.table()["questions"][:1]:
            self.ask("let a question go", "POST", f"desk/questions/{one['id']}/let-go/", {})

    def answer(self) -> None:
        for one in self.table()["questions"][:1]:
            said = {"text": f"Press {self.random.random()}."}
            if made := self.ask("answer", "POST", f"desk/questions/{one['id']}/answers/", said):
                self.answers.add(UUID(made["id"]))
