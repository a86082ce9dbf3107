"""The commands about runs that are kept: options may stand anywhere among their words."""

from termlab.commands.parse import parse
from termlab.commands.run_rows import RUN_ROWS
from termlab.commands.table import COMMANDS


def test_the_table_has_them() -> None:
    assert set(RUN_ROWS) <= set(COMMANDS)


def test_options_may_follow_the_words() -> None:
    call = parse(["runs", "trend", "nightly", "--figure", "cpu_s", "--json"])
    assert (call.rest("words"), call.text("figure"), call.flag("json")) == (
        ("nightly",),
        "cpu_s",
        True,
    )
    call = parse(["compare", "1", "--all", "2", "--github"])
    assert (call.text("a"), call.text("b"), call.flag("all")) == ("1", "2", True)
