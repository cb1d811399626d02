import sys
from collections import deque
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from tests.askers import Phone, solve
from tests.makers import a_session, an_event
from tests.spelled import spell
from tests.staff import Caller, problem

from equalterms.lib import clock
from equalterms.programme.models import Session
from equalterms.safety import proofs
from equalterms.safety.models import Review, State
from equalterms.safety.proofs import weight
from equalterms.safety.proofs.pressure import CAME, _networks, acted


@pytest.fixture
def session() -> Session:
    return a_session(an_event(proof=True))


def wait_in(session: Session, count: int, state: str = State.HELD) -> None:
    Review.objects.bulk_create(
        Review(topic=session.topic, kind="question", subject=uuid4(), state=state, slot=clock.slot())
        for _ in range(count)
    )


def kept_by(thing: Any, seen: set[int]) -> Iterator[bytes]:
    """Every text and byte string that can be reached from `thing` within our own modules."""
    todo = deque([thing])
    while todo:
        one = todo.popleft()
        if id(one) in seen:
            continue
        seen.add(id(one))
        if isinstance(one, str | bytes):
            yield one.encode(errors="replace") if isinstance(one, str) else one
        elif isinstance(one, dict):
            todo.extend([*one.keys(), *one.values()])
        elif isinstance(one, list | tuple | set | frozenset | deque):
            todo.extend(one)
        elif type(one).__module__.startswith("equalterms") and hasattr(one, "__dict__"):
            todo.append(vars(one))


def dump() -> list[bytes]:
    """What the modules of the running process keep."""
    seen: set[int] = set()
    modules = [module for name, module in list(sys.modules.items()) if name.startswith("equalterms")]
    return [text for module in modules for text in kept_by(vars(module), seen)]


def holds(kept: list[bytes], address: str) -> bool:
    return any(spelling in text for spelling in spell(address) for text in kept)


def count_of(network: str) -> int:
    return _networks.came(network)


@pytest.mark.django_db
def test_what_waits_in_a_session_makes_adding_to_it_harder_and_nothing_else(session: Session) -> None:
    weights = []
    for more in (49, 1, 50, 100, 400):
        wait_in(session, more)
        weights.append([weight(act, session.topic_id, "") for act in ("ask", "say", "vote", "report")])
    elsewhere = a_session(session.event)

    assert weights == [[1, 1, 1, 1], [2, 2, 1, 1], [4, 4, 1, 1], [8, 8, 1, 1], [8, 8, 1, 1]]
    assert weight("ask", elsewhere.topic_id, "") == 1


@pytest.mark.django_db
def test_what_is_decided_presses_no_more(session: Session) -> None:
    wait_in(session, 300, State.RETURNED)

    assert weight("ask", session.topic_id, "") == 1


@pytest.mark.django_db
def test_a_room_behind_one_address_notices_nothing(session: Session) -> None:
    room = "198.51.100.0"
    acts = ["ask", "vote", "vote", "vote", "say"]

    assert {weight(act, session.topic_id, room) for _ in range(40) for act in acts} == {1}


@pytest.mark.django_db
@pytest.mark.parametrize(("act", "each"), [("book", 8), ("ask", 8), ("vote", 2), ("report", 2)])
def test_a_flood_from_one_network_gets_harder_and_other_networks_do_not(
    session: Session, act: str, each: int
) -> None:
    network, flood = f"203.0.113.0 {act}", []
    for _ in range(max(CAME) // each + 1):
        flood.append(weight(act, session.topic_id, network))
        acted(act, network)

    places = [flood.index(step) for step in (1, 2, 4, 8)]
    assert places == [0, *(reached // each for reached in CAME)]
    assert weight("ask", session.topic_id, "198.51.101.0") == 1


@pytest.mark.django_db
def test_a_hall_that_only_reads_pages_makes_nothing_harder(session: Session) -> None:
    hall = "198.51.102.0"

    assert {weight("ask", session.topic_id, hall) for _ in range(3_999)} == {1}
    assert weight("ask", session.topic_id, hall) == 2


@pytest.mark.django_db
def test_what_comes_from_no_known_network_counts_for_none(session: Session) -> None:
    for _ in range(600):
        acted("book", "")

    assert weight("book", session.topic_id, "") == 1


@pytest.mark.django_db
def test_a_question_that_was_sent_counts_for_its_network_and_one_without_a_proof_does_not(
    session: Session,
) -> None:
    phone = Phone()
    phone.client.defaults["REMOTE_ADDR"] = "203.0.116.0"
    before = count_of("203.0.116.0")

    assert phone.ask(session, "One?").status_code == 201
    assert phone.ask(session, "Two?", proof={"type": "none"}).status_code == 403

    assert count_of("203.0.116.0") - before == 8 + 1 + 1  # and this look at it


@pytest.mark.django_db
def test_whoever_floods_is_still_given_challenges_that_can_be_solved(session: Session) -> None:
    for _ in range(2_100):
        acted("book", "203.0.114.0")

    desk = Caller(network="203.0.114.0")
    answers = [desk.get(f"proofs/?act=ask&session={session.pk}") for _ in range(5)]

    assert [answer.status_code for answer in answers] == [200] * 5
    assert solve(answers[0].json())["type"] == "pow"


@pytest.mark.django_db
def test_anon_25_nothing_the_process_keeps_tells_an_address(session: Session) -> None:
    address = "203.0.115.77"
    phone = Phone()
    phone.client.defaults["REMOTE_ADDR"] = address
    assert phone.ask(session, "From somewhere.").status_code == 201
    wrong = Caller(network=address).post("token/", {"email": "x@example.org", "password": "wrong"})
    assert problem(wrong) == (401, "wrong-sign-in")

    assert not holds(dump(), address)

    for planted in spell(address):
        proofs.planted = [{"deep": (planted,)}]  # type: ignore[attr-defined]
        assert holds(dump(), address)
    del proofs.planted  # type: ignore[attr-defined]
