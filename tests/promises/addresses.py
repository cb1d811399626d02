"""Every operation of the API, from its own description, so that a new one is held to the promises too."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.urls import resolve
from drf_spectacular.generators import SchemaGenerator
from tests.makers import a_room, a_session, a_shown_comment, a_shown_question, a_surgeon, an_event

from equalterms.lib.api.access import Door
from equalterms.people.models import Portrait, Surgeon
from equalterms.programme.models import Event, Session

METHODS = ("get", "head", "options", "post", "put", "patch", "delete")
READS = {"get", "head"}
NEVER_THE_SAME = frozenset({"/api/v1/proofs/", "/api/v1/token/challenge/"})


@dataclass(frozen=True)
class Operation:
    """A method of an address, the door it stands behind, and the schema of what it takes."""

    method: str
    path: str
    door: Door
    body: dict[str, Any] | None
    queries: frozenset[str]
    components: dict[str, Any]

    @property
    def name(self) -> str:
        return f"{self.method.upper()} {self.path}"

    @property
    def is_stream(self) -> bool:
        return self.path.endswith("/stream")


def operations() -> list[Operation]:
    schema: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    components = schema["components"]["schemas"]
    return [
        Operation(method, path, door_of(method, path), body_of(about), queries_of(about), components)
        for path, methods in schema["paths"].items()
        for method, about in methods.items()
        if method in METHODS
    ]


def door_of(method: str, path: str) -> Door:
    """The door the code itself has put before it."""
    view = resolve(re.sub(r"\{(\w+)\}", lambda found: NOBODY.get(found[1], str(uuid4())), path)).func
    door: Door = view.cls.doors[method.upper()]  # type: ignore[attr-defined]
    return door


def body_of(about: dict[str, Any]) -> dict[str, Any] | None:
    content = about.get("requestBody", {}).get("content", {})
    schema: dict[str, Any] | None = content.get("application/json", {}).get("schema")
    return schema


def queries_of(about: dict[str, Any]) -> frozenset[str]:
    return frozenset(one["name"] for one in about.get("parameters", []) if one["in"] == "query")


# Something of the right shape for parameters that are no ids.
DIGEST = "0" * 16
NOBODY = {"tag": "A" * 22, "digest": DIGEST, "kind": "thanks", "event": "nowhere", "session": "nowhere"}


@dataclass
class Places:
    """Something that is there for the parameters of an address."""

    event: Event
    session: Session
    there: dict[str, str]

    def of(self, path: str) -> str:
        return re.sub(r"\{(\w+)\}", lambda found: self.there.get(found[1], str(uuid4())), path)


def places() -> Places:
    """A public day with one of everything that has an address."""
    event = an_event()
    session = a_session(event)
    question = a_shown_question(session)
    surgeon = a_surgeon(event, session)
    Surgeon.objects.filter(pk=surgeon.pk).update(public=["photo"])
    Portrait.objects.create(surgeon=surgeon, digest=DIGEST, image=b"a photo")
    there = {
        "event": event.slug,
        "session": str(session.pk),
        "question": str(question.pk),
        "comment": str(a_shown_comment(session).pk),
        "review": str(question.review_id),
        "surgeon": str(surgeon.pk),
        "room": str(a_room(event).pk),
    }
    return Places(event, session, NOBODY | there)
