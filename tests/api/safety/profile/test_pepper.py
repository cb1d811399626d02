import stat
from pathlib import Path
from typing import Any
from uuid import uuid4

from equalterms.safety.profile.pepper import gone_mark, keyed, pepper, verifier, voice_mark


def test_each_event_has_a_pepper_of_its_own_in_a_file_only_we_read(settings: Any) -> None:
    one, other = uuid4(), uuid4()

    assert len(pepper(one)) == 32
    assert pepper(one) != pepper(other)
    path = Path(settings.HOME) / "peppers" / f"{one}.key"
    assert path.read_bytes() == pepper(one)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_pepper_stays_when_the_process_starts_anew() -> None:
    event = uuid4()
    before = pepper(event)

    pepper.cache_clear()

    assert pepper(event) == before


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
