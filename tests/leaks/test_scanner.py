"""The scan bites: what is planted, in every spelling and packing, is found."""

import base64
import gzip
import json
import quopri
import secrets
import sqlite3
import subprocess
import sys
import zlib
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from uuid import UUID, uuid4

import brotli
import pytest
from tests.leaks.kept import files
from tests.leaks.marked import MarkedPhone, Traits, marks_of, words
from tests.leaks.sieve import Sieve
from tests.leaks.spellings import spellings

AUTH = secrets.token_bytes(32)
VALUES: dict[str, str | bytes] = {
    "an address": "203.0.113.77",
    "a long address": "2001:db8:77:1::5",
    "an agent": "Telephone/9.9 (Marked; Build 7)",
    "a query": "ward=7&from=jo's link",
    "an id": str(uuid4()),
    "a device": f"device-{secrets.token_hex(8)}",
    "an auth": AUTH,
    "a seed": secrets.token_bytes(10),
    "a tag": secrets.token_bytes(16),
}


def found_in(blob: bytes, sieve: Sieve) -> set[str]:
    return {find.mark for find in sieve.in_one("here", blob)}


@pytest.mark.parametrize("name", VALUES)
def test_anon_01_every_spelling_is_found_wherever_it_begins(name: str) -> None:
    sieve, ways = Sieve({name: VALUES[name]}), spellings(VALUES[name])

    assert len(ways) > 30
    for place in range(8):
        parts = [spelt + secrets.token_bytes(40 - (len(spelt) + 7) % 8) for spelt in ways]
        blob = secrets.token_bytes(place) + b"".join(parts)
        assert {find.spelling for find in sieve.in_one("here", blob)} == set(ways.values()), place


@pytest.mark.parametrize("name", VALUES)
def test_anon_01_and_nothing_is_found_where_nothing_is(name: str) -> None:
    assert found_in(secrets.token_bytes(1 << 20), Sieve({name: VALUES[name]})) == set()


def in_base64(raw: bytes) -> list[bytes]:
    return [base64.b64encode(b"x" * shift + raw + b"yz") for shift in range(3)]


@pytest.mark.parametrize("name", VALUES)
def test_anon_01_base64_of_a_whole_that_holds_it_is_found(name: str) -> None:
    value = VALUES[name]
    raw = value.encode() if isinstance(value, str) else value
    sieve = Sieve({name: value})

    for spelt in in_base64(raw):
        assert found_in(b"before " + spelt, sieve) == {name}
        assert found_in(spelt.translate(bytes.maketrans(b"+/", b"-_")), sieve) == {name}


def a_mail(content: bytes) -> bytes:
    """As administrators get it: lines broken and signs escaped."""
    mail = EmailMessage()
    mail.set_content(f"é {content.decode('latin-1')} " * 9, cte="quoted-printable")
    return bytes(mail)


def a_mail_in_base64(content: bytes) -> bytes:
    mail = EmailMessage()
    mail.add_attachment(b"x" * 101 + content, "application", "octet-stream")
    return bytes(mail)


PACKINGS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "zlib": zlib.compress,
    "zlib in the middle": lambda raw: secrets.token_bytes(999) + zlib.compress(raw) + b"after",
    "brotli": brotli.compress,
    "quoted-printable": lambda raw: quopri.encodestring(b"= \xc3\xa9 " + raw),
    "a mail": a_mail,
    "a mail in base64": a_mail_in_base64,
    "gzip in gzip": lambda raw: gzip.compress(gzip.compress(raw)),
    "gzip in a mail": lambda raw: a_mail_in_base64(gzip.compress(raw)),
}


@pytest.mark.parametrize("packing", PACKINGS)
def test_anon_01_what_is_packed_is_unpacked(packing: str) -> None:
    text = f"How do I block {VALUES['a device']} from {VALUES['an address']}?"
    sieve = Sieve({name: VALUES[name] for name in ("a device", "an address")})

    assert found_in(PACKINGS[packing](text.encode()), sieve) == {"a device", "an address"}


def test_anon_01_a_database_hides_nothing(tmp_path: Path) -> None:
    """Each value in each spelling, as a column of a row of a table of a file."""
    ways = {name: list(spellings(value)) for name, value in VALUES.items()}
    with sqlite3.connect(tmp_path / "db.sqlite3") as database:
        database.execute("CREATE TABLE kept (name TEXT, value BLOB)")
        database.executemany(
            "INSERT INTO kept VALUES (?, ?)", [("-", spelt) for all_ in ways.values() for spelt in all_]
        )
    database.close()

    finds = Sieve(VALUES).sift(files(tmp_path))

    assert {(find.mark, find.spelling) for find in finds} == {
        (name, way) for name, value in VALUES.items() for way in spellings(value).values()
    }


def test_anon_01_a_site_written_without_a_thought_gives_everybody_away(tmp_path: Path) -> None:
    """The same scan as over a day of ours, over what a tutorial's site keeps of a single question."""
    phone = MarkedPhone("http://127.0.0.1:9", UUID(int=0), Traits(3))
    secret, traits = phone.secret(), phone.traits
    visit = {
        "address": traits.address,
        "headers": traits.headers() | traits.signed_in(),
        "query": traits.query,
        "words": words(secret),
        "auth": secret.auth.hex(),
    }

    script = [sys.executable, str(Path(__file__).with_name("naive.py")), str(tmp_path)]
    subprocess.run(script, input=json.dumps(visit), text=True, check=True, capture_output=True, timeout=60)
    finds = Sieve(marks_of([phone])).sift(files(tmp_path))

    places = {find.where.partition("/")[0] for find in finds}
    assert places == {"app.log", "cache", "db.sqlite3", "mail"}
    assert {find.mark.split(" of ")[0] for find in finds} >= {
        "address", "forwarded", "forwarded6", "agent", "referer", "cookie", "bearer", "device", "idempotency",
        "query", "language",
    }  # fmt: skip
    assert {find.mark.partition(": ")[2] for find in finds} >= {"auth", "words"}
