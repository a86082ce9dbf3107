"""When a limit is crossed."""

from termlab.runs.rules.rule import Limit


def test_a_limit_is_reached_from_below_or_kept_from_above() -> None:
    assert Limit("wall_s", 10, "").crossed(10)
    assert not Limit("wall_s", 10, "").crossed(9.9)
    assert Limit("wall_s", 10, "", below=True).crossed(10)
    assert not Limit("wall_s", 10, "", below=True).crossed(10.1)
