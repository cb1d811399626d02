"""Scripts that work on a server's own database past the server: to prepare it, and to look into it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.architecture.tree import ROOT
from tests.served import environment

BEGIN = """
import django, json, sys
from django.conf import settings
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # nobody signs in here
django.setup()
"""


def ran(home: Path, script: str, *words: object, **stores: str) -> Any:
    """What the script prints, as JSON. `sys` and `json` are there, and Django is set up."""
    known = environment(home, **stores, DJANGO_SETTINGS_MODULE="equalterms.config.settings")
    known["PYTHONPATH"] += f":{ROOT}"
    done = subprocess.run(
        [sys.executable, "-c", BEGIN + script, *map(str, words)],
        env=known, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
