"""The asker's journey in browsers of other makes: open, ask, receipt, live, no signal and back."""

import pytest
from tests.journeys.engines.conftest import StoppableDay
from tests.journeys.engines.engine import Engine

pytestmark = pytest.mark.engine
SENT = "Sent. Somebody reads it before others do."


def ask(engine: Engine, text: str) -> None:
    engine.press("Ask a question")
    engine.write("Your question", text)
    engine.press("Send without a name")
    engine.sees("Your receipt")


def test_an_asker_asks_is_answered_and_loses_the_signal(engine: Engine, own_day: StoppableDay) -> None:
    session = own_day.desk.session("photos and privacy")
    make = type(engine).__name__
    first, second = f"Does {make} tell where I am?", f"And {make} with no signal?"
    engine.open(f"{own_day.url}/s/{session['code']}")
    engine.sees("Live")

    ask(engine, first)
    engine.sees(SENT)
    engine.press("Write it down")
    engine.sees("These eight words open it on any phone.")
    engine.press("Back to the session")
    engine.sees("Live")
    question = own_day.desk.show(first)
    engine.sees_question(first, "Me too")
    own_day.desk.answer(question, "Only if you let it.")
    engine.sees_question(first, "Only if you let it.")
    assert engine.run("() => document.cookie") == ""

    engine.settled()
    with engine.away():
        engine.open(f"{own_day.url}/s/{session['code']}")
        engine.sees("Offline, showing")
        engine.sees_question(first, "Only if you let it.")
        ask(engine, second)
        engine.sees("That didn't send yet. It is safe on your phone.")
    engine.sees(SENT)

    assert len(own_day.desk.reviews(second)) == 1
    engine.open(f"{own_day.url}/mine")
    engine.sees("Answered")
    engine.sees("Waiting for review")
