"""Two who change one answer at once: nothing either of them wrote is lost unseen."""

import pytest
from playwright.sync_api import expect
from tests.journeys.desk import PATIENCE, Desk
from tests.journeys.phones import Phones
from tests.journeys.tables import signed_in

pytestmark = pytest.mark.journey


def test_whoever_changes_an_answer_second_sees_what_the_first_has_made_of_it(
    phones: Phones, desk: Desk
) -> None:
    code, question = str(desk.session("photos and privacy")["code"]), "Who else reads a closed group?"
    phones().ask(code, question)
    shown = desk.show(question)
    made = desk.call(
        "surgeon", "POST", f"desk/questions/{shown}/answers/", {"text": "Whoever runs it, and its members."}
    )
    surgeon = signed_in(phones(), desk.account("surgeon"), "answers")
    surgeon.page.get_by_label("Of session").select_option(label="Surgery: photos and privacy")
    surgeon.page.get_by_label("Show me").select_option("answered")
    card = surgeon.page.get_by_role("article").filter(has_text=question)
    surgeon.tap(card.get_by_role("button", name="Change it"))
    box = card.get_by_label("Your answer")
    expect(box).to_have_value("Whoever runs it, and its members.")
    box.fill("Its members, and the company.")
    surgeon.page.wait_for_load_state("networkidle")

    theirs = "Whoever runs it. Ask them who that is."
    desk.call("organiser", "PATCH", f"desk/answers/{made.json()['id']}/", {"text": theirs})
    surgeon.may_be_refused = {412}
    surgeon.tap(card.get_by_role("button", name="Save the change"))

    notice = card.get_by_role("status").filter(has_text="Somebody else changed this answer after you began.")
    expect(notice).to_contain_text(theirs, timeout=PATIENCE * 1000)
    expect(box).to_have_value("Its members, and the company.")
    surgeon.tap(card.get_by_role("button", name="Save the change"))
    surgeon.sees("Your change is shown.")

    visitor = phones()
    visitor.open(f"/s/{code}")
    visitor.sees("Its members, and the company.")
