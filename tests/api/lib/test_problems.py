import json
from typing import Any

import pytest
from django.core.exceptions import DisallowedHost, PermissionDenied
from django.db import DatabaseError, IntegrityError, OperationalError
from django.http import Http404
from rest_framework import exceptions

from equalterms.lib import problems
from equalterms.lib.problems import MEDIA_TYPE, Handler
from equalterms.lib.refusal import Refusal

SECRET = "a secret nobody may read back"


def handled(raised: Exception) -> Any:
    return Handler(raised, {"view": None, "request": None}).run()


@pytest.mark.parametrize(
    ("raised", "status", "code"),
    [
        (Refusal("room-in-use", "Sessions are in this room."), 409, "room-in-use"),
        (Http404(SECRET), 404, "not-found"),
        (PermissionDenied(SECRET), 403, "not-yours"),
        (exceptions.NotAuthenticated(SECRET), 401, "not-signed-in"),
        (exceptions.ParseError(SECRET), 400, "not-json"),
        (exceptions.MethodNotAllowed(SECRET), 405, "wrong-method"),
        (exceptions.NotAcceptable(SECRET), 406, "not-acceptable"),
        (exceptions.UnsupportedMediaType(SECRET), 415, "wrong-media-type"),
        (DisallowedHost(SECRET), 400, "bad-request"),
        (OperationalError(SECRET), 503, "busy"),
        (DatabaseError(SECRET), 503, "busy"),
        (IntegrityError(SECRET), 500, "server-error"),
        (ValueError(SECRET), 500, "server-error"),
    ],
)
def test_whatever_is_raised_becomes_a_problem_that_repeats_nothing(
    raised: Exception, status: int, code: str
) -> None:
    answer = handled(raised)

    assert (answer.status_code, answer.content_type, answer["Cache-Control"]) == (
        status,
        MEDIA_TYPE,
        "no-store",
    )
    assert answer.data["code"] == code
    assert answer.data["type"] == f"urn:equalterms:problem:{code}"
    assert SECRET not in json.dumps(answer.data)


def test_a_refusal_says_when_to_come_back_and_names_its_fields() -> None:
    errors = [{"attr": "ends", "code": "invalid", "detail": "The end must come after the start."}]

    answer = handled(Refusal("invalid", "See the list.", status=400, errors=errors, retry_after=7))

    assert (answer["Retry-After"], answer.data["errors"]) == ("7", errors)


def test_a_validation_error_names_every_field() -> None:
    answer = handled(exceptions.ValidationError({"title": ["Too long."], "links": {0: {"url": ["Bad."]}}}))

    assert (answer.status_code, answer.data["code"]) == (400, "invalid")
    assert [error["attr"] for error in answer.data["errors"]] == ["title", "links.0.url"]


def test_problems_outside_the_api_framework_look_the_same() -> None:
    answers = [problems.bad_request, problems.forbidden, problems.not_found]

    made = [view(None) for view in answers] + [problems.server_error(None)]  # type: ignore[arg-type]

    assert [answer.status_code for answer in made] == [400, 403, 404, 500]
    assert {answer["Content-Type"] for answer in made} == {MEDIA_TYPE}
    assert json.loads(made[2].content)["code"] == "not-found"


def test_an_unknown_status_is_refused_in_plain_words() -> None:
    assert problems.problem(418)["code"] == "refused"
    assert json.loads(problems.problem_bytes(409, "id-taken", "In use."))["detail"] == "In use."
