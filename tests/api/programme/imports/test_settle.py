import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.api.programme.imports.files import GOOD, OURS, changed, planned, refused

from equalterms.programme.imports.dialects.opening import opened
from equalterms.programme.imports.plan import Plan
from equalterms.programme.imports.settle import kind, language, settle
from equalterms.programme.imports.settling import plain


def ours(name: str) -> Plan:
    return planned((OURS / name).read_text(), name, GOOD[name])


@pytest.mark.parametrize("name", GOOD)
def test_every_dialect_of_ours_is_read(name: str) -> None:
    plan = ours(name)

    assert plan.sessions
    assert plan.starts == min(session.starts for session in plan.sessions)
    assert plan.ends == max(session.ends for session in plan.sessions)


def test_a_fosdem_programme_is_read_whole() -> None:
    plan = ours("fosdem.xml")

    assert (plan.title, plan.slug, plan.tagline, plan.venue) == (
        "Equal Terms Days 2026",
        "equal-terms-days-2026",
        "Two days in plain words",
        "The Old Baths, Leeds",
    )
    assert [room.name for room in plan.rooms] == ["Main hall", "Empty room", "Table room"]
    assert [(session.title, session.kind, session.room) for session in plan.sessions] == [
        ("Letters people can read", "talk", "Main hall"),
        ("A late walk & talk", "open-space", "Main hall"),
        ("Hands-on: your first web page", "workshop", "Table room"),
    ]


def test_html_becomes_text_that_is_safe_and_reads_well() -> None:
    session = ours("fosdem.xml").sessions[0]

    assert session.about == (
        "Bring a letter.\n\nWe rewrite it:\n\n- slowly\n- together\n\n"
        "See our notes (https://example.org/plain)."
    )


def test_plain_text_stays_as_it_is() -> None:
    assert ours("fosdem.xml").sessions[2].about == "Plain text, no markup: 3 < 4."


def test_a_description_that_says_the_abstract_again_is_printed_once() -> None:
    assert ours("frab.json").sessions[0].about == "Welcome.\nBring a chair."


def test_abstract_and_description_follow_each_other() -> None:
    assert ours("pretalx.xml").sessions[0].about == "Sit down, ask.\n\nNo question is too small."


def test_a_maker_who_writes_real_elements_is_understood() -> None:
    assert ours("pretalx.xml").sessions[1].about == (
        "Written with real (https://example.org/x) elements & care.\n\nSecond."
    )


def test_links_and_attachments_are_kept_if_they_are_web_addresses() -> None:
    plan = ours("fosdem.xml")

    assert plan.sessions[0].links == [
        {"label": "Letters", "url": "https://example.org/letters"},
        {"label": "slides.pdf", "url": "https://example.org/slides.pdf"},
    ]
    assert plan.warnings == ["line 19: links that are no web address were left out, 1 from here on"]


@pytest.mark.parametrize(
    "link",
    [
        '<link href="www.example.org/a">A</link>',
        "<link>https://www.example.org/a</link>",
        '<link href="The letter A">https://www.example.org/a</link>',
        '<link href="https://www.example.org/a">https://example.org/shown</link>',
    ],
)
def test_an_address_written_in_a_makers_own_way_is_found(link: str) -> None:
    text = changed("fosdem.xml", ("<links></links>", f"<links>{link}</links>"))

    links = planned(text, timezone="Europe/Brussels").sessions[1].links
    assert [link["url"] for link in links] == ["https://www.example.org/a"]


def test_links_are_relative_to_the_base_of_the_file() -> None:
    assert ours("frab.json").sessions[0].links[0]["url"] == "https://example.org/camp/plan.html"
    assert ours("pretalx.json").sessions[0].links[1]["url"] == "https://example.org/media/ask.pdf"


def test_only_twenty_links_are_kept() -> None:
    link = '<link href="https://example.org/letters">Letters</link>'
    plan = planned(changed("fosdem.xml", (link, link * 30)), timezone="Europe/Brussels")

    assert len(plan.sessions[0].links) == 20
    assert "line 19: only the first 20 links were kept" in plan.warnings


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("Social media surgery", ""), "surgery"),
        (("lecture", "Surgeries"), "surgery"),
        (("Workshop", ""), "workshop"),
        (("hands-on", ""), "workshop"),
        (("Talk", "Tutorials"), "workshop"),
        (("OpenSpace", ""), "open-space"),
        (("devroom", "BOF - Track A"), "open-space"),
        (("lightningtalk", ""), "talk"),
        (("", ""), "talk"),
    ],
)
def test_a_makers_type_else_track_says_the_kind(words: tuple[str, str], found: str) -> None:
    assert kind(*words) == found


@pytest.mark.parametrize(
    ("said", "tag"),
    [("en", "en"), ("de_CH", "de-CH"), ("English, mostly", ""), ("", ""), ("zh-Hant", "zh-Hant")],
)
def test_a_language_is_a_tag_or_nothing(said: str, tag: str) -> None:
    assert language(said) == tag


def test_rooms_that_share_a_guid_are_known_by_name() -> None:
    assert [room.source for room in ours("pretalx.json").rooms] == ["name:Table 1", "name:Table 2"]


def test_a_room_with_a_guid_of_its_own_is_known_by_it() -> None:
    assert [(room.name, room.source, room.about) for room in ours("frab.json").rooms] == [
        ("Big tent", "guid:5f0cbb17-70b1-4e0f-8a33-5d2a7b9dbe01", "Step-free, by the gate"),
        ("Small tent", "guid:5f0cbb17-70b1-4e0f-8a33-5d2a7b9dbe02", ""),
    ]


def test_a_biography_is_the_persons_about() -> None:
    assert ours("pretalx.json").people[0].about == "Has sat on both sides.\n\nLikes tea."


def test_words_longer_than_we_hold_are_cut_and_noted() -> None:
    title = "A very long title " * 30
    plan = planned(changed("wafer.xml", ("<title>Opening", f"<title>{title}")))

    assert len(plan.sessions[0].title) <= 300
    assert plan.warnings == ["line 22: title has 539 characters and was cut to 300"]


def test_a_session_without_a_title_is_refused_by_its_line() -> None:
    assert refused(changed("wafer.xml", ("<title>Opening<", "<title> <"))) == [
        "line 22: a session needs a title"
    ]


def test_a_conference_without_a_title_is_refused_by_its_line() -> None:
    assert refused(changed("wafer.xml", ("<title>Wafer Days<", "<title><"))) == [
        "line 6: the conference has no title"
    ]


def test_a_schedule_without_any_session_is_refused() -> None:
    text = changed("wafer.xml")
    bare = text[: text.index("<event")] + text[text.index("</event>") + len("</event>") :]

    assert refused(bare) == ["the schedule holds no session"]


def test_several_problems_are_told_at_once() -> None:
    text = changed("fosdem.xml", ("<start>10:30", "<start>x"), ("<duration>90", "<duration>y"))

    assert refused(text, timezone="Europe/Brussels") == [
        "line 20: start “x” is not a time of day like 14:30",
        "line 68: duration “y” is not a length like 00:45",
    ]


def test_reading_is_told_session_by_session() -> None:
    heard: list[tuple[str, int, int]] = []
    settle(opened(OURS / "frab.json"), None, lambda *step: heard.append(step))

    assert heard == [("reading", 1, 2), ("reading", 2, 2)]


def test_the_event_lasts_from_its_first_session_to_its_last() -> None:
    plan = ours("fosdem.xml")

    assert (plan.starts, plan.ends) == (
        datetime(2026, 2, 7, 9, 30, tzinfo=UTC),
        datetime(2026, 2, 8, 9, 45, tzinfo=UTC),
    )


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60))
@settings(max_examples=150, deadline=None)
def test_a_title_comes_through_as_it_was_written(title: str) -> None:
    expected = " ".join(plain(title).split())
    text = changed("hub.json", ('"Night shift"', json.dumps(title)))

    if expected:
        assert planned(text, "a.json").sessions[0].title == expected
    else:
        assert refused(text, "a.json") == ["schedule.events[0].title: a session needs a title"]
