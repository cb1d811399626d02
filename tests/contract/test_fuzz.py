"""A fuzzer reads the description and asks the running server: no 5xx, no undocumented answer."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from tests.served import Served, served

# Bodies that fit the schema may still break a rule between fields, or name what is not there (any more).
RULES_BETWEEN_FIELDS = """
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "3xx", "400", "401", "403", "404", "409", "410", "412", "428", "429"]
"""


def own_database(url: str) -> str:
    """Another, empty database on the same server, so that the fuzzer meets nobody's rows."""
    name = f"fuzz_{uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return url.rsplit("/", 1)[0] + "/" + name


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A demonstration day that may be spoilt, on the database of this run."""
    database = os.environ.get("TEST_DATABASE_URL", "")
    stores = {
        "DATABASE_URL": own_database(database) if database else "",
        "REDIS_URL": os.environ.get("TEST_REDIS_URL", ""),
    }
    with served(tmp_path_factory.mktemp("fuzz"), "--demo", **stores) as server:
        yield server


def things(server: Served) -> dict[str, str]:
    """Something that is there for every path parameter, so that the fuzzer gets past a 404."""
    day = server.get("/api/v1/events/leeds/").json()
    for session in day["sessions"]:
        live = server.get(f"/api/v1/sessions/{session['id']}/live/").json()
        if live["questions"] and live["comments"] and session["surgeons"]:
            break
    return {
        "event": "leeds",
        "session": session["id"],
        "question": live["questions"][0]["id"],
        "comment": live["comments"][0]["id"],
        "surgeon": session["surgeons"][0]["id"],
        "room": day["rooms"][0]["id"],
        "tag": "A" * 22,
    }


def configuration(server: Served) -> str:
    parameters = "".join(f'"path.{name}" = "{value}"\n' for name, value in things(server).items())
    return (
        f'[auth.openapi.jwtAuth]\nbearer = "{server.token("organiser")}"\n'
        f'[auth.openapi.receipt]\napi_key = "Receipt {"A" * 43}"\n'
        f"[parameters]\n{parameters}{RULES_BETWEEN_FIELDS}"
    )


def test_the_running_server_answers_as_described(day: Served, tmp_path: Path) -> None:
    file = tmp_path / "schemathesis.toml"
    file.write_text(configuration(day))
    command = [str(Path(sys.executable).with_name("schemathesis")), "--config-file", str(file), "run"]
    command += [f"{day.url}/api/v1/schema/", "--workers", "1", "--phases", "examples,coverage,fuzzing"]
    # Streams do not end, and who signs out everywhere can call nothing after it: other tests do both.
    command += ["--exclude-path-regex", "stream$|sign-out-everywhere", "--max-examples", "4", "--seed", "1"]
    command += ["--request-timeout", "20", "--continue-on-failure", "--no-color"]

    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=400, check=False)

    assert ran.returncode == 0, ran.stdout[-12_000:]
    tested = re.search(r"Tested: (\d+)", ran.stdout)
    assert tested is not None
    assert int(tested[1]) >= 60
