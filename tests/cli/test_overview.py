"""Help, as it comes from the table."""

import shlex

import pytest

from termlab.cli.overview import EXAMPLES_OF_USE, command_help, overview
from termlab.commands.parse import parse
from termlab.commands.table import COMMANDS, CommandRow
from termlab.errors import UsageError


@pytest.mark.parametrize("row", COMMANDS, ids=lambda row: str(row.name))
def test_every_command_is_listed_and_explained(row: CommandRow) -> None:
    assert row.name in overview()
    text = command_help([row.name, "--help"])
    assert text is not None
    assert " ".join(row.summary.split()) in " ".join(text.split())
    for parameter in row.parameters:
        assert all(flag in text for flag in parameter.flags)
    assert all(f"Also: {alias}" in text for alias in row.aliases[:1])


def test_exit_codes_and_targets_are_explained() -> None:
    assert "124  `wait` timed out" in overview()
    assert "NAME:WINDOW.PANE" in overview()


def test_help_is_found_beside_other_words() -> None:
    assert command_help(["wait", "-t", "%1", "--help"]) is not None
    assert command_help(["rename-session", "--help"]) is not None


def test_help_for_the_program_in_a_pane_is_not_ours() -> None:
    assert command_help(["new", "-d", "--", "git", "--help"]) is None
    assert command_help(["new", "-d", "git", "--help"]) is None
    assert command_help(["send-keys", "--", "--help"]) is None


def test_wrong_words_are_told_even_so() -> None:
    with pytest.raises(UsageError, match="--bogus"):
        command_help(["send-keys", "--bogus", "--", "--help"])


def test_a_command_shows_its_example_and_its_keys() -> None:
    shown = command_help(["kill-pane", "--help"]) or ""
    assert "Example:\n  termlab kill-pane -t %3\n" in shown
    assert "Keys:\n  C-b x  (close pane)\n" in shown
    keys_only = command_help(["history-top", "--help"]) or ""
    assert "Example:" not in keys_only
    assert "  g  (the oldest line)\n" in keys_only


@pytest.mark.parametrize("line", [line for line, _ in EXAMPLES_OF_USE])
def test_the_examples_of_the_overview_can_be_typed(line: str) -> None:
    assert f"  {line}" in overview()
    program, *words = shlex.split(line)
    assert program == "termlab"
    assert not words or parse(words)
