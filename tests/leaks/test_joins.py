"""Nothing that is kept joins two things one phone sent, nor tells more of when than a quarter of an hour."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from tests.leaks.kept import Kept
from tests.leaks.story import Sent

ANONYMOUS = ("questions_", "threads_", "safety_", "bookings_")
SLOT = 15 * 60
# What things share by design: their session, and words of a fixed list that thousands have in common.
SHARED = {"session_id", "topic_id", "state", "before", "slot", "kind", "audience", "reason"}
SHORTEST = 4
TABLES = {
    "question": "questions_question", "comment": "threads_comment", "booking": "bookings_booking",
}  # fmt: skip
Row = dict[str, Any]
Told = set[bytes]


def anonymous_rows(kept: Kept) -> Iterator[tuple[str, Row]]:
    for table, rows in kept.rows.items():
        if table.startswith(ANONYMOUS) and table not in {"questions_answer", "safety_claim"}:
            yield from ((table, row) for row in rows)


def values(rows: list[Row], but: set[str] = SHARED) -> Told:
    """Every stored value of four bytes or more in these rows; numbers as eight bytes."""
    found = set()
    for row in rows:
        for name, value in row.items():
            if name in but or value is None or isinstance(value, bool):
                continue
            spelt = value.to_bytes(8, "big", signed=True) if isinstance(value, int) else bytes(value)
            if len(spelt.lstrip(b"\0")) >= SHORTEST:
                found.add(spelt)
    return found


class Traces:
    """The rows that are there because of one thing a phone sent, found by what only that phone knows."""

    def __init__(self, kept: Kept) -> None:
        self.rows = kept.rows

    def _by(self, table: str, name: str, value: object) -> list[Row]:
        return [row for row in self.rows[table] if row[name] == value]

    def of(self, one: Sent) -> list[Row]:
        ident, table = one.secret.id.bytes, TABLES[one.secret.kind]
        return [
            *self._by(table, "id", ident),
            *self._by("safety_review", "subject", ident),
            *self._by("safety_receipt", "subject", ident),
            *self._by("safety_note", "box", one.secret.box.encode()),
        ]

    def of_tag(self, use: str, mark: bytes) -> list[Row]:
        table = {"vote": "questions_vote", "reaction": "threads_reaction", "report": "safety_report"}[use]
        return self._by(table, "tag", mark)


def joined(things: list[tuple[str, Told]]) -> list[str]:
    """Pairs that have a value in common."""
    return [f"{a} and {b}: {sorted(x & y)}" for (a, x), (b, y) in combinations(things, 2) if x & y]


def sent_by(kept: Kept, number: int, kind: str) -> list[Sent]:
    story = kept.story
    sent = [*story.sent, *story.bookings]
    return [one for one in sent if one.phone is story.phones[number] and one.secret.kind == kind]


def test_anon_04_what_joins_two_rows_would_be_seen() -> None:
    rows = [
        {"id": b"q" * 16, "device": b"pixel-7"},
        {"id": b"r" * 16, "device": b"pixel-7"},
        {"moment": 1_900_000_123},
    ]

    assert joined([("one", values(rows[:1])), ("other", values(rows[1:]))]) != []
    assert joined([("one", values(rows[2:])), ("other", values(rows[2:]))]) != []


def test_anon_04_no_stored_value_joins_two_questions_of_one_phone(kept: Kept) -> None:
    traces, looked_at, found = Traces(kept), 0, []
    for number in range(len(kept.story.phones)):
        mine = [(str(one.secret.id), values(traces.of(one))) for one in sent_by(kept, number, "question")]
        mine = [(name, told) for name, told in mine if told]
        looked_at += len(mine)
        found += joined(mine)

    assert looked_at > 150
    assert found == []


def test_anon_05_nor_a_question_with_a_vote_a_report_a_comment_a_reaction_or_a_place(kept: Kept) -> None:
    seen = dict.fromkeys(("comment", "booking", "vote", "report", "reaction"), 0)
    traces, found = Traces(kept), []
    for number, phone in enumerate(kept.story.phones):
        questions = [("question", values(traces.of(one))) for one in sent_by(kept, number, "question")]
        others = [
            (kind, values(traces.of(one)))
            for kind in ("comment", "booking")
            for one in sent_by(kept, number, kind)
        ]
        # A vote names the question it is for; its own question may be the same phone's, and so name itself.
        others += [
            (
                cast.use,
                values(
                    traces.of_tag(cast.use, cast.tag), SHARED | {"question_id", "review_id", "comment_id"}
                ),
            )
            for cast in kept.story.casts
            if cast.phone is phone
        ]
        for name, told in others:
            seen[name] += bool(told)
            found += [line for question in questions for line in joined([question, (name, told)])]
        found += joined([(name, told) for name, told in others if name != "comment"])

    assert min(seen.values()) >= 10, seen
    assert found == []


def test_anon_05_votes_name_what_they_are_for_and_nothing_else(kept: Kept) -> None:
    names = {table: set(rows[0]) for table, rows in kept.rows.items() if rows}

    assert names["questions_vote"] == {"id", "question_id", "tag"}
    assert names["safety_report"] == {"id", "review_id", "tag", "reason"}
    assert names["threads_reaction"] == {"id", "comment_id", "kind", "tag"}


def test_anon_07_every_time_that_is_kept_is_a_quarter_of_an_hour(kept: Kept) -> None:
    """Any number that can be a time of this century is one, to the second or finer."""
    times, finer = 0, []
    for table, row in anonymous_rows(kept):
        for name, value in row.items():
            if not isinstance(value, int) or name in {"shuffle", "shown"}:
                continue
            times += 1_500_000_000 < value < 2_500_000_000
            if value > 1_000_000 and value % SLOT:
                finer.append((table, name, value))

    assert times > 400
    assert finer == []


def test_anon_07_and_none_is_kept_as_anything_but_a_number(kept: Kept) -> None:
    kinds = {
        (table, name): type(value)
        for table, row in anonymous_rows(kept)
        for name, value in row.items()
        if value is not None and not isinstance(value, bytes | int | bool)
    }

    assert kinds == {}


def test_anon_07_nor_are_there_finer_times_in_what_staff_did_or_in_the_journal(kept: Kept) -> None:
    acts = [row["slot"] for row in kept.rows["people_act"]]

    assert len(acts) > 10
    assert [slot for slot in acts if slot % SLOT] == []
    assert set(kept.rows["journal_entry"][0]) == {"id", "topic_id", "version", "kind", "subject"}
