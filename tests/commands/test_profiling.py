"""The row of `termlab profile`."""

import pytest

from termlab.commands.parse import parse
from termlab.errors import UsageError


def test_what_may_be_said_twice_is_kept_in_order() -> None:
    call = parse(["profile", "--tag", "a", "--env", "X=1", "--tag", "b", "--env", "Y=2", "true"])
    assert call.rest("tag") == ("a", "b")
    assert call.rest("env") == ("X=1", "Y=2")
    assert call.rest("command") == ("true",)


def test_options_behind_the_command_are_the_commands() -> None:
    call = parse(["profile", "-n", "3", "top", "-n", "1", "--exit-code"])
    assert call.number("runs", 1) == 3
    assert not call.flag("exit_code")
    assert call.rest("command") == ("top", "-n", "1", "--exit-code")


def test_a_way_to_count_calls_that_is_none_is_refused() -> None:
    with pytest.raises(UsageError, match="'dtrace' is not one of"):
        parse(["profile", "--syscalls", "dtrace", "true"])
