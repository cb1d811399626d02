"""A programme of 674 sessions on a phone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.architecture.tree import ROOT
from tests.conftest import need
from tests.journeys.command import equalterms
from tests.journeys.phones import Phone, Phones
from tests.served import Served, served

pytestmark = pytest.mark.journey
SCHEDULE = ROOT.parent / "shared" / "data" / "fosdem2024.xml"
ROOM = "H.2215 (Ferrer)"
MOST_NODES = 400


@pytest.fixture(scope="module")
def day(built_app: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A home that was empty before FOSDEM 2024 was imported."""
    if not SCHEDULE.exists():
        need("there is no ../shared/data/fosdem2024.xml to import")
    home: Path = tmp_path_factory.mktemp("fosdem") / "home"
    equalterms(home, "import-schedule", str(SCHEDULE), "--timezone", "Europe/Brussels")
    with served(home) as server:
        yield server


@pytest.fixture
def programme(phones: Phones, day: Served) -> Phone:
    """The programme of the event that was imported, open on a phone."""
    (event,) = day.get("/api/v1/events/").json()["results"]
    phone = phones()
    phone.open(f"/e/{event['slug']}/programme")
    phone.heading("Programme")
    return phone


def rows(phone: Phone) -> Locator:
    """The sessions that are drawn."""
    main = phone.page.get_by_role("main")
    return main.get_by_role("listitem").filter(has=phone.page.get_by_role("link"))


def nodes(page: Page) -> int:
    return int(page.evaluate("document.querySelectorAll('*').length"))


def test_searching_finds_sessions_by_their_words_while_typing(programme: Phone) -> None:
    requests = len(programme.sent("/api/v1/"))

    programme.page.get_by_label("Search").press_sequentially("privileges postgres")

    programme.sees("1 session")
    expect(rows(programme)).to_have_count(1)
    expect(rows(programme)).to_contain_text("Roles, Privileges, and Security in PostgreSQL")
    assert len(programme.sent("/api/v1/")) == requests


def test_a_speaker_is_found_without_the_accents(programme: Phone) -> None:
    programme.page.get_by_label("Search").fill("Bjorn")

    expect(programme.page.get_by_role("link", name="Björn").first).to_be_visible()


def test_filters_narrow_the_programme_to_one_room(programme: Phone) -> None:
    programme.page.get_by_text("Filter", exact=True).tap()
    programme.page.get_by_label("Room").select_option(label=ROOM)

    programme.sees("Filter (1 chosen)")
    expect(rows(programme).first).to_contain_text(ROOM)
    assert [text for text in rows(programme).all_text_contents() if ROOM not in text] == []
    programme.page.get_by_role("button", name="Clear search and filter").first.tap()
    expect(programme.page.get_by_label("Room")).to_have_value("")


def test_the_whole_programme_is_scrolled_through_with_few_nodes(programme: Phone) -> None:
    page, most = programme.page, 0
    for _ in range(12):
        most = max(most, nodes(page))
        page.mouse.wheel(0, 3000)
        page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")

    assert page.evaluate("scrollY") > 3000
    assert most <= MOST_NODES
