"""What is measured is made here, in the home that the environment names: days, and phones' solved proofs.

Proofs are made with the installation's own secret, which no phone has: a phone solves one in half a second,
ten thousand of them would take this machine an hour. Checking one costs the server exactly the same.

As a command: `python -m tests.bench.days made`, and `… asks` or `… votes` with how many.
"""

import base64
import json
import os
import secrets
import sys
import uuid
from datetime import timedelta
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "equalterms.config.settings")
django.setup()

# Imported late on purpose: models may be touched only after django.setup().
from tests.crowded import LARGE, Crowd, crowd  # noqa: E402
from tests.makers import a_role, an_event  # noqa: E402

from equalterms.config.cli.database import bring_up_to_date  # noqa: E402
from equalterms.lib import clock  # noqa: E402
from equalterms.lib.ids import b64u  # noqa: E402
from equalterms.people.actions import tokens_for  # noqa: E402
from equalterms.programme.models import Event, RoleKind, Session  # noqa: E402
from equalterms.questions.models import Question  # noqa: E402
from equalterms.safety.proofs import making  # noqa: E402

# The page that all readers of a full session read: 86 rows.
PAGE = Crowd(
    sessions=0, questions=40, comments=40, held=0, votes=0, notes=0, text="How do I hide an old post?"
)

# A day whose pages are all full, and no more.
SMALL = Crowd(sessions=60, questions=300, comments=120, held=10, votes=200, notes=5)


def a_day(slug: str) -> Event:
    now = clock.now().replace(microsecond=0)
    hours = timedelta(hours=4)
    return an_event(slug=slug, starts=now - hours, ends=now + hours, proof=True)


def made(*, large: bool) -> dict[str, Any]:
    """Makes the days; the ids and a moderator's token."""
    bring_up_to_date()
    event = a_day("page")
    names = {"page": str(crowd(event, PAGE).pk), "aside": str(crowd(event, PAGE).pk)}
    Session.objects.filter(pk=names["aside"]).update(title="The one beside it")
    token = tokens_for(a_role(event, RoleKind.MODERATOR))["access"]
    names |= {"small": str(crowd(a_day("small"), SMALL).pk)}
    if large:
        names["large"] = str(crowd(a_day("large"), LARGE).pk)
    return {"sessions": names, "token": token}


def proof(act: str, session: uuid.UUID, tag: str | None = None) -> dict[str, str]:
    """A solved challenge of the lightest kind."""
    nonce, salt = secrets.token_bytes(16), secrets.token_bytes(16)
    counter = making.TRIES.start + secrets.randbelow(len(making.TRIES))
    key = making.derived(nonce, salt, counter)
    making._pool[1].append(making.Part(nonce, salt, key))
    given = making.challenge(act, session, tag)
    solved = {"challenge": given, "solution": {"counter": counter, "derivedKey": key.hex()}}
    return {"type": "pow", "payload": base64.b64encode(json.dumps(solved).encode()).decode()}


def ask(session: Session) -> tuple[str, str, dict[str, Any]]:
    body = {
        "text": f"How do I begin with this? {secrets.token_hex(4)}",
        "auth": b64u(secrets.token_bytes(32)),
        "reply_key": None,
        "audience": "everyone",
        "recap": True,
        "proof": proof("ask", session.pk),
    }
    raw = bytearray(secrets.token_bytes(16))
    raw[6], raw[8] = raw[6] & 0x0F | 0x80, raw[8] & 0x3F | 0x80
    return "PUT", f"/api/v1/sessions/{session.pk}/questions/{uuid.UUID(bytes=bytes(raw))}/", body


def vote(question: Question) -> tuple[str, str, dict[str, Any]]:
    tag = b64u(secrets.token_bytes(16))
    path = f"/api/v1/sessions/{question.session_id}/questions/{question.pk}/votes/{tag}/"
    return "PUT", path, {"proof": proof("vote", question.session_id, tag)}


def main(what: str, count: int) -> Any:
    if what == "made":
        return made(large=bool(count))
    session = Session.objects.get(event__slug="page", title="The full one")
    if what == "asks":
        return [ask(session) for _ in range(count)]
    question = Question.objects.filter(session=session).order_by("-shown").first()
    assert question is not None
    return [vote(question) for _ in range(count)]


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], int(sys.argv[2]))))
