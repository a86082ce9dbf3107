"""The rows of the commands for scripts."""

from termlab.commands.parse import parse
from termlab.commands.scripting import SCRIPTING


def test_they_run_in_the_program_on_the_command_line() -> None:
    assert {row.name: row.where for row in SCRIPTING} == {"events": "local", "batch": "local"}


def test_words_are_read_as_they_say() -> None:
    events = parse(["events", "--json", "bell", "pane-closed"])
    assert (events.flag("json"), events.rest("kinds")) == (True, ("bell", "pane-closed"))
    batch = parse(["batch", "-j", "4", "-k", "setup.txt"])
    assert (batch.number("jobs", 1), batch.text("file")) == (4, "setup.txt")
    assert batch.flag("keep_going")
    assert parse(["batch"]).text("file") == ""
