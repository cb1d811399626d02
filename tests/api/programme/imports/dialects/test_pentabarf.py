import pytest
from tests.api.programme.imports.files import OURS, changed, refused

from equalterms.programme.imports.dialects import pentabarf
from equalterms.programme.imports.dialects.raw import RawLink, RawPerson


def broken(name: str) -> list[str]:
    return refused((OURS / "broken" / name).read_text(), name, "Europe/London")


def test_every_word_of_a_session_knows_its_line() -> None:
    schedule = pentabarf.read((OURS / "fosdem.xml").read_text())

    session = schedule.sessions[0]
    assert (session.where, session.at("start"), session.word("start")) == ("line 19", "line 20", "10:30")
    assert session.persons == [
        RawPerson("line 32", "Zoë Okafor", "7"),
        RawPerson("line 33", "Ravi Shah", "8"),
    ]
    assert session.links[0] == RawLink("Letters", "https://example.org/letters")
    assert [room.name for room in schedule.rooms] == ["Main hall", "Empty room", "Table room"]


def test_elements_in_an_abstract_are_spelled_out_as_the_markup_they_are() -> None:
    session = pentabarf.read((OURS / "pretalx.xml").read_text()).sessions[1]

    assert session.word("abstract") == (
        '<p>Written with <a href="https://example.org/x">real</a> elements &amp; care.</p><p>Second.</p>'
    )


def test_a_namespace_changes_nothing() -> None:
    plain = changed("pretalx.xml")
    spaced = plain.replace("<schedule ", '<s:schedule xmlns:s="https://example.org/s" ')
    spaced = (
        spaced.replace("</schedule>", "</s:schedule>")
        .replace("<event ", "<s:event ")
        .replace("</event>", "</s:event>")
    )
    spaced = spaced.replace("code=", "s:code=")

    assert pentabarf.read(spaced) == pentabarf.read(plain)


def test_a_harmless_doctype_is_read() -> None:
    text = changed("fosdem.xml", ("<schedule>", '<!DOCTYPE schedule SYSTEM "schedule.dtd"><schedule>'))

    assert len(pentabarf.read(text).sessions) == 3


def test_entities_are_never_expanded() -> None:
    assert broken("laughs.xml") == [
        "line 3: the file defines entities, which no schedule needs and we do not expand"
    ]


def test_another_root_is_refused_by_its_name() -> None:
    assert broken("root.xml") == [
        "line 2: this is <rss>, not a schedule: the first element should be <schedule>"
    ]
    assert broken("page.xml") == [
        "line 2: this is a web page, not a schedule: the first element should be <schedule>"
    ]


def test_a_schedule_without_days_is_refused() -> None:
    assert broken("no-days.xml") == ["line 2: <schedule> holds no <day>"]


def test_a_schedule_without_a_conference_is_refused() -> None:
    assert refused("<schedule><day date='2026-02-07'/></schedule>") == [
        "line 1: <schedule> holds no <conference>"
    ]


def test_an_element_that_is_never_closed_is_named_by_its_line() -> None:
    text = changed("fosdem.xml")
    until = text[: text.index("<title>A late walk")]

    line = until.count("\n") + 1
    assert refused(until) == [
        f"line {line}: not well-formed XML: the file ends before its last element is closed"
    ]


def test_a_wrong_tag_is_named_by_its_line() -> None:
    assert refused("<schedule>\n<conference>\n</schedule>") == ["line 3: not well-formed XML: mismatched tag"]


@pytest.mark.parametrize("depth", [50, 100_000])
def test_a_file_nested_without_end_is_refused(depth: int) -> None:
    assert refused("<schedule>" + "<day>" * depth) == [
        "line 1: the elements are nested too deeply for a schedule"
    ]


def test_outside_files_are_never_read() -> None:
    text = '<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/hostname">]><schedule>&x;</schedule>'

    assert refused(text) == [
        "line 1: the file defines entities, which no schedule needs and we do not expand"
    ]
