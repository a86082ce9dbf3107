"""The rows of the commands that go somewhere else: tmux's letters mean what they mean there."""

import pytest

from termlab.commands.choosing import CHOOSING
from termlab.commands.parse import parse
from termlab.commands.table import find
from termlab.config.loader import load_defaults
from termlab.model.bindings import PREFIX_TABLE


def test_they_are_in_the_table_and_for_attached_clients_alone() -> None:
    assert all(find(row.name) is row for row in CHOOSING)
    assert [row.where for row in CHOOSING] == ["client", "attached"]


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("choose-tree -s", {"sessions": True}),
        ("choose-tree -w", {"windows": True}),
        ("switch-client -t work:2.1", {"target": "work:2.1"}),
        ("switch-client -n", {"next": True}),
        ("switch-client -p", {"previous": True}),
        ("switch-client -l", {"last": True}),
    ],
)
def test_a_line_from_tmux_is_read(words: str, values: dict[str, object]) -> None:
    read = parse(words.split()).values
    assert {name: read[name] for name in values} == values


@pytest.mark.parametrize(
    ("key", "command"),
    [
        ("w", "choose-tree -w"),
        ("s", "choose-tree -s"),
        (")", "switch-client -n"),
        ("(", "switch-client -p"),
        ("L", "switch-client -l"),
    ],
)
def test_their_keys_are_tmux_s(key: str, command: str) -> None:
    keys = {binding.key: binding.command for binding in load_defaults().keys[PREFIX_TABLE]}
    assert keys[key] == command
