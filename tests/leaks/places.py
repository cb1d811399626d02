"""Places that phones book on the day: some are kept, some cancelled, some served at a surgeon's table."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from tests.leaks.marked import MarkedPhone

from equalterms.lib.ids import b64u
from equalterms.safety.profile.receipt import Secret

if TYPE_CHECKING:
    from tests.leaks.story import Story

# What becomes of a booking, and the help that is wanted with it, which no other booking wants.
LABELS = {"kept": "help-with-wrens", "cancelled": "help-with-finches", "served": "help-with-larks"}
EACH = 6


def wanted(secret: Secret, *labels: str) -> dict[str, Any]:
    """A booking as it goes over the wire, without a proof."""
    given = {"auth": b64u(secret.auth), "reply_key": b64u(secret.reply_key)}
    return given | {"labels": list(labels), "remote": False}


def hold_places(story: "Story") -> None:
    """Eighteen phones that have asked, and talk, book too; a surgeon calls and serves those who come."""
    from tests.leaks.story import Sent  # noqa: PLC0415 -- that story tells of these places

    day = story.day
    day.publish("hall", labels=list(LABELS.values()))
    session = a_surgery(story)
    day.staff("PUT", "desk/events/hall/presence/", "surgeon", state="here", place="table 3")
    for number, phone in enumerate(story.phones[: EACH * len(LABELS)]):
        fate = list(LABELS)[number % len(LABELS)]
        one = Sent(phone, session, phone.secret("booking"), LABELS[fate], fate)
        body = wanted(one.secret, one.word)
        assert [phone.send("PUT", one.path, body).status for _ in range(2)] == [201, 200]
        story.bookings.append(one)
        if fate == "cancelled":
            allowed = phone.receipt(one.secret)
            assert phone.send("DELETE", one.path, Authorization=allowed).status == 204
            assert phone.send("PUT", one.path, body).status == 410
        elif fate == "served":
            see_to(story, phone, one.path, one.secret)


def a_surgery(story: "Story") -> UUID:
    day, hours = story.day, {"starts": "2031-05-10T10:00:00Z", "ends": "2031-05-10T16:00:00Z"}
    made = day.staff("POST", "events/hall/sessions/", kind="surgery", title="Tables", capacity=40, **hours)
    return UUID(made["id"])


def see_to(story: "Story", phone: MarkedPhone, path: str, secret: Secret) -> None:
    """From coming to being helped, and a look at a receipt in between."""
    allowed = phone.receipt(secret)
    assert phone.send("POST", f"{path}here/", {}, Authorization=allowed).status == 200
    called = story.day.ask(
        "surgeon", "POST", "desk/events/hall/take/", {"what": "person", "any": True}
    ).json()
    assert called["person"]["id"] == str(secret.id)
    found = phone.send("POST", "receipts/lookup/", {"auth": b64u(secret.auth)}).json()
    assert (found["state"], found["place"]) == ("called", "table 3")
    assert story.day.ask("surgeon", "POST", f"desk/bookings/{secret.id}/served/", {}).status == 200
