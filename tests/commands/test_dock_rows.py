"""The lab dock's commands: what a key of its table asks for can be asked for."""

from termlab.commands.dock_rows import DOCK_ROWS
from termlab.commands.keytable import split_command
from termlab.commands.parse import parse
from termlab.config.loader import load_defaults
from termlab.model.bindings import DOCK_TABLE
from termlab.model.lab import PANELS

NAMES = {row.name for row in DOCK_ROWS}


def test_each_key_of_the_dock_asks_for_one_of_them_as_it_may_be_asked() -> None:
    bindings = load_defaults().keys[DOCK_TABLE]
    asked = [split_command(binding.command) for binding in bindings]
    assert {words[0] for words in asked} <= NAMES
    for words in asked:
        parse(words)
    assert {words[1] for words in asked if words[0] == "fold-dock"} == set(PANELS)


def test_each_needs_a_terminal_of_ones_own() -> None:
    assert {row.where for row in DOCK_ROWS} == {"attached", "client"}
