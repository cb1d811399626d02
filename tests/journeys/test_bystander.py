"""What a second phone holds after it followed the day: nothing another one sent, but what is shown."""

import json
import re
import secrets
from uuid import UUID

import pytest
from tests.journeys.desk import Desk
from tests.journeys.phones import Phone, Phones
from tests.leaks.sieve import Sieve

from equalterms.lib.ids import unb64u
from equalterms.safety.profile.receipt import Secret

pytestmark = pytest.mark.journey
SESSION = "photos and privacy"
SENT = "Sent. Somebody reads it before others do."
# Everything a browser keeps for a site, as text: databases, copies with their addresses, the rest.
STORAGE = """async () => {
    const asked = (request) =>
        new Promise((done, failed) => {
            request.onsuccess = () => done(request.result);
            request.onerror = failed;
        });
    const two = (byte) => byte.toString(16).padStart(2, "0");
    const hex = (bytes) => [...new Uint8Array(bytes)].map(two).join("");
    const said = (found) => JSON.stringify(found, (_, value) =>
        ArrayBuffer.isView(value) ? hex(value.buffer) : value instanceof ArrayBuffer ? hex(value) : value);
    const kept = { rows: {}, copies: {}, cookie: document.cookie };
    Object.assign(kept, { local: { ...localStorage }, session: { ...sessionStorage } });
    for (const { name } of await indexedDB.databases()) {
        const database = await asked(indexedDB.open(name));
        for (const store of database.objectStoreNames) {
            const rows = () => database.transaction(store).objectStore(store);
            kept.rows[`${name}/${store}`] = [await asked(rows().getAllKeys()), await asked(rows().getAll())];
        }
        database.close();
    }
    for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
            const answer = await cache.match(request);
            kept.copies[`${name} ${request.url}`] = [[...answer.headers], await answer.text()];
        }
    }
    return said(kept);
}"""


def storage(phone: Phone) -> str:
    kept: str = phone.page.evaluate(STORAGE)
    return kept + json.dumps(phone.context.cookies())


def secrets_of(phone: Phone) -> dict[str, str | bytes]:
    """What only this phone may know, read from where it keeps it."""
    rows = json.loads(phone.page.evaluate(STORAGE))["rows"]["equalterms/receipts"][1]
    found: dict[str, str | bytes] = {}
    for number, row in enumerate(rows):
        told = row["secret"]
        secret = Secret(unb64u(told["seed"], 10), UUID(told["event"]), told["kind"])
        found |= {f"seed {number}": secret.seed, f"auth {number}": secret.auth}
        found[f"private key {number}"] = secret.private.private_bytes_raw()
    return found


def a_name() -> str:
    return f"Wren{secrets.token_hex(6)}"


def test_anon_01_a_phone_that_follows_holds_nothing_of_what_another_one_sent(
    phones: Phones, desk: Desk
) -> None:
    code = str(desk.session(SESSION)["code"])
    asker, bystander = phones(), phones()
    bystander.open(f"/s/{code}")
    bystander.sees("Live")
    bystander.settled()
    held, returned, note, shown = a_name(), a_name(), a_name(), a_name()

    for name in (held, returned, shown):
        asker.ask(code, f"How do I tell {name} to stop?")
        asker.sees(SENT)
    desk.show(f"How do I tell {shown} to stop?")
    review = desk.review(f"How do I tell {returned} to stop?")
    said = {"reason": "names-somebody", "note": f"Please leave out {note}."}
    desk.call("moderator", "POST", f"desk/reviews/{review['id']}/return/", said)
    bystander.sees(re.compile(shown))
    asker.open("/mine")
    asker.sees(re.compile(note))
    for address in ("/e/leeds", "/mine", f"/s/{code}"):
        bystander.open(address)
        bystander.page.get_by_role("heading", level=1).wait_for()
    bystander.sees(re.compile(shown))

    words: dict[str, str | bytes] = {"held": held, "returned": returned, "note": note}
    sieve = Sieve(secrets_of(asker) | words)
    own = {find.mark for find in sieve.in_one("asker", storage(asker).encode())}
    assert own >= {"held", "returned", "note", "seed 0", "seed 1", "seed 2"}
    kept = storage(bystander)
    assert shown in kept
    assert sieve.in_one("bystander", kept.encode()) == set()
    assert json.loads(bystander.page.evaluate(STORAGE))["cookie"] == ""
    assert bystander.context.cookies() == []
