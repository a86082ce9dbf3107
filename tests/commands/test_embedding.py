"""The bridge's row, as help and completion read it; `cli.bridging` reads the words by hand."""

import pytest

from termlab.cli.bridging import _read
from termlab.cli.overview import command_help
from termlab.commands.embedding import EMBEDDING
from termlab.commands.parse import parse
from termlab.commands.table import find


def test_it_is_a_command_of_the_table() -> None:
    assert [find(row.name) for row in EMBEDDING] == list(EMBEDDING)


@pytest.mark.parametrize("line", ["new a 80 24 htop -d 5", "resize a 80 24"])
def test_the_row_says_what_the_command_takes(line: str) -> None:
    words = ["bridge", *line.split()]
    call, (what, bridge_id, size, argv) = parse(words), _read(words)
    assert (call.text("what"), call.text("id"), call.rest("command")) == (what, bridge_id, argv)
    assert (call.number("cols", 0), call.number("rows", 0)) == (size.cols, size.rows)


def test_help_of_the_program_is_the_programs() -> None:
    assert command_help(["bridge", "new", "a", "80", "24", "htop", "--help"]) is None
    assert "141" in (command_help(["bridge", "--help"]) or "")
