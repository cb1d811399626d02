"""Everything that can go wrong with a request, each with as much about somebody on it as fits."""

import json
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from tests.leaks.marked import MarkedPhone, Traits, words
from tests.leaks.places import wanted
from tests.racing import together

if TYPE_CHECKING:
    from tests.leaks.story import Sent, Story

Wrong = tuple[int, str, str, object, dict[str, str]]


def go_wrong(story: "Story") -> None:
    """Every mishap; each must get the very answer it deserves, so that none of them is missed here."""
    phone = story.phones[7]
    for wrongs in (refused_bodies, refused_identities, refused_addresses, refused_repeats):
        for status, method, path, body, headers in wrongs(story, phone):
            answer = phone.send(method, path, body, **headers)
            assert answer.status == status, (status, method, path, answer)
    nonsense(story, phone.traits)
    hanging_up(story, phone.traits)
    rivals(story)
    a_failing_server(story, phone)
    without_a_proof(story, phone)


def a_body(phone: MarkedPhone, **more: Any) -> dict[str, Any]:
    return phone.question(phone.secret(), "How do I leave a group?", **more)


def address(story: "Story", session: UUID | None = None) -> str:
    """A question's address nobody has asked at, with an id as phones make them."""
    return f"sessions/{session or story.day.sessions[2]}/questions/{story.phones[7].secret().id}/"


def place(story: "Story") -> str:
    """A booking's address nobody has booked at."""
    return f"sessions/{story.day.sessions[2]}/bookings/{story.phones[7].secret('booking').id}/"


def refused_bodies(story: "Story", phone: MarkedPhone) -> list[Wrong]:
    """Fields nobody asked for, JSON that is none, NUL, too much, another kind."""
    secret, traits = phone.secret(), phone.traits
    telling = {
        "device_id": traits.device, "words": words(secret), "seed": secret.seed.hex(), "ip": traits.address,
    }  # fmt: skip
    whole = json.dumps(a_body(phone, **telling)).encode()
    path = address(story)
    return [
        (400, "PUT", path, a_body(phone, **telling), {}),
        (400, "POST", "receipts/lookup/", telling, {}),
        (400, "POST", "receipts/lookup/", {"auth": words(secret)}, {}),
        (400, "PUT", path, whole[:-9], {}),
        (400, "PUT", path, a_body(phone, text=f"{traits.device}\0"), {}),
        (400, "PUT", path, whole.replace(b"How", b"\xff\xfeHow"), {}),
        (400, "PUT", path, a_body(phone, auth=traits.device), {}),
        (400, "PUT", place(story), wanted(secret, traits.device), {}),
        (400, "PUT", place(story), wanted(secret) | {"name": traits.device}, {}),
        (413, "PUT", path, whole + b" " * 70_000, {}),
        (415, "PUT", path, whole, {"Content_Type": "text/plain"}),
        (400, "POST", "token/", telling | {"email": "a@example.org", "password": traits.bearer}, {}),
        (401, "POST", "token/", {"email": f"{traits.device}@example.org", "password": traits.bearer}, {}),
        (401, "POST", "token/refresh/", {"refresh": traits.bearer}, {}),
    ]


def refused_identities(story: "Story", phone: MarkedPhone) -> list[Wrong]:
    """Tokens and cookies where nobody wants them, receipts that open nothing."""
    traits, path, other = phone.traits, address(story), phone.secret()
    known = traits.signed_in()
    sent = story.questions[0].path
    return [
        *((400, "PUT", path, a_body(phone), {name: value}) for name, value in known.items()),
        *((400, "POST", "receipts/lookup/", {}, {name: value}) for name, value in known.items()),
        *((400, "DELETE", sent, None, {name: value}) for name, value in known.items()),
        (404, "DELETE", sent, None, {"Authorization": phone.receipt(other)}),
        (401, "DELETE", sent, None, {"Authorization": f"Receipt {traits.device}"}),
        (401, "GET", "me/", None, {"Authorization": known["Authorization"]}),
        (401, "GET", "desk/events/hall/reviews/", None, {"Authorization": known["Authorization"]}),
    ]


def refused_addresses(story: "Story", phone: MarkedPhone) -> list[Wrong]:
    """Addresses and methods there are not."""
    traits, receipt = phone.traits, phone.secret()
    return [
        (404, "GET", f"sessions/{traits.device}/live/", None, {}),
        (404, "GET", f"sessions/{traits.device}/stream", None, {}),
        (404, "GET", f"sessions/{traits.device}%00/questions/", None, {}),
        (404, "GET", f"receipts/{words(receipt).replace(' ', '-')}/", None, {}),
        (404, "PUT", f"sessions/{uuid4()}/questions/{receipt.id}/", a_body(phone), {}),
        (404, "GET", f"/assets/{traits.device}.js", None, {}),
        (405, "POST", address(story), a_body(phone), {}),
        (405, "DELETE", "receipts/lookup/", {"auth": traits.device}, {}),
        (400, "PUT", f"sessions/{story.day.sessions[2]}/questions/{uuid4()}/", a_body(phone), {}),
        (400, "GET", f"sessions/{story.day.sessions[2]}/questions/?sort={traits.device}", None, {}),
        (400, "GET", f"sessions/{story.day.sessions[2]}/questions/?cursor={traits.device}", None, {}),
    ]


def refused_repeats(story: "Story", phone: MarkedPhone) -> list[Wrong]:
    """The same id with other words, under another receipt, and after withdrawing."""
    kept = next(one for one in story.questions if one.fate == "held")
    gone = next(one for one in story.questions if one.fate == "withdrawn")
    other = phone.question(phone.secret(), f"How does {kept.word} stay?")
    return [
        (409, "PUT", kept.path, kept.phone.question(kept.secret, f"And {kept.word}?"), {}),
        (409, "PUT", kept.path, other, {}),
        (410, "PUT", gone.path, gone.phone.question(gone.secret, f"And {gone.word}?"), {}),
    ]


def _line(story: "Story", traits: Traits) -> socket.socket:
    phone = story.phones[0]
    return socket.create_connection((phone.host, phone.port), 30, source_address=(traits.address, 0))


def nonsense(story: "Story", traits: Traits) -> None:
    """Bytes that are no HTTP, and requests that break its rules."""
    for sent in (
        f"{traits.device} {traits.cookie} HTTP/9.9\r\n\r\n",
        f"GET /{traits.device}\0 HTTP/1.1\r\nHost: x\r\n\r\n",
        f"PUT /api/v1/events/ HTTP/1.1\r\nHost: {traits.device}!\r\nContent-Length: {traits.cookie}\r\n\r\n",
        f"GET / HTTP/1.1\r\nHost: x\r\n{traits.agent}\r\n\r\n",
    ):
        with _line(story, traits) as line, suppress(OSError):
            line.sendall(sent.encode())
            line.shutdown(socket.SHUT_WR)
            while line.recv(65536):
                pass


def hanging_up(story: "Story", traits: Traits) -> None:
    """A phone that loses its signal in the middle of a question."""
    with _line(story, traits) as line:
        head = (
            f"PUT /api/v1/{address(story)}?utm={traits.query} HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n"
        )
        line.sendall(f'{head}User-Agent: {traits.agent}\r\n\r\n{{"text": "{traits.device}'.encode())


def rivals(story: "Story") -> None:
    """The same question at the same moment on several lines, and votes, and others under its id."""
    from tests.leaks.story import Sent, word  # noqa: PLC0415 -- that story tells of these mishaps

    phones = story.phones[10:16]
    for _ in range(4):
        one = Sent(phones[0], story.day.sessions[0], phones[0].secret(), word(), "held")
        story.questions.append(one)
        assert {201} <= set(together(*(race(phone, one) for phone in phones))) <= {200, 201, 409}
    shown = next(one for one in story.questions if one.fate == "shown")
    mark = phones[0].tag("vote", one.secret.id)
    path = f"{shown.path}votes/{mark}/"
    assert set(together(*(lambda phone=phone: phone.send("PUT", path, {}).status for phone in phones))) <= {
        200,
        201,
    }


def race(phone: MarkedPhone, one: "Sent") -> Callable[[], int]:
    """The owner's words for the first two, other words under the same receipt for the rest."""
    text = f"Does {one.word} race?" if phone is one.phone else f"Does {one.word} race {phone.port}?"
    return lambda: phone.send("PUT", one.path, phone.question(one.secret, text)).status


def a_failing_server(story: "Story", phone: MarkedPhone) -> None:
    """A 500 without a change to the product: the pepper of another day is a folder."""
    day = story.day
    other = day.staff(
        "POST",
        "events/",
        slug="other",
        title="Another day",
        timezone="Europe/London",
        starts="2031-05-11T10:00:00Z",
        ends="2031-05-11T16:00:00Z",
    )
    session = day.a_session("other", "Nothing works here")
    day.publish("other", proof=False, mixing="off")
    pepper = day.home / "peppers" / f"{other['id']}.key"
    pepper.mkdir()
    assert phone.send("PUT", address(story, session), a_body(phone)).status == 500
    assert phone.send("POST", "receipts/lookup/", {"auth": "A" * 43}).status == 500
    pepper.rmdir()
    assert phone.send("PUT", address(story, session), a_body(phone)).status == 201


def without_a_proof(story: "Story", phone: MarkedPhone) -> None:
    story.day.publish("hall", proof=True)
    assert phone.send("PUT", address(story), a_body(phone)).status == 403
    bad = {"type": "pow", "payload": phone.traits.device}
    assert phone.send("PUT", address(story), a_body(phone, proof=bad)).status == 403
    story.day.publish("hall", proof=False)
