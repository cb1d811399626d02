"""A fuzzer reads the description and asks the running server: no 5xx, no undocumented answer."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen
from uuid import uuid4

import psycopg
import pytest
from tests.architecture.tree import ROOT
from tests.services import ended, free_port, wait_for

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


class Served:
    """The demonstration day behind `equalterms serve`, in processes of its own."""

    def __init__(self, home: Path, port: int) -> None:
        self.home = home
        self.base = f"http://127.0.0.1:{port}/api/v1/"

    def call(self, path: str, body: object = None) -> Any:
        sent = json.dumps(body).encode() if body is not None else None
        with urlopen(Request(self.base + path, sent, {"Content-Type": "application/json"})) as answer:
            return json.load(answer)

    def token(self) -> str:
        accounts = json.loads((self.home / "demo-accounts.json").read_text())
        account = next(one for one in accounts if one["role"] == "organiser")
        body = {"email": account["email"], "password": account["password"]}
        return str(self.call("token/", body)["access"])


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    home, port = tmp_path_factory.mktemp("fuzz"), free_port()
    database = os.environ.get("TEST_DATABASE_URL", "")
    environment = os.environ | {
        "EQUALTERMS_HOME": str(home),
        "DATABASE_URL": own_database(database) if database else "",
        "REDIS_URL": os.environ.get("TEST_REDIS_URL", ""),
        "DJANGO_SETTINGS_MODULE": "equalterms.config.settings",
    }
    command = [sys.executable, "-m", "equalterms"]
    subprocess.run(
        [*command, "demo"], env=environment, cwd=ROOT / "api", check=True, stdout=subprocess.DEVNULL
    )
    process = subprocess.Popen(
        [*command, "serve", "--port", str(port)],
        env=environment,
        cwd=ROOT / "api",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    with ended(process):
        wait_for(port)
        yield Served(home, port)


def things(served: Served) -> dict[str, str]:
    """Something that is there for every path parameter, so that the fuzzer gets past a 404."""
    day = served.call("events/leeds/")
    for session in day["sessions"]:
        live = served.call(f"sessions/{session['id']}/live/")
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


def configuration(served: Served) -> str:
    parameters = "".join(f'"path.{name}" = "{value}"\n' for name, value in things(served).items())
    return (
        f'[auth.openapi.jwtAuth]\nbearer = "{served.token()}"\n'
        f'[auth.openapi.receipt]\napi_key = "Receipt {"A" * 43}"\n'
        f"[parameters]\n{parameters}{RULES_BETWEEN_FIELDS}"
    )


def test_the_running_server_answers_as_described(served: Served, tmp_path: Path) -> None:
    file = tmp_path / "schemathesis.toml"
    file.write_text(configuration(served))
    command = [str(Path(sys.executable).with_name("schemathesis")), "--config-file", str(file), "run"]
    command += [served.base + "schema/", "--workers", "1", "--phases", "examples,coverage,fuzzing"]
    # Streams do not end, so a fuzzer cannot wait for them; tests/api/live follows them instead.
    command += ["--exclude-path-regex", "stream$", "--max-examples", "4", "--seed", "1"]
    command += ["--request-timeout", "20", "--continue-on-failure", "--no-color"]

    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=400, check=False)

    assert ran.returncode == 0, ran.stdout[-12_000:]
    tested = re.search(r"Tested: (\d+)", ran.stdout)
    assert tested is not None
    assert int(tested[1]) >= 60
