from uuid import uuid4

from equalterms.journal.tallies import Tallies


def test_what_was_touched_is_taken_once() -> None:
    tallies, one, two = Tallies(), uuid4(), uuid4()
    for ident in (one, two, one):
        tallies.touch(ident)

    assert tallies.take() == {one, two}
    assert tallies.take() == set()
