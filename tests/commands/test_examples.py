"""Each example can be typed: the parser takes it."""

import shlex

import pytest

from termlab.commands.examples import EXAMPLES, NOTES
from termlab.commands.parse import parse
from termlab.commands.table import COMMANDS, find

TYPED = [row for row in COMMANDS if row.where in ("server", "local")]


@pytest.mark.parametrize("row", TYPED, ids=lambda row: str(row.name))
def test_each_command_that_can_be_typed_has_one_that_parses(row: object) -> None:
    name = getattr(row, "name", "")
    line = EXAMPLES[name].removeprefix('eval "$(').removesuffix(')"').removeprefix("sudo ")
    program, *words = shlex.split(line)
    assert program == "termlab"
    assert parse(words).row.name == name


def test_each_is_of_such_a_command() -> None:
    assert {row.name for row in TYPED} == set(EXAMPLES)
    assert all(find(name) is not None for name in EXAMPLES)


def test_notes_are_of_commands_with_examples() -> None:
    assert set(NOTES) <= set(EXAMPLES)
