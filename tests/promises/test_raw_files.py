"""What is gone is gone from the database's own files too: read byte by byte."""

import secrets
from dataclasses import dataclass, field

import pytest
from django.db import connection
from tests.makers import a_role, a_session, an_event
from tests.promises.kept import checkpoint, holding
from tests.sent import a_said_comment, an_asked_question, review_of

from equalterms.desk.actions import Decision, decide
from equalterms.desk.actions.closing import close
from equalterms.desk.actions.purging import purge
from equalterms.programme.models import Session
from equalterms.questions import actions as questions
from equalterms.safety.models import Receipt, Review, State
from equalterms.safety.profile.receipt import Secret
from equalterms.threads import actions as threads

pytestmark = pytest.mark.alone


@dataclass
class Marked:
    """A day with words by which everything can be found again."""

    session: Session
    words: dict[str, str] = field(default_factory=dict)
    secrets: dict[str, Secret] = field(default_factory=dict)

    def mark(self, what: str) -> str:
        return self.words.setdefault(what, f"{what}-{secrets.token_hex(10)}")

    def ask(self, what: str, **more: object) -> Secret:
        self.secrets[what] = an_asked_question(self.session, self.mark(what), **{"recap": True} | more)
        return self.secrets[what]


def a_marked_day() -> Marked:
    """Something in every state there is."""
    day = Marked(a_session(an_event(review="before")))
    moderator = a_role(day.session.event, "moderator")
    for what in ("shown", "returned", "hidden", "withdrawn", "merged", "held"):
        day.ask(what)
    day.ask("live-only", recap=False)
    day.ask("for-surgeons", audience="surgeons")
    edited = day.ask("edited")
    questions.edit(session=day.session, ident=edited.id, auth=edited.auth, text=day.mark("edited-since"))
    said = a_said_comment(day.session, day.mark("comment-withdrawn"))
    a_said_comment(day.session, day.mark("comment-held"))
    for what in ("shown", "live-only", "for-surgeons", "withdrawn"):
        decide(review=review_of(day.secrets[what]), account=moderator, decision=Decision("show"))
    for what, act in (("returned", "return"), ("hidden", "hide")):
        decision = Decision(act, reason="other", note=day.mark(f"note-{act}"))
        decide(review=review_of(day.secrets[what]), account=moderator, decision=decision)
    Review.objects.filter(subject=day.secrets["merged"].id).update(state=State.MERGED, before=State.SHOWN)
    gone = day.secrets["withdrawn"]
    questions.withdraw(session=day.session, ident=gone.id, auth=gone.auth)
    threads.withdraw(session=day.session, ident=said.id, auth=said.auth)
    return day


def sample() -> None:
    """Lets PostgreSQL take samples for its planner, as it does by itself after a while."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE questions_question ALTER COLUMN text SET STATISTICS 100")
            cursor.execute("ANALYZE")


@pytest.mark.django_db(transaction=True)
def test_anon_12_after_the_purge_words_that_are_not_public_are_in_no_file() -> None:
    day = a_marked_day()
    sample()
    checkpoint()
    found = {what for what, word in day.words.items() if holding(word)}
    assert {"shown", "held", "returned", "hidden", "withdrawn", "edited", "comment-held"} <= found
    assert found & {"note-return", "note-hide"} == set()

    close(event=day.session.event)
    remains = purge(event=day.session.event)

    checkpoint()
    assert remains == []
    assert {what: holding(word) for what, word in day.words.items() if holding(word)}.keys() == {"shown"}


@pytest.mark.django_db(transaction=True)
def test_anon_12_after_the_purge_no_receipt_no_id_and_no_pepper_is_in_any_file(settings: object) -> None:
    day = a_marked_day()
    keys = [bytes(key) for row in Receipt.objects.values_list("verifier", "reply_key") for key in row if key]
    gone = [secret.id for what, secret in day.secrets.items() if what != "shown"]
    ids = [spelt for ident in gone for spelt in (str(ident), ident.hex, ident.bytes)]
    pepper = settings.HOME / "peppers" / f"{day.session.event_id}.key"
    checkpoint()
    assert pepper.exists()
    assert all(holding(key) for key in keys)
    assert len([ident for ident in ids if holding(ident)]) >= len(gone)

    close(event=day.session.event)
    purge(event=day.session.event)

    assert not pepper.exists()
    assert [word for word in (*keys, *ids) if holding(word)] == []
