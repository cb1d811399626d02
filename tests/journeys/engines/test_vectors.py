"""The crypto profile, as the app's own code computes it in each engine."""

import base64
import functools
import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from tests.architecture.tree import ROOT
from tests.conftest import need
from tests.journeys.engines.engine import Engine

pytestmark = pytest.mark.engine
VECTORS: dict[str, Any] = json.loads((ROOT / "tests" / "vectors" / "receipts.json").read_text())
DERIVED = ("id", "auth", "reply_key", "box", "words", "fragment")
BUILD = """
import { build } from "vite";
const [entry, outDir] = process.argv.slice(1);
const output = { entryFileNames: "vectors.js" };
await build({
  configFile: false, logLevel: "error", publicDir: false,
  build: { outDir, target: "es2022", minify: false, rolldownOptions: { input: entry, output } },
});
"""


PAGE = """<!doctype html><meta charset="utf-8"><title>Vectors</title><link rel="icon" href="data:,">
<main><script type="module" src="/vectors.js"></script></main>"""


class Quiet(SimpleHTTPRequestHandler):
    def log_request(self, *_: object) -> None: ...


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a page with the app's functions on it, built as the app is."""
    if not (ROOT / "pwa" / "node_modules" / "vite").exists():
        need("what the app is built with is not installed (make setup)")
    folder: Path = tmp_path_factory.mktemp("vectors")
    entry = Path(__file__).with_name("vectors.ts")
    command = [shutil.which("node") or "node", "--input-type=module", "-e", BUILD, str(entry), str(folder)]
    subprocess.run(command, cwd=ROOT / "pwa", check=True, timeout=120)
    (folder / "index.html").write_text(PAGE)
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture
def opened(any_engine: Engine, page: str) -> Engine:
    any_engine.open(page)
    any_engine.until("() => 'vectors' in globalThis")
    return any_engine


def each(engine: Engine, function: str, rows: list[Any]) -> Any:
    """What a function of the page answers for each row."""
    return engine.run(f"(rows) => Promise.all(rows.map((row) => {function}))", rows)


def test_anon_30_every_shared_vector_holds_in_this_engine(opened: Engine) -> None:
    cases = VECTORS["cases"]
    sealed = [[cases[note["case"]], note] for note in VECTORS["notes"]]
    shut = [[cases[note["case"]], note] for note in VECTORS["notes_that_do_not_open"]]
    typed = [row["words"] for row in VECTORS["words_that_read"]]
    wrong = [row["words"] for row in VECTORS["words_that_do_not_read"]]

    assert each(opened, "vectors.derived(row)", cases) == [
        {name: row[name] for name in DERIVED} for row in cases
    ]
    assert each(opened, "vectors.tag(row)", VECTORS["tags"]) == [row["tag"] for row in VECTORS["tags"]]
    notes = each(opened, "vectors.opened(...row)", sealed)
    assert [json.loads(note) for note in notes] == [row["plaintext"] for row in VECTORS["notes"]]
    assert each(opened, "vectors.opened(...row)", shut) == [None for _ in shut]
    seeds = [bytes.fromhex(cases[row["case"]]["seed"]) for row in VECTORS["words_that_read"]]
    read = [base64.urlsafe_b64encode(seed).rstrip(b"=").decode() for seed in seeds]
    assert each(opened, "vectors.seedOfWords(row)", typed) == read
    assert each(opened, "vectors.seedOfWords(row)", wrong) == [None for _ in wrong]
