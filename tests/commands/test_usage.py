"""How commands are written."""

from termlab.commands.table import COMMANDS, find
from termlab.commands.usage import explain, takes_value, usage


def test_a_command_is_written_with_its_parameters() -> None:
    row = find("resize-pane")
    assert row is not None
    assert usage(row).startswith("[-t PANE] [-L] [-R] [-U] [-D] [-Z] [-x 50%]")
    assert usage(row).endswith("[CELLS]")


def test_what_is_needed_has_no_brackets() -> None:
    row = find("rename-window")
    assert row is not None
    assert usage(row) == "[-t WINDOW] NAME"


def test_a_parameter_is_explained() -> None:
    row = find("split-window")
    assert row is not None
    size = takes_value(row, "-l")
    assert size is not None
    assert explain(size) == "-l PERCENT: its share of the pane (50%)"
    side = takes_value(row, "--direction")
    assert side is not None
    assert explain(side).startswith("--direction right|down|left|up: ")
    assert takes_value(row, "-h") is None


def test_every_command_can_be_written() -> None:
    for row in COMMANDS:
        assert usage(row).count("[") == usage(row).count("]")
