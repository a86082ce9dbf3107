"""The tables agree: rows, handlers, bindings."""

from collections import Counter

import pytest

from termlab.commands.keytable import asks_first, split_command
from termlab.commands.parse import parse
from termlab.commands.table import COMMANDS, CommandRow, find, names
from termlab.config.loader import load_defaults
from termlab.model.bindings import Binding
from termlab.server.dispatch import HANDLERS

BINDINGS = [binding for table in load_defaults().keys.values() for binding in table]


def test_names_and_aliases_are_unique_and_found() -> None:
    spelled = Counter(name for row in COMMANDS for name in (row.name, *row.aliases))
    assert set(spelled.values()) == {1}
    assert set(spelled) == names()
    assert all(find(name) is row for row in COMMANDS for name in (row.name, *row.aliases))
    assert find("bogus") is None


def test_each_row_that_runs_in_the_server_has_a_handler_and_no_other() -> None:
    there = {row.name for row in COMMANDS if row.where in ("server", "attached")}
    assert there == set(HANDLERS)


@pytest.mark.parametrize("row", COMMANDS, ids=lambda row: str(row.name))
def test_a_row_explains_itself(row: CommandRow) -> None:
    assert row.summary.endswith(".")
    assert all(parameter.help for parameter in row.parameters if parameter.flags)
    flags = Counter(flag for parameter in row.parameters for flag in parameter.flags)
    assert set(flags.values()) <= {1}
    assert "--help" not in flags


@pytest.mark.parametrize("binding", BINDINGS, ids=lambda binding: str(binding.key))
def test_what_a_default_key_runs_can_be_parsed(binding: Binding) -> None:
    asked = asks_first(binding)
    parse(split_command(asked[1].command if asked else binding.command))
    assert binding.note
