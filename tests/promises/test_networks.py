"""Where a phone calls from is known to nobody for longer than the call."""

from pathlib import Path
from secrets import token_bytes
from typing import Any
from uuid import UUID

from redis import Redis
from tests.askers import solve
from tests.served import Served, served
from tests.spelled import spell

from equalterms.lib.ids import b64u, v8

ADDRESS = "203.0.113.77"
API = "/api/v1"


def act(server: Served, session: str) -> list[int]:
    """Asks a question and fails to sign in, through a proxy that tells the address of the phone."""
    told = {"X-Forwarded-For": ADDRESS, "Content-Type": "application/json"}
    challenge = server.get(f"{API}/proofs/?act=ask&session={session}", **told).json()
    body = {"text": "Where am I?", "auth": b64u(token_bytes(32)), "proof": solve(challenge)}
    path = f"{API}/sessions/{session}/questions/{v8(token_bytes(16))}/"
    wrong = {"email": "nobody@example.org", "password": "a wrong one"}
    asked = server.call("PUT", path, body, told)
    return [asked.status, server.call("POST", f"{API}/token/", wrong, told).status]


def kept_in(store: "Redis[Any]") -> list[bytes]:
    """Every key, with the bytes Redis would write to a file for its value."""
    return [piece for key in store.keys("*") for piece in (key, store.dump(key) or b"")]


def found_in(kept: list[bytes]) -> list[bytes]:
    return [spelling for spelling in spell(ADDRESS) if any(spelling in piece for piece in kept)]


def test_anon_25_a_dump_of_redis_tells_no_address(tmp_path: Path, redis_url: str) -> None:
    more = {"REDIS_URL": redis_url, "EQUALTERMS_BEHIND_PROXY": "true"}
    with Redis.from_url(redis_url) as store, served(tmp_path / "home", "--demo", **more) as server:
        store.flushdb()
        session = server.get(f"{API}/events/leeds/sessions/?page_size=1").json()["results"][0]["id"]

        assert act(server, str(UUID(session))) == [201, 401]

        kept = kept_in(store)
        assert [key.startswith(b"equalterms:spent:") for key in store.keys("*")] == [True]
        assert found_in(kept) == []
        store.set("planted", b"\n".join(spell(ADDRESS)))
        assert found_in(kept_in(store)) == spell(ADDRESS)
