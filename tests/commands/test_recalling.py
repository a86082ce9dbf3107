"""The commands about prompts are commands like any."""

import pytest

from termlab.commands.parse import parse
from termlab.commands.recalling import RECALLING
from termlab.commands.table import COMMANDS
from termlab.errors import UsageError


def test_they_are_in_the_table() -> None:
    assert set(RECALLING) <= set(COMMANDS)


def test_a_shell_that_is_not_known_is_refused_with_those_that_are() -> None:
    with pytest.raises(UsageError, match="'bash', 'zsh', 'fish'"):
        parse(["shell-init", "tcsh"])
    with pytest.raises(UsageError, match="SHELL"):
        parse(["shell-init"])


def test_the_list_takes_a_number() -> None:
    assert parse(["history", "-n", "5"]).number("last", 100) == 5
