"""Words of others in a list: cut, and harmless."""

from termlab.runs.plain import columns, command_line, plain, text_of


def test_nothing_acts_on_a_terminal() -> None:
    assert plain("a\x1b[31m\x07\nb\u202e") == "a?[31m??b?"


def test_lines_stay_lines_and_nothing_else_acts() -> None:
    assert text_of(["a  b", "", "\x1b]0;x\x07\r\nc"]) == "a  b\n\n?]0;x???c\n"


def test_what_is_long_is_cut_and_says_so() -> None:
    assert plain("x" * 100, 5) == "xxxx…"
    assert plain("x" * 5, 5) == "xxxxx"


def test_a_command_is_as_it_would_be_typed() -> None:
    assert command_line(("sh", "-c", "echo $HOME")) == "sh -c 'echo $HOME'"


def test_columns_are_as_wide_as_their_widest() -> None:
    rows = (("N", "WHAT", "X"), ("10", "a", ""), ("7", "bc", "y"))
    assert columns(rows, (True, False, False)) == [" N  WHAT  X", "10  a", " 7  bc    y"]
    assert columns((), (True,)) == []
