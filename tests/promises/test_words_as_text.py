"""What people write is text and stays text; marks that hide or turn words round are taken out."""

import json
from collections.abc import Iterator

import pytest
from rest_framework import serializers
from tests.askers import Phone
from tests.makers import a_role, a_session, an_event
from tests.sent import note_to, review_of
from tests.staff import Caller

from equalterms.config import urls
from equalterms.lib.api.fields import StrictSerializer, Words
from equalterms.people.models import Act
from equalterms.questions.models import Answer, Question
from equalterms.safety.models import Review
from equalterms.threads.models import Comment

pytestmark = pytest.mark.django_db

MARKUP = "<script>alert(1)</script> **bold** [x](javascript:y) &lt;b&gt;"
HIDING = "".join(map(chr, [0x200B, 0x200E, 0x200F, 0x202A, 0x202E, 0x2060, 0x2066, 0x2069, 0xFEFF, 0x061C]))
TURNED = f"{HIDING}Ab{HIDING}c{HIDING}"
# What is never shown to anybody, or compared letter by letter.
NOT_WORDS = {"password", "new_password", "old_password", "current", "refresh", "token", "payload"}


def forms(top: type[StrictSerializer] = StrictSerializer) -> Iterator[type[StrictSerializer]]:
    for form in top.__subclasses__():
        yield form
        yield from forms(form)


def test_care_13_whatever_words_come_in_are_cleaned_before_they_are_looked_at() -> None:
    assert urls.urlpatterns  # with the addresses, every form is loaded
    found = {
        f"{form.__name__}.{name}": type(field).__name__
        for form in forms()
        if form.__module__.startswith("equalterms.")
        for name, field in form().fields.items()
        if isinstance(field, serializers.CharField) and not field.read_only
    }
    words = {name for name, kind in found.items() if kind == Words.__name__}
    assert {"AskSerializer.text", "AskSerializer.warning", "SaySerializer.text"} <= words

    plain = {name: kind for name, kind in found.items() if name not in words}
    subclasses = {
        name for name, kind in plain.items() if kind in {form.__name__ for form in Words.__subclasses__()}
    }

    assert {
        name
        for name in set(plain) - subclasses
        if plain[name] in {"CharField", "SlugField"} and name.partition(".")[2] not in NOT_WORDS
    } == set()


@pytest.mark.parametrize(("typed", "kept"), [(MARKUP, MARKUP), (TURNED, "Abc")], ids=["markup", "hidden"])
def test_care_13_what_is_stored_and_read_is_the_text_that_can_be_seen(typed: str, kept: str) -> None:
    session = a_session(an_event(proof=True))
    phone, desk = Phone(), Caller(a_role(session.event, "moderator"))
    asked, said, edited = phone.secret(session), phone.secret(session, "comment"), phone.secret(session)
    assert phone.ask(session, typed, asked, warning=typed[:50]).status_code == 201
    assert phone.say(session, typed, said).status_code == 201
    assert phone.ask(session, "First words", edited).status_code == 201
    path = f"sessions/{session.pk}/questions/{edited.id}/"
    body = {"text": typed, "proof": phone.proof("ask", session)}
    assert phone.send("PATCH", path, body, **phone.receipt(edited)).status_code == 200
    returning = {"reason": "other", "note": typed}
    assert desk.post(f"desk/reviews/{review_of(edited)}/return/", returning).status_code == 200
    for secret in (asked, said):
        assert desk.post(f"desk/reviews/{review_of(secret)}/show/").status_code == 200
    assert desk.post(f"desk/questions/{asked.id}/answers/", {"text": typed}).status_code == 201
    spoken = desk.post(f"desk/sessions/{session.pk}/comments/", {"text": typed}).json()["id"]

    assert set(Question.objects.values_list("text", flat=True)) == {kept}
    assert Question.objects.get(pk=asked.id).warning == kept[:50]
    assert set(Comment.objects.values_list("text", flat=True)) == {kept}
    assert Answer.objects.get().text == kept
    assert note_to(edited)["note"] == kept
    live = Phone().send("GET", f"sessions/{session.pk}/live/")
    assert live["Content-Type"].startswith("application/json")
    read = live.json()
    assert [question["text"] for question in read["questions"]] == [kept]
    assert {comment["text"] for comment in read["comments"]} == {kept}
    assert spoken in {comment["id"] for comment in read["comments"]}
    everything = json.dumps([read, desk.get(f"desk/events/{session.event_id}/reviews/").json()])
    assert [
        hex(ord(mark)) for mark in HIDING if mark in everything or f"\\u{ord(mark):04x}" in everything
    ] == []
    assert (Review.objects.count(), Act.objects.count()) == (3, 4)
