"""A machine that reads the description and tries it out finds no failure and no undocumented answer."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from tests.architecture.tree import ROOT
from tests.served import Served, served

DESCRIPTION = ROOT / "docs" / "openapi" / "openapi.yaml"
CHECKS = (
    "not_a_server_error,status_code_conformance,content_type_conformance,"
    "response_headers_conformance,response_schema_conformance,unsupported_method"
)
# It never ends, which is its purpose; tests/api/live reads it.
STREAMS = r"/stream$"
SCHEMATHESIS = shutil.which("schemathesis", path=str(Path(sys.executable).parent)) or "schemathesis"


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A demonstration day that may be spoilt."""
    with served(tmp_path_factory.mktemp("day"), "--demo") as server:
        yield server


def known_ids(server: Served) -> dict[str, str]:
    """Path parameters by name that lead to something, so that more than 404s are tried."""
    session = server.get("/api/v1/events/leeds/sessions/").json()["results"][0]
    surgeon = server.get("/api/v1/events/leeds/surgeons/").json()["results"][0]
    return {"event": "leeds", "session": session["id"], "surgeon": surgeon["id"]}


def try_out(server: Served, where: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    ids = "\n".join(f'"path.{name}" = "{value}"' for name, value in known_ids(server).items())
    config = where / "schemathesis.toml"
    config.write_text(f"[parameters]\n{ids}\n")
    return subprocess.run(
        [
            SCHEMATHESIS, "--config-file", str(config), "run", str(DESCRIPTION), "--url", server.url,
            "--workers", "1", "--max-examples", "12", "--seed", "1", "--continue-on-failure",
            "--phases", "examples,coverage,fuzzing", "--checks", CHECKS, "--warnings", "off",
            "--request-timeout", "20", "--no-color", "--exclude-path-regex", STREAMS, *options,
        ],
        cwd=where, capture_output=True, text=True, timeout=900, check=False,
    )  # fmt: skip


def staff_operations() -> Iterator[str]:
    """The --include options for everything that asks for a token."""
    for verbs in yaml.safe_load(DESCRIPTION.read_text())["paths"].values():
        for about in verbs.values():
            if isinstance(about, dict) and {"jwtAuth": []} in about.get("security", []):
                yield from ("--include-operation-id", about["operationId"])


def test_without_a_name_nothing_fails_and_nothing_undocumented_comes(day: Served, tmp_path: Path) -> None:
    ran = try_out(day, tmp_path)

    assert ran.returncode == 0, ran.stdout[-8000:] + ran.stderr[-2000:]


def test_as_staff_nothing_fails_and_nothing_undocumented_comes(day: Served, tmp_path: Path) -> None:
    bearer = f"Authorization: Bearer {day.token('organiser')}"

    ran = try_out(day, tmp_path, "--header", bearer, *staff_operations())

    assert ran.returncode == 0, ran.stdout[-8000:] + ran.stderr[-2000:]
