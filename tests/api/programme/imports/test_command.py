import io
import threading
import time
from pathlib import Path

import pytest
from django.db import connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries
from tests.api.programme.imports.files import GOOD, OURS, a_file, changed, real, rows
from tests.askers import Phone
from tests.makers import a_session, an_event

from equalterms.journal.models import Entry, Topic
from equalterms.programme.imports import Broken, ImportResult, import_schedule, run
from equalterms.programme.models import Event, Session
from equalterms.questions.models import Question

pytestmark = pytest.mark.django_db
SECONDS = 20  # what FOSDEM may take
INVALID = sorted(path.name for path in (OURS / "broken").iterdir())


class Screen(io.StringIO):
    """Somewhere to print to that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def ran(path: Path | str, timezone: str | None = None, *, draft: bool = False) -> tuple[int, str, str]:
    """Status, output and errors of the command."""
    output, errors = io.StringIO(), io.StringIO()
    status = run(str(path), timezone, draft, output, errors)
    return status, output.getvalue(), errors.getvalue()


def state() -> tuple[dict[str, int], list[tuple[object, int]], int]:
    """All that a second import must leave as it is."""
    return rows(), sorted(Topic.objects.values_list("pk", "version")), Entry.objects.count()


def a_large_file(sessions: int) -> str:
    """A FOSDEM-like programme of that many sessions."""
    event = (
        '<event id="{0}"><start>{1:02}:{2:02}</start><duration>00:25</duration><title>Session {0}</title>'
        "<abstract>&lt;p&gt;About {0}.&lt;/p&gt;</abstract>"
        '<persons><person id="{0}">Person {0}</person></persons></event>'
    )
    day = "".join(event.format(n, 9 + n // 60 % 9, n % 60) for n in range(1, sessions + 1))
    return (
        "<schedule><conference><title>Large</title><time_zone_name>Europe/London</time_zone_name>"
        f'</conference><day date="2026-02-07"><room name="One">{day}</room></day></schedule>'
    )


def test_a_schedule_becomes_a_published_event() -> None:
    status, output, errors = ran(OURS / "frab.json")

    assert (status, errors) == (0, "")
    assert output == (
        "“Equal Terms Camp 2026” (etcamp26, published): 2 sessions, 2 people. "
        "2 added, 0 changed, 0 cancelled.\n"
    )
    assert rows() == {"Event": 1, "Room": 2, "Session": 2, "Listing": 2, "Appearance": 3}


def test_a_draft_is_shown_to_nobody() -> None:
    ran(OURS / "frab.json", draft=True)

    assert list(Event.objects.published()) == []
    assert Event.objects.get().state == "draft"


@pytest.mark.parametrize("name", GOOD)
def test_a_second_import_of_the_same_file_changes_nothing(name: str) -> None:
    ran(OURS / name, GOOD[name])
    before = state()

    status, output, _ = ran(OURS / name, GOOD[name])

    assert status == 0
    assert output.endswith("Nothing changed.\n")
    assert state() == before


def test_a_changed_file_updates_and_keeps_what_people_wrote() -> None:
    ran(OURS / "frab.json")
    Event.objects.update(mixing="off", proof=False)
    stars = Session.objects.get(title="Stars")
    Phone().ask(stars, "How far are they?")
    swaps = (("Stars", "Moon and stars"), ('"1:30:00"', '"2:00"'))

    with a_file(changed("frab.json", *swaps), "a.json") as path:
        status, output, _ = ran(path)

    stars.refresh_from_db()
    assert (status, stars.title) == (0, "Moon and stars")
    assert output.endswith("0 added, 1 changed, 0 cancelled.\n")
    assert Question.objects.get().session == stars


def test_a_session_gone_from_the_file_is_cancelled_with_its_questions() -> None:
    with a_file(a_large_file(3)) as path:
        ran(path)
    Event.objects.update(mixing="off", proof=False)
    third = Session.objects.get(title="Session 3")
    Phone().ask(third, "Will it come again?")

    with a_file(a_large_file(2)) as path:
        _, output, _ = ran(path)

    third.refresh_from_db()
    assert third.state == "cancelled"
    assert Question.objects.get().session == third
    assert output.endswith("0 added, 0 changed, 1 cancelled.\n")


@pytest.mark.parametrize("name", INVALID)
def test_a_broken_file_is_refused_with_status_2_and_nothing_is_written(name: str) -> None:
    status, output, errors = ran(OURS / "broken" / name, "Europe/London")

    assert (status, output) == (2, "")
    assert errors.startswith(str(OURS / "broken" / name) + ": ")
    assert errors.endswith("\nNothing was written.\n")
    assert set(rows().values()) == {0}


@pytest.mark.parametrize("path", ["nowhere.xml", str(OURS)])
def test_a_path_that_is_no_file_is_refused_with_status_2(path: str) -> None:
    status, _, errors = ran(path)

    assert status == 2
    assert errors.startswith(f"{path}: th")


@given(st.sampled_from(sorted(GOOD)), st.floats(0, 1, exclude_max=True))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_file_that_was_cut_off_anywhere_writes_nothing(name: str, share: float) -> None:
    whole = (OURS / name).read_bytes().rstrip()

    with a_file(whole[: int(len(whole) * share)], name) as path:
        status, output, errors = ran(path, GOOD[name])

    assert (status, output) == (2, "")
    assert errors.startswith(str(path))
    assert set(rows().values()) == {0}


def test_notes_are_printed_and_only_the_first_twenty() -> None:
    nobody = "<person id='1'></person>"
    with a_file(a_large_file(30).replace("</person>", f"</person>{nobody}")) as path:
        status, _, errors = ran(path)

    assert status == 0
    assert len(errors.splitlines()) == 21
    assert errors.endswith(": note: and 10 more of this kind\n")


def test_a_terminal_sees_a_progress_bar_and_a_file_does_not() -> None:
    screen, file = Screen(), io.StringIO()

    run(str(OURS / "frab.json"), None, False, io.StringIO(), screen)
    run(str(OURS / "frab.json"), None, False, io.StringIO(), file)

    assert "reading" in screen.getvalue()
    assert file.getvalue() == ""


def test_progress_is_told_stage_by_stage() -> None:
    heard: list[str] = []

    def hear(stage: str, done: int, total: int) -> None:
        heard.append(f"{stage} {done}/{total}")

    import_schedule(OURS / "frab.json", progress=hear)

    assert heard == [
        "reading 1/2", "reading 2/2", "comparing 0/1", "comparing 1/1", "writing 0/1", "writing 1/1",
    ]  # fmt: skip


def test_an_edit_between_comparing_and_writing_is_compared_again() -> None:
    ran(OURS / "frab.json")
    moves = iter([True])

    def edit(stage: str, done: int, _total: int) -> None:
        if (stage, done) == ("writing", 0) and next(moves, False):
            day = Event.objects.get().day
            Topic.objects.filter(pk=day.pk).update(version=day.version + 1)

    with a_file(changed("frab.json", ("Stars", "Moon")), "a.json") as path:
        result = import_schedule(path, progress=edit)

    assert (result.changed, Session.objects.filter(title="Moon").count()) == (1, 1)


def test_a_programme_that_never_rests_is_left_alone_with_a_kind_word() -> None:
    ran(OURS / "frab.json")

    def edit(stage: str, done: int, _total: int) -> None:
        if (stage, done) == ("writing", 0):
            day = Event.objects.get().day
            Topic.objects.filter(pk=day.pk).update(version=day.version + 1)

    with (
        a_file(changed("frab.json", ("Stars", "Moon")), "a.json") as path,
        pytest.raises(Broken, match="please try again in a minute"),
    ):
        import_schedule(path, progress=edit)

    assert Session.objects.filter(title="Moon").count() == 0


@pytest.mark.django_db(transaction=True)
def test_questions_are_taken_while_a_large_schedule_is_imported() -> None:
    session = a_session(an_event())
    answers: list[tuple[float, int, float]] = []
    over = threading.Event()

    def ask_on() -> None:
        phone = Phone()
        while not over.is_set():
            start = time.monotonic()
            status = phone.ask(session, f"Question {len(answers)}?").status_code
            answers.append((start, status, time.monotonic() - start))
        connections.close_all()

    asker = threading.Thread(target=ask_on)
    asker.start()
    try:
        with a_file(a_large_file(700)) as path:
            began = time.monotonic()
            result = import_schedule(path)
            ended = time.monotonic()
    finally:
        over.set()
        asker.join()

    meanwhile = [answer for answer in answers if began <= answer[0] <= ended]
    assert (result.added, {status for _, status, _ in answers}) == (700, {201})
    assert meanwhile
    assert max(took for _, _, took in answers) < 2
    assert Question.objects.count() == len(answers)


@pytest.mark.parametrize("sessions", [1, 3])
def test_an_import_costs_one_number_of_queries_whatever_its_size(
    sessions: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with a_file(a_large_file(sessions)) as path, django_assert_num_queries(22):
        import_schedule(path)


def fosdem() -> ImportResult:
    return import_schedule(real("fosdem2024.xml"), timezone="Europe/Brussels")


def test_fosdem_is_imported_whole_and_in_time() -> None:
    start = time.monotonic()
    result = fosdem()

    assert time.monotonic() - start < SECONDS
    assert (result.sessions, result.added, result.people) == (674, 674, 738)
    assert rows() == {"Event": 1, "Room": 32, "Session": 674, "Listing": 738, "Appearance": 826}
    assert Session.objects.values("day").distinct().count() == 2
    assert Session.objects.filter(about__regex=r"</?(p|a|li|ul|strong)\b").count() == 0


def test_a_second_import_of_fosdem_changes_nothing() -> None:
    fosdem()
    before = state()

    assert fosdem().nothing_changed
    assert state() == before


def test_fosdem_without_a_zone_is_refused() -> None:
    status, _, errors = ran(real("fosdem2024.xml"))

    assert (status, set(rows().values())) == (2, {0})
    assert "--timezone" in errors


@pytest.mark.parametrize(
    ("name", "sessions", "people"), [("frab-camp2019.json", 79, 90), ("pretalx-democon.json", 36, 27)]
)
def test_real_schedules_of_other_makers_are_imported_and_stay_as_they_are(
    name: str, sessions: int, people: int
) -> None:
    result = import_schedule(real(name))
    before = state()

    assert (result.added, result.people) == (sessions, people)
    assert import_schedule(real(name)).nothing_changed
    assert state() == before


def test_the_published_invalid_example_is_refused_by_path() -> None:
    status, _, errors = ran(real("invalid-example.json"))

    person = 'schedule.conference.days[0].rooms["Winterchaos"][0].persons[0]'
    assert status == 2
    assert f": {person}.id: id “dsadf” is not a number or a UUID\n" in errors
    assert set(rows().values()) == {0}
