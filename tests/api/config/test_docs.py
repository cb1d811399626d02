"""The API's description, its docs page, and the addresses for those who watch the service."""

import pytest
import yaml
from django.db import OperationalError, connection
from django.test import Client


def test_the_description_is_served_as_it_is_committed() -> None:
    answer = Client().get("/api/v1/schema/")

    assert answer.status_code == 200
    assert yaml.safe_load(answer.content)["info"]["title"] == "Equal Terms"


def test_the_docs_page_needs_nothing_from_anywhere_else() -> None:
    answer = Client().get("/api/v1/docs/")

    assert answer.status_code == 200
    assert b"http://" not in answer.content
    assert b"https://" not in answer.content
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert "trusted-types" not in answer["Content-Security-Policy"]


def test_alive_answers_without_a_database() -> None:
    assert Client().get("/livez").json() == {"status": "alive"}


@pytest.mark.django_db
def test_ready_answers_when_the_database_does() -> None:
    assert Client().get("/readyz").json() == {"status": "ready"}


@pytest.mark.django_db
def test_ready_is_a_503_when_the_database_does_not_answer() -> None:
    with connection.execute_wrapper(failing):
        answer = Client().get("/readyz")

    assert (answer.status_code, answer.json()["code"]) == (503, "busy")


def failing(execute: object, sql: str, params: object, many: bool, context: object) -> object:
    raise OperationalError("gone")
