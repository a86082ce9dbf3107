"""The rows of prompts and messages."""

from termlab.commands.parse import parse
from termlab.commands.prompting import SCOPES
from termlab.commands.table import find


def test_a_template_keeps_its_own_options() -> None:
    call = parse(["command-prompt", "-I", "#W", "rename-window", "-t", "@1", "--", "%%"])
    assert call.text("initial") == "#W"
    assert call.rest("template") == ("rename-window", "-t", "@1", "--", "%%")


def test_messages_have_tmux_short_name() -> None:
    assert find("display") is find("display-message")


def test_every_scope_can_be_asked_about() -> None:
    for scope in SCOPES:
        assert parse(["list-running", "--scope", scope]).text("scope") == scope
