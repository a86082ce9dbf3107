"""Words to calls, and what is said of wrong ones."""

import pytest

from termlab.commands.parse import parse
from termlab.errors import UsageError


def test_a_call_has_its_parameters() -> None:
    call = parse(["split", "-t", "%1", "--direction", "left", "-d", "--", "vim", "-R", "file"])
    assert call.row.name == "split-window"
    assert (call.text("target"), call.text("direction")) == ("%1", "left")
    assert (call.flag("no_focus"), call.flag("before")) == (True, False)
    assert call.rest("command") == ("vim", "-R", "file")


def test_what_is_not_given_is_empty() -> None:
    call = parse(["resize-pane", "-L"])
    assert (call.text("target"), call.number("cells", 1), call.rest("keys")) == ("", 1, ())
    assert parse(["resize-pane", "-L", "5"]).number("cells", 1) == 5


def test_a_programs_own_options_need_no_dashes() -> None:
    assert parse(["new", "-d", "htop", "-d", "5"]).rest("command") == ("htop", "-d", "5")


def test_h_is_a_split_and_not_help() -> None:
    assert parse(["split", "-h"]).flag("horizontal")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "there is no command ''"),
        (["spilt"], "there is no command 'spilt'. Did you mean `split`"),
        (["qqqqqqqq"], "there is no command 'qqqqqqqq'. See `termlab --help`"),
        (["ls", "--bogus"], "list-sessions: No such option '--bogus'.* See `termlab list-sessions"),
        (["ls", "more"], "unexpected extra argument"),
        (["split", "-t"], "Option '-t' requires an argument"),
        (["split", "--direction", "north"], "'north' is not one of"),
        (["send-keys"], "Missing argument 'KEY"),
        (["shell-init"], r"Choose from: bash, zsh, fish\. See `termlab shell-init --help`"),
        (["ls", "--help"], "No such option '--help'"),
    ],
)
def test_wrong_words_are_named(words: list[str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        parse(words)
