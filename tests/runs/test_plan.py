"""In which order runs are made."""

from collections import Counter

from termlab.runs.plan import Turn, plan


def test_runs_to_warm_up_come_first_and_do_not_count() -> None:
    assert plan(2, 1) == (Turn(0, 1, False), Turn(0, 1), Turn(0, 2))


def test_two_commands_take_turns_and_each_round_has_both() -> None:
    order = plan(20, 1, commands=2)
    assert len(order) == 42
    for at in range(0, 42, 2):
        first, second = order[at : at + 2]
        assert {first.command, second.command} == {0, 1}
        assert (first.number, first.counts) == (second.number, second.counts)


def test_which_comes_first_is_by_chance_and_the_same_for_the_same_seed() -> None:
    firsts = Counter(turn.command for turn in plan(100, 0, commands=2)[::2])
    assert 30 < firsts[0] < 70
    assert plan(10, 0, 2, seed=1) == plan(10, 0, 2, seed=1)
    assert plan(10, 0, 2, seed=1) != plan(10, 0, 2, seed=2)
