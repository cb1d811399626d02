from uuid import uuid4

import pytest
from django.db import transaction
from tests.makers import a_session, an_event

from equalterms.lib.refusal import Refusal
from equalterms.programme.models import Session
from equalterms.safety import receipts
from equalterms.safety.actions import forget, keep_receipt
from equalterms.safety.models import Receipt, SubjectKind
from equalterms.safety.profile.pepper import verifier
from equalterms.safety.profile.receipt import Secret
from equalterms.safety.receipts import Claimed

pytestmark = pytest.mark.django_db
KIND = SubjectKind.QUESTION


def kept(session: Session) -> Claimed:
    secret = Secret(uuid4().bytes[:10], session.event_id, KIND)
    claimed = Claimed(KIND, secret.id, secret.auth, secret.reply_key)
    with transaction.atomic():
        assert keep_receipt(session=session, claimed=claimed)
    return claimed


def withdrawn(session: Session) -> Claimed:
    claimed = kept(session)
    with transaction.atomic():
        forget(session=session, receipt=Receipt.objects.get(pk=claimed.subject))
    return claimed


def code_of(refusal: pytest.ExceptionInfo[Refusal]) -> tuple[str, int]:
    return refusal.value.code, refusal.value.status


def test_an_id_is_new_then_mine_and_taken_for_everybody_else() -> None:
    session = a_session()
    unused = Claimed(KIND, uuid4(), bytes(32))
    mine = kept(session)

    assert receipts.standing(session, unused) == "new"
    assert receipts.standing(session, mine) == "mine"
    assert receipts.standing(session, Claimed(KIND, mine.subject, bytes(32))) == "taken"


def test_a_receipt_opens_its_own_subject_in_its_own_session_only() -> None:
    event = an_event()
    session, other = a_session(event), a_session(event)
    mine = kept(session)

    assert receipts.opened(session, KIND, mine.subject, mine.auth).subject == mine.subject
    wrong = [
        (session, KIND, mine.subject, bytes(32)),
        (session, KIND, uuid4(), mine.auth),
        (other, KIND, mine.subject, mine.auth),
        (session, SubjectKind.COMMENT, mine.subject, mine.auth),
    ]
    for arguments in wrong:
        with pytest.raises(Refusal) as refusal:
            receipts.opened(*arguments)
        assert code_of(refusal) == ("no-such-receipt", 404)


def test_what_is_withdrawn_stays_withdrawn() -> None:
    session = a_session()
    gone = withdrawn(session)

    for attempt in (
        lambda: receipts.standing(session, gone),
        lambda: receipts.opened(session, KIND, gone.subject, gone.auth),
    ):
        with pytest.raises(Refusal) as refusal:
            attempt()
        assert code_of(refusal) == ("withdrawn", 410)
    with pytest.raises(Refusal) as refusal:
        receipts.find(gone.auth)
    assert code_of(refusal) == ("no-such-receipt", 404)


def test_typed_words_find_the_receipt_of_any_event() -> None:
    claims = [kept(a_session(an_event())) for _ in range(3)]

    assert [receipts.find(claim.auth).subject for claim in claims] == [claim.subject for claim in claims]


def test_the_database_alone_can_verify_nothing() -> None:
    session = a_session()
    mine = kept(session)
    stored = bytes(Receipt.objects.get(pk=mine.subject).verifier)

    assert stored == verifier(session.event_id, KIND, mine.auth)
    assert stored != verifier(uuid4(), KIND, mine.auth)
    assert mine.auth not in stored
