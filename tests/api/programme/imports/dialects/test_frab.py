import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.api.programme.imports.files import OURS, planned, refused, reshaped

from equalterms.programme.imports.dialects import frab
from equalterms.programme.imports.dialects.raw import Broken, RawLink, RawPerson

TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def broken(name: str) -> list[str]:
    return refused((OURS / "broken" / name).read_text(), name, "Europe/London")


def test_every_word_of_a_session_knows_its_path() -> None:
    session = frab.read((OURS / "frab.json").read_text()).sessions[1]

    assert session.where == 'schedule.conference.days[0].rooms["Big tent"][1]'
    assert session.at("start") == session.where + ".start"
    assert session.persons == [RawPerson(session.where + ".persons[0]", "jinx", "1")]
    assert session.links == [RawLink("", "https://example.org/stars")]


def test_rooms_may_be_a_list_of_rooms_that_hold_their_events() -> None:
    def as_list(conference: dict[str, Any]) -> None:
        for day in conference["days"]:
            day["rooms"] = [{"name": name, "events": events} for name, events in day["rooms"].items()]

    as_dict = planned((OURS / "frab.json").read_text(), "a.json")

    assert planned(reshaped("frab.json", as_list), "a.json").sessions == as_dict.sessions


def test_the_hubs_flat_list_of_events_is_read() -> None:
    session = frab.read((OURS / "hub.json").read_text()).sessions[0]

    assert (session.word("room"), session.word("track"), session.persons[0].name) == ("Stage", "ccc", "Sen")


def test_rooms_on_the_wrong_level_are_read_and_remarked_on() -> None:
    tree = json.loads((OURS / "frab.json").read_text())
    tree["schedule"]["rooms"] = tree["schedule"]["conference"].pop("rooms")

    plan = planned(json.dumps(tree), "a.json")

    assert plan.rooms[0].about == "Step-free, by the gate"
    assert plan.warnings == ["schedule.rooms: rooms belong in schedule.conference.rooms; read all the same"]


def test_a_conference_without_its_schedule_around_it_is_read() -> None:
    tree = json.loads((OURS / "frab.json").read_text())["schedule"]

    assert len(planned(json.dumps(tree), "a.json").sessions) == 2


def test_another_root_is_refused() -> None:
    assert broken("root.json") == ["the file: should be an object {…}, and is a list"]
    assert refused('{"events": []}', "a.json") == ["schedule: is missing"]
    assert refused('{"schedule": {"days": []}}', "a.json") == ["schedule.conference: is missing"]


def test_a_schedule_without_days_is_refused() -> None:
    assert broken("no-days.json") == ["schedule.days: is missing"]
    assert refused('{"schedule": {"conference": {"days": []}}}', "a.json") == [
        "schedule.conference.days: holds no day"
    ]


def test_a_value_of_the_wrong_kind_is_named_by_its_path() -> None:
    def spoil(conference: dict[str, Any]) -> None:
        conference["days"][0]["rooms"]["Big tent"][1]["persons"] = "jinx"

    assert refused(reshaped("frab.json", spoil), "a.json") == [
        'schedule.conference.days[0].rooms["Big tent"][1].persons: should be a list […], and is text'
    ]


def test_a_list_where_a_word_belongs_is_named_by_its_path() -> None:
    def spoil(conference: dict[str, Any]) -> None:
        conference["days"][0]["rooms"]["Big tent"][0]["title"] = ["Opening"]

    assert refused(reshaped("frab.json", spoil), "a.json") == [
        'schedule.conference.days[0].rooms["Big tent"][0].title: should be text, and is a list'
    ]


def test_a_slip_in_the_json_is_named_by_its_line() -> None:
    assert refused('{"schedule":\n{"conference": nope}}', "a.json") == [
        "line 2: not JSON: Expecting value (column 16)"
    ]


@pytest.mark.parametrize("text", ['{"schedule":' + "[" * 200_000, '{"schedule": ' + "9" * 5000 + "}"])
def test_json_made_to_exhaust_us_is_refused(text: str) -> None:
    assert refused(text, "a.json") == ["this JSON is nested too deeply or holds too long a number"]


@given(TREES, st.data())
@settings(max_examples=300, deadline=None)
def test_any_value_anywhere_is_read_or_refused_but_never_trips_us(value: object, data: st.DataObject) -> None:
    tree = json.loads((OURS / "pretalx.json").read_text())
    at: Any = tree
    while True:
        keys = list(at) if isinstance(at, dict) else range(len(at))
        key = data.draw(st.sampled_from(list(keys)))
        if not (isinstance(at[key], dict | list) and at[key]) or data.draw(st.integers(0, 4)) == 0:
            break
        at = at[key]
    at[key] = value

    with suppress(Broken):
        assert planned(json.dumps(tree), "a.json").sessions
