"""What an anonymous call may bring, and what it gets: the same for everybody, and nothing to keep."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.makers import a_role
from tests.promises.addresses import METHODS, NEVER_THE_SAME, READS, Operation, places
from tests.serving import Answer, Site

from equalterms.lib import pages
from equalterms.lib.api.access import Door
from equalterms.people.actions import tokens_for

# Writes that are not anonymous and carry no token either: they are how staff get one.
SIGNING_IN = {
    "POST /api/v1/token/",
    "POST /api/v1/token/refresh/",
    "POST /api/v1/token/revoke/",
    "POST /api/v1/invitations/look/",
    "POST /api/v1/invitations/accept/",
}
ONE = {
    "User-Agent": "One/1.0",
    "Accept-Language": "cy",
    "X-Device-Id": "one",
    "Origin": "https://one.example",
}
OTHER = {
    "User-Agent": "Other/2.0",
    "Accept-Language": "en-GB",
    "X-Device-Id": "other",
    "X-Forwarded-For": "203.0.113.9",
    "Referer": "https://groups.example/ward",
    "Origin": "https://other.example",
    "Cookie": "sessionid=other",
}
RECEIPT = {"Authorization": "Receipt " + "A" * 43}


def anonymous(described: list[Operation]) -> list[Operation]:
    found = [one for one in described if one.door in {Door.ANONYMOUS, Door.RECEIPT}]
    assert len(found) >= 12
    return found


def public_reads(described: list[Operation]) -> list[Operation]:
    found = [one for one in described if one.door is Door.PUBLIC and one.method in READS]
    assert len(found) >= 12
    return found


@pytest.mark.django_db
def test_anon_14_every_write_without_a_token_is_anonymous(described: list[Operation]) -> None:
    """A new address that takes something from somebody is one of the two."""
    open_to_all = {
        one.name
        for one in described
        if one.method not in READS and one.door not in {Door.STAFF, Door.ANONYMOUS}
    }

    assert open_to_all - {one.name for one in anonymous(described)} == SIGNING_IN


def known(header: dict[str, str], one: Operation, path: str) -> tuple[int, bytes, list[str]]:
    """What comes back, and the tables that were read for it."""
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = Client().generic(
            one.method.upper(), path, b"{}", content_type="application/json", headers=header
        )
    return answer.status_code, answer.content, [query["sql"] for query in asked.captured_queries]


@pytest.mark.django_db
def test_anon_14_a_token_or_a_cookie_is_refused_and_never_looked_at(described: list[Operation]) -> None:
    there = places()
    account = a_role(there.event)
    good, broken = tokens_for(account)["access"], "not.a.token"
    staff = next(one for one in described if one.name == "GET /api/v1/me/")
    assert any(
        "people_account" in sql for sql in known({"Authorization": f"Bearer {good}"}, staff, staff.path)[2]
    )
    brought = [
        {"Authorization": f"Bearer {good}"}, {"Authorization": f"Bearer {broken}"},
        {"Authorization": "Basic eDp5"}, {"Cookie": "sessionid=1"}, RECEIPT | {"Cookie": "sessionid=1"},
    ]  # fmt: skip

    for one in anonymous(described):
        answers = [known(header, one, there.of(one.path)) for header in brought]
        status, body, queries = answers[0]
        assert (status, b'"not-anonymous"' in body, queries) == (400, True, []), one.name
        assert answers == [answers[0]] * len(brought), one.name


@pytest.mark.django_db
def test_anon_14_a_receipt_is_for_its_owners_addresses_only(described: list[Operation]) -> None:
    there = places()

    taken = {one.name for one in anonymous(described) if known(RECEIPT, one, there.of(one.path))[0] != 400}
    owners = {one.name for one in described if one.door is Door.RECEIPT and one.body is None}

    assert taken == owners


def objects(schema: Any, components: dict[str, Any], path: str) -> list[tuple[str, Any]]:
    """Every object a body can hold, at any depth, with the way there."""
    if not isinstance(schema, dict):
        return []
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        return objects(components[name], components, f"{path} {name}")
    found = [(path, schema)] if schema.get("type") == "object" or "properties" in schema else []
    for name, inner in schema.get("properties", {}).items():
        found += objects(inner, components, f"{path}.{name}")
    for word in ("allOf", "oneOf", "anyOf"):
        for inner in schema.get(word, []):
            found += objects(inner, components, path)
    return found + objects(schema.get("items"), components, f"{path}[]")


@pytest.mark.django_db
def test_anon_35_no_anonymous_body_has_room_for_what_is_not_asked_for(described: list[Operation]) -> None:
    bodies = [one for one in anonymous(described) if one.body is not None]
    roomy = [
        path
        for one in bodies
        for path, schema in objects(one.body, one.components, one.name)
        if schema.get("additionalProperties") is not False
    ]

    assert len(bodies) >= 8
    assert roomy == []


@pytest.mark.django_db
def test_anon_35_a_device_id_is_refused_wherever_something_is_sent(described: list[Operation]) -> None:
    there = places()
    for one in anonymous(described):
        if one.body is None:
            continue
        answer = Client().generic(
            one.method.upper(),
            there.of(one.path),
            b'{"device_id": "pixel-7-of-jo"}',
            content_type="application/json",
            headers=RECEIPT if one.door is Door.RECEIPT else {},
        )
        assert answer.status_code == 400, (one.name, answer.content)
        assert [error["code"] for error in answer.json()["errors"]] == ["unknown-field"], one.name
        assert b"pixel" not in answer.content


def call(site: Site, method: str, path: str, headers: dict[str, str]) -> Answer:
    return site.call(path, method.upper(), None if method in READS else b"{}", headers)


def test_anon_13_no_address_by_any_method_sets_a_cookie(site: Site, described: list[Operation]) -> None:
    there = places()
    paths = {there.of(one.path) for one in described if not one.is_stream}
    paths |= {
        "/",
        "/s/abc",
        "/livez",
        "/readyz",
        "/api/v1/schema/",
        "/api/v1/docs/",
        "/api/v1/nowhere/",
        "/x.js",
    }
    token = {"Authorization": f"Bearer {tokens_for(a_role(there.event))['access']}"}

    answers = {
        (method, path, len(more)): call(
            site, method, path, {"Content-Type": "application/json", "Cookie": "a=b"} | more
        )
        for path in sorted(paths)
        for method in METHODS
        for more in ({}, token)
    }

    assert len(answers) > 600
    assert {answer.status for answer in answers.values()} >= {200, 204, 400, 401, 404, 405}
    assert [place for place, answer in answers.items() if answer.status == 500] == []
    assert [place for place, answer in answers.items() if "set-cookie" in answer.headers] == []


def test_anon_17_links_repeat_every_choice_there_is(described: list[Operation]) -> None:
    """And nothing else, as tests/api/lib/test_pages.py has it."""
    paged = [one.queries - {"cursor"} for one in described if "cursor" in one.queries]

    assert len(paged) >= 6
    assert frozenset().union(*paged) == pages.CHOICES


def test_anon_17_two_clients_read_the_same_bytes_and_headers(site: Site, described: list[Operation]) -> None:
    there = places()
    reads = [one for one in public_reads(described) if not one.is_stream and one.path not in NEVER_THE_SAME]

    for one in reads:
        path = there.of(one.path)
        # The first reading may come from the rows, later ones from memory.
        answers = [compared(call(site, one.method, path, who)) for who in (ONE, OTHER, ONE, OTHER)]
        assert answers[0][0] == 200, one.name
        assert answers == [answers[0]] * 4, one.name


def test_anon_17_a_token_nobody_asked_for_changes_no_byte_of_it(
    site: Site, described: list[Operation]
) -> None:
    """Such a request takes another way through the server, so a header about caching may differ."""
    there = places()
    token = {"Authorization": f"Bearer {tokens_for(a_role(there.event))['access']}"}

    for one in public_reads(described):
        if one.is_stream or one.path in NEVER_THE_SAME:
            continue
        plain, known = (call(site, one.method, there.of(one.path), who) for who in (ONE, ONE | token))
        assert (plain.status, plain.body) == (known.status, known.body), one.name
        assert plain.headers.get("etag") == known.headers.get("etag"), one.name


def compared(answer: Answer) -> tuple[int, dict[str, str], bytes]:
    """All of an answer but the moment of it."""
    return answer.status, {name: said for name, said in answer.headers.items() if name != "date"}, answer.body


def test_anon_17_an_unchanged_copy_is_told_alike_too(site: Site) -> None:
    there = places()
    path = f"/api/v1/sessions/{there.session.pk}/live/"
    tag = call(site, "get", path, ONE).headers["etag"]

    again = [compared(call(site, "get", path, who | {"If-None-Match": tag})) for who in (ONE, OTHER)]

    assert again[0][0] == 304
    assert again[0] == again[1]
