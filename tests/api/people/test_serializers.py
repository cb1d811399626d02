from equalterms.people.models import Surgeon
from equalterms.people.serializers import Password, ProfileSerializer, SurgeonCardSerializer

FULL = {
    "name": "Nasreen A.",
    "headline": "I blog about bad days and good soup",
    "pronouns": "she/her",
    "about": "I have lived with depression.",
    "labels": ["lived experience"],
    "links": [{"label": "Blog", "url": "https://example.org/blog"}],
}


def test_a_private_field_is_blank_and_a_public_one_is_printed() -> None:
    surgeon = Surgeon(**FULL, public=["labels", "links"])

    printed = ProfileSerializer(surgeon).data

    assert printed == {
        "id": str(surgeon.pk),
        "name": "Nasreen A.",
        "headline": "",
        "labels": ["lived experience"],
        "photo": None,
        "pronouns": "",
        "about": "",
        "links": [{"label": "Blog", "url": "https://example.org/blog"}],
    }


def test_a_card_is_the_short_form_of_a_profile() -> None:
    card = SurgeonCardSerializer(Surgeon(**FULL, public=list(Surgeon.CHOOSABLE))).data

    assert list(card) == ["id", "name", "headline", "labels", "photo"]
    assert card["headline"] == FULL["headline"]


def test_a_password_is_kept_as_typed_but_for_the_keyboards_way_of_accents() -> None:
    assert Password().run_validation("  cafe\u0301  ") == "  caf\u00e9  "
