from equalterms.lib.refusal import Refusal, not_found


def test_a_refusal_is_a_conflict_unless_it_says_otherwise() -> None:
    refusal = Refusal("room-in-use", "Sessions are in this room.")

    assert (str(refusal), refusal.status, refusal.errors, refusal.retry_after) == (
        "room-in-use",
        409,
        [],
        None,
    )


def test_what_may_not_be_known_is_not_found() -> None:
    assert (not_found().code, not_found().status) == ("not-found", 404)
