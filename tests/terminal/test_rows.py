"""The rows of a screen by version: each client gets what it has not seen."""

from termlab.terminal.rows import RowCache


def test_a_new_client_gets_every_row() -> None:
    cache = RowCache(2)
    cache.update({0: b"a"})
    assert cache.since(0) == ((0, b"a"), (1, b""))


def test_who_has_seen_all_gets_nothing() -> None:
    cache = RowCache(2)
    cache.update({0: b"a", 1: b"b"})
    assert cache.since(cache.version) == ()


def test_each_gets_what_changed_since_it_looked() -> None:
    cache = RowCache(3)
    cache.update({0: b"a", 1: b"b", 2: b"c"})
    fast = cache.version
    cache.update({1: b"B"})
    slow = fast
    fast = cache.version
    cache.update({2: b"C"})
    assert cache.since(fast) == ((2, b"C"),)
    assert cache.since(slow) == ((1, b"B"), (2, b"C"))


def test_rows_that_are_as_before_are_no_change() -> None:
    cache = RowCache(2)
    cache.update({0: b"a"})
    seen = cache.version
    cache.update({0: b"a", 1: b""})
    assert cache.version == seen
    assert cache.since(seen) == ()


def test_changes_of_one_update_share_a_version() -> None:
    cache = RowCache(2)
    before = cache.version
    cache.update({0: b"a", 1: b"b"})
    assert cache.version == before + 1


def test_a_row_that_changes_back_is_sent_again() -> None:
    cache = RowCache(1)
    cache.update({0: b"a"})
    seen = cache.version
    cache.update({0: b"b"})
    cache.update({0: b"a"})
    assert cache.since(seen) == ((0, b"a"),)


def test_another_number_of_rows_makes_all_of_them_new() -> None:
    cache = RowCache(2)
    cache.update({0: b"a", 1: b"b"})
    seen = cache.version
    cache.resize(3)
    assert [y for y, _ in cache.since(seen)] == [0, 1, 2]


def test_rows_beyond_the_screen_are_ignored() -> None:
    cache = RowCache(1)
    cache.update({5: b"far"})
    assert cache.rows == [b""]
