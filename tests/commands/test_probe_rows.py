"""The row of who lets termlab look deeper."""

from termlab.commands.parse import parse
from termlab.commands.probe_rows import PROBE_ROWS
from termlab.commands.table import COMMANDS


def test_it_is_among_all_commands_and_runs_by_itself() -> None:
    (row,) = PROBE_ROWS
    assert row in COMMANDS
    assert row.where == "local"


def test_its_user_is_an_option() -> None:
    assert parse(["probe-helper", "--user", "me"]).text("user") == "me"
