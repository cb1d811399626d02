"""The file that tells who may sign in to the demonstration day."""

import json
import os
from pathlib import Path
from typing import TypedDict

NAME = "demo-accounts.json"


class DemoAccount(TypedDict):
    role: str
    email: str
    password: str


def read(home: Path) -> list[DemoAccount] | None:
    """The accounts as written at set-up; None where the file is gone or is not what was written."""
    try:
        accounts: list[DemoAccount] = json.loads((home / NAME).read_text(encoding="utf-8"))
        return [DemoAccount(role=a["role"], email=a["email"], password=a["password"]) for a in accounts]
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write(home: Path, accounts: list[DemoAccount]) -> None:
    """Writes them for the owner's eyes only (mode 600 from its first byte), whole or not at all."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = home / f"{NAME}.new"
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(json.dumps(accounts, indent=1) + "\n")
    fresh.replace(home / NAME)
