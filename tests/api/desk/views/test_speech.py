from uuid import uuid4

import pytest
from tests.askers import Phone
from tests.makers import a_shown_comment
from tests.staff import Caller, fields, problem

from equalterms.programme.models import Session
from equalterms.threads.models import Comment

pytestmark = pytest.mark.django_db


def test_staff_speak_under_their_profile_or_as_the_organisers(
    session: Session, surgeon: Caller, moderator: Caller
) -> None:
    path = f"desk/sessions/{session.code}/comments/"

    first = surgeon.post(path, {"text": "Come by."})
    second = moderator.post(path, {"text": "Welcome.", "parent": first.json()["id"]})

    assert (first.status_code, second.status_code) == (201, 201)
    assert (first.json()["by"]["kind"], first.json()["by"]["name"]) == ("surgeon", "Ama")
    assert first.json()["by"]["surgeon"] is not None
    assert second.json()["by"] == {"kind": "staff", "name": "the organisers", "surgeon": None}
    assert second.json()["parent"] == first.json()["id"]
    public = Phone().send("GET", f"sessions/{session.pk}/comments/").json()["results"]
    assert public == [first.json(), second.json()]


def test_staff_change_and_remove_their_own_words_only(
    session: Session, surgeon: Caller, moderator: Caller
) -> None:
    said = surgeon.post(f"desk/sessions/{session.pk}/comments/", {"text": "Come by."}).json()
    asker, path = a_shown_comment(session), f"desk/comments/{said['id']}/"

    assert problem(moderator.patch(path, {"text": "No."})) == (403, "not-yours")
    assert problem(moderator.send("DELETE", path)) == (403, "not-yours")
    assert problem(moderator.patch(f"desk/comments/{asker.pk}/", {"text": "No."})) == (404, "not-found")
    assert fields(surgeon.patch(path, {"text": "", "parent": None})) == {"body"}
    changed = surgeon.patch(path, {"text": "Come by at two."}).json()
    assert (changed["text"], changed["edited"]) == ("Come by at two.", True)
    assert surgeon.send("DELETE", path).status_code == 204
    assert Comment.objects.get() == asker


@pytest.mark.parametrize(
    ("body", "refused"),
    [
        ({"text": "Hi", "parent": str(uuid4())}, (409, "parent-gone")),
        ({"text": ""}, (400, "invalid")),
        ({"text": "Hi", "voice": "x"}, (400, "invalid")),
    ],
)
def test_bad_speech_of_staff_is_refused(
    session: Session, surgeon: Caller, body: object, refused: tuple[int, str]
) -> None:
    assert problem(surgeon.post(f"desk/sessions/{session.pk}/comments/", body)) == refused
    assert not Comment.objects.exists()
