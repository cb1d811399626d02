import pytest

from equalterms.sharing.rules import roughly


@pytest.mark.parametrize(
    ("count", "least", "most"), [(0, 0, 4), (1, 0, 4), (4, 0, 4), (5, 5, 9), (9, 5, 9), (10, 10, 14)]
)
def test_decisions_are_told_in_steps_of_five(count: int, least: int, most: int) -> None:
    assert roughly(count) == {"least": least, "most": most}
