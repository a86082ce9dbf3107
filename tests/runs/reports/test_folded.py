"""Folded stacks."""

from termlab.runs.reports.folded import read_folded, write_folded


def test_what_was_written_is_read_again() -> None:
    stacks = read_folded(b"main;draw (a b.py:3) 12\nmain 3\nmain 4\n")
    assert stacks == {("main", "draw (a b.py:3)"): 12, ("main",): 7}
    assert write_folded(stacks.items()) == "main 7\nmain;draw (a b.py:3) 12\n"


def test_a_line_that_is_no_stack_is_left_out() -> None:
    assert read_folded(b"\nmain\nmain x\n 3\nmain;; 2\n\xff 1\n") == {
        ("main",): 2,
        ("\N{REPLACEMENT CHARACTER}",): 1,
    }


def test_a_name_can_not_become_two() -> None:
    assert write_folded([(("a;b", "c\nd"), 1)]) == "a:b;c?d 1\n"
