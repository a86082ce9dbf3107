"""The rows of copy mode's commands."""

from termlab.commands.copying import COPYING
from termlab.commands.table import find


def test_each_is_a_command_of_an_attached_client_with_a_sentence() -> None:
    for name, summary in COPYING:
        row = find(name)
        assert row is not None
        assert (row.summary, row.where, row.parameters) == (summary, "attached", ())
        assert summary.endswith(".")
