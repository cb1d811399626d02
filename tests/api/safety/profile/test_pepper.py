import stat
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from equalterms.safety.profile.pepper import (
    destroy,
    forget_destroyed,
    gone_mark,
    kept,
    keyed,
    pepper,
    verifier,
    voice_mark,
)


def test_each_event_has_a_pepper_of_its_own_in_a_file_only_we_read(settings: Any) -> None:
    one, other = uuid4(), uuid4()

    assert len(pepper(one)) == 32
    assert pepper(one) != pepper(other)
    path = Path(settings.HOME) / "peppers" / f"{one}.key"
    assert path.read_bytes() == pepper(one)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def made_elsewhere(home: object, event: UUID, then: str = "") -> str:
    """What another process has of the pepper, in hex."""
    code = (
        "import sys; from uuid import UUID; from pathlib import Path; from django.conf import settings;"
        "settings.configure(HOME=Path(sys.argv[1])); from equalterms.safety.profile import pepper;"
        f"event = UUID(sys.argv[2]); print(pepper.pepper(event).hex()); {then}"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(home), str(event)], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_every_process_has_the_same_pepper(settings: Any) -> None:
    event = uuid4()

    assert made_elsewhere(settings.HOME, event) == pepper(event).hex()


def test_a_pepper_that_another_process_destroyed_is_used_no_more_and_forgotten(settings: Any) -> None:
    event, other = uuid4(), uuid4()
    before, stays = pepper(event), pepper(other)

    made_elsewhere(settings.HOME, event, "pepper.destroy(event)")

    assert forget_destroyed() == 1
    assert before not in {known.pepper for known in kept.values()}
    assert stays in {known.pepper for known in kept.values()}
    assert forget_destroyed() == 0
    assert pepper(event) != before


def test_a_file_put_in_its_place_is_read_at_the_next_use(settings: Any) -> None:
    event = uuid4()
    before = pepper(event)
    path = Path(settings.HOME) / "peppers" / f"{event}.key"
    path.unlink()
    path.write_bytes(bytes(32))

    assert before != pepper(event) == bytes(32)


def test_marks_of_different_uses_never_meet() -> None:
    event, raw = uuid4(), uuid4()

    marks = {
        verifier(event, "question", raw.bytes * 2),
        verifier(event, "comment", raw.bytes * 2),
        voice_mark(event, raw.bytes),
        gone_mark(event, "question", raw),
        keyed(uuid4(), "voice", raw.bytes),
    }

    assert len(marks) == 5


def test_a_destroyed_pepper_is_overwritten_and_gone(settings: Any) -> None:
    event = uuid4()
    before = pepper(event)
    path = Path(settings.HOME) / "peppers" / f"{event}.key"
    other = path.with_suffix(".again")
    other.hardlink_to(path)

    destroy(event)
    destroy(event)

    assert not path.exists()
    assert other.read_bytes() != before
    assert pepper(event) != before
