"""What a phone asks for, and what that tells: nothing about who asked."""

import json
import re
from collections import Counter
from itertools import pairwise

import pytest
from playwright.sync_api import Request, expect
from tests.architecture.tree import PACKAGE
from tests.journeys.desk import Desk
from tests.journeys.phones import Phone, Phones

pytestmark = pytest.mark.journey
SESSION = "photos and privacy"
SENT = "Sent. Somebody reads it before others do."
BUCKETS = {1024, 2048, 4096}
# What people may follow a link to (help lines, where "Leave quickly" leads), an example, a vocabulary.
NAMED = {
    "111.nhs.uk", "giveusashout.org", "www.childline.org.uk", "www.papyrus-uk.org", "www.samaritans.org",
    "www.bbc.co.uk", "www.google.com", "en.wikipedia.org", "example.org", "www.w3.org",
}  # fmt: skip
WATCH = """addEventListener("securitypolicyviolation", (event) => console.error(event.violatedDirective))"""
SHELVES = """async () => {
    const kept = [];
    for (const name of await caches.keys()) {
        const shelf = await caches.open(name);
        for (const request of await shelf.keys()) {
            const body = await (await shelf.match(request)).text();
            kept.push([request.method, new URL(request.url).pathname, body]);
        }
    }
    return kept;
}"""
BOXES = """() => [...document.querySelectorAll("textarea, input")]
    .filter(({ type }) => !["radio", "checkbox", "file"].includes(type))
    .map((box) => [box.autocomplete, box.spellcheck, box.name, box.autocapitalize])"""


@pytest.fixture
def code(desk: Desk) -> str:
    return str(desk.session(SESSION)["code"])


def secrets_of(phone: Phone) -> list[str]:
    """The seed and the box of every receipt on the phone."""
    return [mark for one in phone.shelf("receipts").values() for mark in (one["secret"]["seed"], one["box"])]


def words_on(phone: Phone) -> list[str]:
    """The eight words of the receipt on the screen."""
    phone.press("Write it down")
    listed = phone.page.get_by_role("listitem").filter(has_text=re.compile(r"^[a-z]{3,8}$"))
    expect(listed).to_have_count(8)
    return listed.all_inner_texts()


def told(requests: list[Request]) -> str:
    """Everything that left the phone in these requests, as text."""
    parts = [[one.url, json.dumps(one.all_headers()), one.post_data or ""] for one in requests]
    return "\n".join(text for part in parts for text in part)


@pytest.fixture
def asker(phone: Phone, code: str) -> Phone:
    """Somebody who asked, changed it, and took it back."""
    phone.context.add_init_script(WATCH)
    phone.ask(code, "Can a photo tell where my flat is?")
    phone.sees(SENT)
    return phone


def take_back(phone: Phone) -> None:
    phone.open("/mine")
    phone.press("Withdraw")
    confirm = phone.page.get_by_role("button", name=re.compile("^Yes"))
    with phone.page.expect_request_finished(lambda one: one.method == "DELETE", timeout=90_000):
        phone.tap(confirm)


def test_anon_15_only_ones_own_row_is_opened_by_its_receipt_and_no_secret_leaves(asker: Phone) -> None:
    words, secrets = words_on(asker), secrets_of(asker)
    asked = asker.sent("/questions/")[-1].url
    take_back(asker)
    sent = asker.requests
    headers = [(one.method, one.url, one.all_headers()) for one in sent]

    keyed = [
        (method, url, header["authorization"].split(" ")[0])
        for method, url, header in headers
        if "authorization" in header
    ]
    assert keyed == [("DELETE", asked, "Receipt")]
    assert [url for _, url, header in headers if header.get("referer") or header.get("cookie")] == []
    everything = told(sent)
    assert "Can a photo tell where my flat is?" in everything  # what is sent is looked at
    assert [one for one in secrets if one in everything] == []
    pairs = [f"{one}{gap}{two}" for one, two in pairwise(words) for gap in (" ", "%20", "+", "-")]
    assert [pair for pair in pairs if pair in everything] == []
    assert [one.url for one in sent if "#" in one.url] == []


def test_anon_16_nothing_breaks_the_content_policy_and_no_other_site_is_named(asker: Phone) -> None:
    built = "\n".join(path.read_text() for path in (PACKAGE / "webroot").rglob("*.js"))
    hosts = set(re.findall(r"https?://([\w.-]+\.\w+)", built))

    assert {one.url.split("/")[2] for one in asker.requests} == {asker.url.split("/")[2]}
    assert hosts == NAMED
    # What breaks the policy is said in the console, and fails the test when the phone ends.


def test_anon_28_bodies_come_in_three_sizes(asker: Phone) -> None:
    bodies = [one.post_data_buffer for one in asker.requests if one.method != "GET"]

    assert len(bodies) >= 1
    assert {len(body or b"") for body in bodies} <= BUCKETS


def test_anon_32_what_the_worker_keeps_holds_nothing_that_was_asked(asker: Phone) -> None:
    words, secrets = words_on(asker), secrets_of(asker)
    asker.settled()
    kept = asker.page.evaluate(SHELVES)

    assert len(kept) > 5
    assert {method for method, _, _ in kept} == {"GET"}
    assert [path for _, path, _ in kept if path.startswith("/api/") and not path.endswith(".svg")] == []
    bodies = "\n".join(body for _, _, body in kept)
    hidden = [*secrets, " ".join(words), "Can a photo tell where my flat is?"]
    assert [one for one in hidden if one in bodies] == []


# Where somebody types who does not sign in, what opens the box there, and how many boxes there are then.
WRITTEN = [
    ("/s/{code}/ask", "Choices", 2), ("/s/{code}#talk", "Say something", 1), ("/mine", "Change it", 1),
    ("/mine", "Open something you sent, with its eight words", 1), ("/e/leeds/programme", None, 1),
    ("/e/leeds/surgeons", None, 1), ("/s/{code}/place", None, 0), ("/settings", None, 0), ("/help", None, 0),
]  # fmt: skip


def test_anon_33_no_box_is_completed_or_spelt_elsewhere_or_named_twice(asker: Phone, code: str) -> None:
    found: dict[str, list[list[str | bool]]] = {}
    for place, opens, boxes in WRITTEN * 2:
        asker.open("/help")
        asker.open(place.format(code=code))
        if opens:
            asker.page.get_by_role("main").get_by_text(opens, exact=True).first.tap()
        expect(asker.page.locator("textarea, input:not([type=radio], [type=checkbox])")).to_have_count(boxes)
        found.setdefault(f"{place} {opens}", []).extend(asker.page.evaluate(BOXES))

    every = [box for boxes in found.values() for box in boxes]
    assert len(every) == 2 * sum(boxes for _, _, boxes in WRITTEN)
    assert {(completed, spelt) for completed, spelt, *_ in every} == {("off", False)}
    names = [name for _, _, name, _ in every if name]
    assert len(set(names)) == len(names) > 0
    words = found["/mine Open something you sent, with its eight words"]
    assert {capitals for *_, capitals in words} == {"none"}


def test_anon_34_nothing_can_be_pushed_to_a_phone(asker: Phone) -> None:
    built = "\n".join(path.read_text() for path in (PACKAGE / "webroot").rglob("*.js"))

    assert "serviceWorker" in built  # it is the app that is looked at
    assert (
        re.findall(r"pushManager|PushManager|requestPermission|new Notification|showNotification", built)
        == []
    )
    assert asker.page.evaluate("Notification.permission") != "granted"


def calls_of(phone: Phone, since: int) -> Counter[tuple[str, str]]:
    """How often which address was asked for, by which method."""
    asked = [one for one in phone.requests[since:] if "/api/" in one.url]
    return Counter((one.method, re.sub(r"\?after=\d+$", "", one.url)) for one in asked)


def test_anon_19_asker_and_bystander_make_the_same_requests_after_the_ask(
    phones: Phones, desk: Desk, code: str
) -> None:
    asker, bystander = phones(), phones()
    texts = ["Is a private account private?", "Who reads what I like?", "Are private accounts private?"]
    for text in texts:
        asker.ask(code, text)
        asker.sees(SENT)
    for phone in (asker, bystander):
        phone.open("/help")
        phone.heading("Help now")
        phone.settled()
        phone.open(f"/s/{code}")
        phone.sees("Live")
        phone.page.wait_for_timeout(6000)  # challenges, notes and the day around have come
    since = {phone: len(phone.requests) for phone in (asker, bystander)}

    shown = desk.show(texts[0])
    for phone in (asker, bystander):
        phone.sees(texts[0])
    desk.answer(shown, "As private as its followers.")
    returned = desk.review(texts[1])
    desk.call(
        "moderator",
        "POST",
        f"desk/reviews/{returned['id']}/return/",
        {"reason": "not-for-here", "note": "Which?"},
    )
    into = desk.review(texts[0], "shown")
    merged = desk.review(texts[2])
    desk.call("moderator", "POST", f"desk/reviews/{merged['id']}/merge/", {"into": into["id"]})
    for phone in (asker, bystander):
        phone.sees("As private as its followers.")
        phone.page.wait_for_timeout(8000)  # everybody reads the notes within some seconds

    calls = {phone: calls_of(phone, since[phone]) for phone in (asker, bystander)}
    assert any(url.endswith("/notes/") for _, url in calls[bystander])  # positive control: notes were read
    assert set(calls[asker]) == set(calls[bystander])
    # Each phone waits for a while of its own before it reads notes, so two that come in a row are read once
    # or twice, as chance has it, whoever asked.
    reads = [
        sum(calls[one].pop(call) for call in list(calls[one]) if call[1].endswith("/notes/")) for one in calls
    ]
    assert calls[asker] == calls[bystander]
    assert [read in (1, 2) for read in reads] == [True, True]
