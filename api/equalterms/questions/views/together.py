"""Questions, or votes, that come at once and are taken together.

Each function takes what was sent to addresses of one kind, and gives for each the body that acknowledges it;
None where there is anything to say but yes. For those nothing was done, and nothing is spent: they are their
view's. Raises what the database raises; then that holds for all of them.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import ExitStack, suppress
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from rest_framework.exceptions import APIException

from equalterms.lib.api.fields import read_tag
from equalterms.lib.refusal import Refusal
from equalterms.programme.models import Session
from equalterms.programme.rules import visible_session
from equalterms.questions import actions
from equalterms.questions.serializers import AskSerializer
from equalterms.questions.views.asking import read_ask
from equalterms.safety import proofs
from equalterms.safety.care.phrases import calls_for_care
from equalterms.safety.receipts import Claimed, unknown_of
from equalterms.safety.rules import has_code
from equalterms.safety.serializers import CastSerializer, CountedSerializer, ReceivedSerializer

Body = dict[str, Any]
# Made once: each serializer that is made copies all its fields.
ASK, CAST, RECEIVED, COUNTED = AskSerializer(), CastSerializer(), ReceivedSerializer(), CountedSerializer()
NO_GOOD = (ValueError, RecursionError, APIException, Refusal)


class Sent(NamedTuple):
    """What was sent: the parts of its address (the tag is empty for a question), its body, and the network
    it came from."""

    session: str
    question: UUID
    tag: str
    content: bytes
    network: str


def get_ready() -> None:
    """Opens this thread's line to the database and makes what is made once."""
    connection.ensure_connection()
    calls_for_care("")


def votes(sent: Sequence[Sent]) -> list[Body | None]:
    """Of the same vote twice, the second is the view's."""
    ballots: dict[actions.Ballot, int] = {}
    for place, one in enumerate(sent):
        with suppress(*NO_GOOD):
            read_tag(one.tag)
            data = CAST.run_validation(json.loads(one.content.decode()))
            proof = data.get("proof", {})
            payload = proof.get("payload", "") if proof.get("type") == "pow" else ""
            ballots.setdefault(
                actions.Ballot(one.session, one.question, one.tag, payload, one.network), place
            )
    answers: list[Body | None] = [None] * len(sent)
    for ballot in actions.cast(ballots):
        answers[ballots[ballot]] = COUNTED.to_representation({"id": ballot.question, "counted": True})
    return answers


def asks(sent: Sequence[Sent]) -> list[Body | None]:
    """A transaction for each session. Of the same id twice, the second is the view's."""
    answers: list[Body | None] = [None] * len(sent)
    for ref, places in _by_session(sent).items():
        with suppress(Refusal, actions.Raced):
            session = visible_session(ref)
            states = _ask(session, {place: sent[place] for place in places})
            for place, state in states.items():
                answers[place] = RECEIVED.to_representation({"id": sent[place].question, "state": state})
    return answers


def _by_session(sent: Iterable[Sent]) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(sent):
        groups[one.session].append(place)
    return groups


def _ask(session: Session, sent: dict[int, Sent]) -> dict[int, str]:
    read: dict[int, tuple[Claimed, actions.Asked, dict[str, Any]]] = {}
    for place, one in sent.items():
        with suppress(*NO_GOOD):
            data = ASK.run_validation(json.loads(one.content.decode()))
            has_code(session.event, data.get("code"))  # a wrong one costs its proof: that is the view's
            read[place] = (*read_ask(one.question, data), data)
    new = unknown_of(session, [claimed for claimed, _, _ in read.values()])
    asking: dict[int, actions.Asking] = {}
    with ExitStack() as stack:
        for place, (claimed, asked, data) in read.items():
            if claimed.subject not in new:
                continue
            with suppress(Refusal):
                coded = stack.enter_context(
                    proofs.spending(
                        data.get("proof"), "ask", session, network=sent[place].network, code=data.get("code")
                    )
                )
                new.discard(claimed.subject)
                asking[place] = actions.Asking(claimed, asked, coded)
        states = actions.ask_together(session=session, asks=list(asking.values())) if asking else {}
    return {place: states[one.claimed.subject] for place, one in asking.items()}
