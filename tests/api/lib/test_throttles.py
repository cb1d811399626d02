from equalterms.lib.throttles import Slowdown


def test_the_first_failures_are_free_and_then_pauses_double_up_to_the_longest() -> None:
    slowdown = Slowdown(free=2, longest=5)

    assert [slowdown.failed("tom") for _ in range(7)] == [0, 0, 1, 2, 4, 5, 5]
    assert slowdown.wait("tom") == 5


def test_names_do_not_wait_for_one_another() -> None:
    slowdown = Slowdown(free=0)
    slowdown.failed("tom", "cafe")

    assert (slowdown.wait("tom", "cafe"), slowdown.wait("tom", "home"), slowdown.wait("tomcafe")) == (1, 0, 0)


def test_a_pause_ends_and_failures_are_forgotten_after_a_rest() -> None:
    seconds = [0.0]
    slowdown = Slowdown(free=0, rest=60, seconds=lambda: seconds[0])
    slowdown.failed("tom")
    slowdown.failed("tom")

    waits = []
    for seconds[0] in (0.0, 0.5, 1.5, 2.0):
        waits.append(slowdown.wait("tom"))

    assert waits == [2, 2, 1, 0]
    seconds[0] = 59
    assert slowdown.failed("tom") == 4
    seconds[0] = 119
    assert slowdown.failed("tom") == 1


def test_who_is_forgiven_starts_afresh() -> None:
    slowdown = Slowdown(free=0)
    slowdown.failed("tom")

    slowdown.forgive("tom")
    slowdown.forgive("nobody")

    assert (slowdown.wait("tom"), slowdown.failed("tom")) == (0, 1)


def test_memory_holds_so_many_names_and_none_of_them_readable() -> None:
    slowdown = Slowdown(free=0, most=3)
    for name in ("ann", "bob", "cat", "dan"):
        slowdown.failed(name)

    assert [slowdown.wait(name) for name in ("ann", "bob", "cat", "dan")] == [0, 1, 1, 1]
    assert not any(b"bob" in key for key in slowdown._names)
