"""Nothing of an asker is kept but the words: every byte that stays after a day is searched."""

import re

from tests.leaks.kept import Kept
from tests.leaks.places import EACH, LABELS
from tests.leaks.sieve import Find, Sieve
from tests.leaks.story import PROVED

PEPPER = re.compile(r"peppers/[0-9a-f-]{36}\.key")
# Every file a home may hold after a day.
HOME = re.compile(rf"db\.sqlite3(-wal|-shm)?|keys/(secret|jwt|backup)|migrating|{PEPPER.pattern}")
# The columns that hold what people wrote.
WORDS = {
    ("questions_question", "text"), ("questions_question", "warning"), ("threads_comment", "text"),
}  # fmt: skip


def told(found: set[Find]) -> list[str]:
    return sorted(f"{find.mark} ({find.spelling}) in {find.where}" for find in found)


def test_anon_01_no_dump_holds_anything_of_an_asker_but_the_words(kept: Kept) -> None:
    assert len(kept.dump) > 200_000
    assert told(kept.sieve.in_one("dump", kept.dump)) == []


def test_anon_01_no_raw_file_does_while_the_server_runs_nor_after(kept: Kept) -> None:
    assert kept.raw
    assert told(kept.sieve.sift(kept.raw)) == []
    assert told(kept.sieve.sift(kept.rested)) == []


def test_anon_12_after_a_clean_stop_no_file_of_sqlite_holds_what_was_withdrawn(kept: Kept) -> None:
    """PostgreSQL's files are cleared by the purge (tests/promises/test_raw_files.py)."""
    if kept.wal:
        return
    gone = Sieve({word: word for word in kept.story.gone})

    assert len(kept.story.gone) > 3
    assert told(gone.sift(kept.rested)) == []


def test_anon_01_the_log_of_writes_holds_words_for_a_while_but_nothing_of_who_wrote_them(kept: Kept) -> None:
    assert told(kept.sieve.sift(kept.wal)) == []
    # That is why docs/running.md wants no archive of it: withdrawn words stay there until it is recycled.
    assert not kept.wal or any(
        word.encode() in blob for word in kept.story.gone for blob in kept.wal.values()
    )


def test_what_was_shown_to_the_safety_lead_is_gone_once_they_saw_to_it(kept: Kept) -> None:
    assert kept.rows["safety_openednote"] == []


def test_anon_38_a_copy_holds_nothing_of_an_asker_but_the_words(kept: Kept) -> None:
    """Inside: what is written to the disk is sealed."""
    assert any(one.word.encode() in kept.backup for one in kept.story.of("shown"))
    assert told(kept.sieve.in_one("backup", kept.backup)) == []
    assert (
        told(
            Sieve({word: word for word in kept.story.gone + kept.story.sealed}).in_one("backup", kept.backup)
        )
        == []
    )


def test_anon_01_redis_holds_spent_proofs_only_and_nothing_on_disk(kept: Kept) -> None:
    assert told(kept.sieve.sift(kept.redis)) == []
    assert [key for key in kept.redis if not re.match(r"""b['"]equalterms:spent:""", key)] == []
    assert len(kept.redis) == (PROVED if kept.wal else 0)  # only that run has a Redis
    assert kept.redis_files == []


def test_anon_01_the_home_holds_the_database_and_keys_and_no_other_file(kept: Kept) -> None:
    """No session files, no cache, no mail, nothing left over of bodies that were too large for memory."""
    found = [path.relative_to(kept.home).as_posix() for path in kept.home.rglob("*") if path.is_file()]

    assert [name for name in found if not HOME.fullmatch(name) and name != "log"] == []


def test_anon_02_no_log_tells_on_anybody_after_every_kind_of_error(kept: Kept) -> None:
    server = kept.logs["server"].decode()

    assert server.count("IsADirectoryError") == 2, server
    assert told(kept.sieve.sift(kept.logs)) == []
    assert [
        line for line in server.splitlines() if not line.startswith(("ERROR ", "WARNING ", "Equal Terms "))
    ] == []


def test_anon_02_no_answer_echoes_what_somebody_sent_about_themselves(kept: Kept) -> None:
    assert told(kept.sieve.sift(kept.answered)) == []


def test_anon_03_no_words_are_in_any_log_even_after_duplicates_and_rivals(kept: Kept) -> None:
    """PostgreSQL's log is as it comes: it would tell the words of any statement that fails."""
    assert b"How do I tell wren?" in kept.careless or not kept.wal
    assert told(words(kept).sift(kept.logs)) == []


def test_anon_01_the_journal_and_redis_hold_no_words(kept: Kept) -> None:
    journal = {name: repr(rows).encode() for name, rows in kept.rows.items() if name.startswith("journal_")}

    assert len(kept.rows["journal_entry"]) > 100
    assert told(words(kept).sift(journal | kept.redis)) == []


def test_anon_01_words_stand_in_their_own_column_and_nowhere_else(kept: Kept) -> None:
    elsewhere = {
        table: repr([
            [value for name, value in row.items() if (table, name) not in WORDS] for row in rows
        ]).encode()
        for table, rows in kept.rows.items()
    }  # fmt: skip

    assert told(words(kept).sift(elsewhere)) == []


def test_anon_01_what_was_withdrawn_or_changed_is_in_no_row(kept: Kept) -> None:
    gone = Sieve({word: word for word in kept.story.gone})

    assert len(gone.marks) > 20
    assert told(gone.in_one("dump", kept.dump)) == []


def test_anon_01_what_help_was_wanted_is_forgotten_when_a_booking_is_over(kept: Kept) -> None:
    rows = kept.rows["bookings_booking"]
    by_state = {state: [row for row in rows if row["state"] == state] for state in (b"held", b"served")}

    assert len(rows) == 2 * EACH
    assert {row["labels"] for row in by_state[b"held"]} == {f'["{LABELS["kept"]}"]'.encode()}
    over = {(row["labels"], row["ticket"], row["slot"]) for row in by_state[b"served"]}
    assert over == {(b"[]", None, 0)}
    gone = {one.secret.id.bytes for one in kept.story.bookings if one.fate == "cancelled"}
    assert len(gone) == EACH
    assert [row for table in kept.rows.values() for row in table if gone & set(spelt(row))] == []


def spelt(row: dict[str, object]) -> list[bytes]:
    return [value for value in row.values() if isinstance(value, bytes)]


def test_anon_30_a_reply_for_one_asker_is_in_no_dump_no_file_and_no_log(kept: Kept) -> None:
    sealed = Sieve({word: word for word in kept.story.sealed})

    assert len(sealed.marks) > 20
    assert len(kept.rows["safety_note"]) > 20
    assert told(sealed.in_one("dump", kept.dump)) == []
    assert told(sealed.sift(kept.raw | kept.rested | kept.wal | kept.logs | kept.redis)) == []
    assert told(sealed.sift(kept.answered)) == []


def test_anon_01_what_is_not_shown_is_in_nothing_the_public_reads(kept: Kept) -> None:
    unshown = {one.word: one.word for one in kept.story.sent if one.fate not in {"shown", "edited"}}

    assert len(unshown) > 40
    assert told(Sieve(unshown).sift(kept.answered)) == []


def test_anon_06_of_spent_tokens_no_time_of_their_making_is_kept(kept: Kept) -> None:
    spent = kept.rows["token_blacklist_outstandingtoken"]

    assert len(spent) >= 3
    assert {(row["created_at"], row["token"], row["user_id"]) for row in spent} == {(None, b"", None)}


def words(kept: Kept) -> Sieve:
    """What anybody wrote, whether it is shown, waits, or is gone."""
    return Sieve({word: word for word in [*(one.word for one in kept.story.sent), *kept.story.gone]})
