import hashlib

from equalterms.lib.throttles import Footfall, Slowdown


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


def test_a_name_is_kept_under_another_key_once_all_were_forgotten() -> None:
    seconds = [0.0]
    slowdown = Slowdown(rest=60, seconds=lambda: seconds[0])
    slowdown.failed("tom")
    first = set(slowdown._names)

    seconds[0] = 61
    slowdown.failed("tom")

    assert len(first) == len(slowdown._names) == 1
    assert first.isdisjoint(slowdown._names)


def test_names_are_forgotten_after_a_rest_even_if_nobody_comes() -> None:
    seconds = [0.0]
    slowdown = Slowdown(rest=60, seconds=lambda: seconds[0])
    slowdown.failed("tom")
    slowdown.forget_rested()
    assert len(slowdown._names) == 1

    seconds[0] = 60
    slowdown.forget_rested()

    assert not slowdown._names


def test_footfall_counts_what_came_lately_under_each_name() -> None:
    footfall = Footfall()

    assert [footfall.came("hall", 4), footfall.came("cafe"), footfall.came("hall")] == [4, 1, 5]


def test_footfall_fades_after_a_rest_and_is_gone_after_two() -> None:
    seconds = [0.0]
    footfall = Footfall(rest=600, seconds=lambda: seconds[0])
    footfall.came("hall", 1_000)

    counts = []
    for seconds[0] in (599, 600, 750, 900, 1199, 1200, 9_000):
        counts.append(footfall.came("hall", 0))

    assert counts == [1_000, 1_000, 750, 500, 1, 0, 0]


def test_footfall_keeps_so_many_names_and_forgets_those_that_came_longest_ago() -> None:
    footfall = Footfall(most=3)
    for name in ("one", "two", "three", "one", "four"):
        footfall.came(name)

    assert [footfall.came(name, 0) for name in ("one", "four")] == [2, 1]
    assert footfall.came("two", 0) == 0
    assert len(footfall._now._counts) == 3


def test_anon_25_the_key_of_a_network_rotates_and_its_digests_go_with_it() -> None:
    seconds = [0.0]
    footfall = Footfall(rest=600, seconds=lambda: seconds[0])

    def digests() -> set[bytes]:
        return {*footfall._now._counts, *footfall._before._counts}

    footfall.came("203.0.113.0")
    first = digests()
    seconds[0] = 601
    footfall.came("203.0.113.0")
    both = digests()
    seconds[0] = 1_202
    footfall.turn()
    second = digests()
    seconds[0] = 1_803
    footfall.turn()

    assert [len(first), len(both), len(second), len(digests())] == [1, 2, 1, 0]
    assert first < both
    assert first.isdisjoint(second)
    assert not {b"203.0.113.0", hashlib.sha256(b"203.0.113.0").digest()[:8]} & both
