"""What can be chosen: each runs something there is, and says what."""

from termlab.commands.keytable import split_command
from termlab.commands.table import COMMANDS, find
from termlab.model.bindings import Binding
from termlab.model.listing import PaneListing, SessionListing, WindowListing
from termlab.ui.choices import (
    Choice,
    command_choices,
    pane_choices,
    session_choices,
    window_choices,
)
from termlab.wire.messages import ClientOptions
from tests.ui.guest_client import options


def pane(number: int, title: str, active: bool = False, ended: str = "") -> PaneListing:
    return PaneListing(f"%{number}", active, 80, 24, 9, "bash", title, "/", 0, ended)


LISTED = (
    SessionListing(
        "$1",
        "main",
        1,
        (
            WindowListing("@1", 0, "vim", True, False, (pane(1, "x.py", True), pane(2, ""))),
            WindowListing("@2", 1, "logs", False, False, (pane(3, "t\x1b[2J", True),), bell=True),
        ),
    ),
    SessionListing("$2", "other", 0, (WindowListing("@3", 0, "sh", True, False, (pane(4, "e"),)),)),
)


def own(*bindings: Binding) -> ClientOptions:
    return ClientOptions("C-a", 25, 500, 400, 2000, True, {"prefix": bindings})


def named(choices: list[Choice], start: str) -> Choice:
    (found,) = [choice for choice in choices if choice.text.startswith(start)]
    return found


def test_everything_that_has_a_key_is_there_with_the_key_and_what_it_does() -> None:
    choices = command_choices(options())
    split = named(choices, "split-window -h:")
    assert split == Choice(
        "split-window -h: split right",
        "C-b % · Open a pane beside another one.",
        ("split-window", "-h"),
    )
    texts = [choice.text for choice in choices]
    assert len(texts) == len(set(texts))


def test_each_runs_a_command_there_is() -> None:
    for choice in command_choices(options()):
        assert find(choice.run[0]) is not None
        assert choice.help


def test_other_commands_follow_but_for_those_of_copy_mode_and_for_programs() -> None:
    words = {choice.text.split()[0].rstrip(":") for choice in command_choices(options())}
    assert {"last-pane", "rename-session", "kill-server", "set-buffer"} <= words
    assert not words & {"cursor-left", "scroll-up", "search-prompt", "cancel", "command-palette"}
    assert not words & {"capture-pane", "list-sessions", "attach-session", "doctor"}
    assert words <= {row.name for row in COMMANDS if row.where != "local"}


def test_what_needs_words_asks_for_them() -> None:
    assert named(command_choices(own()), "send-text").run == (
        "command-prompt",
        "-I",
        "send-text ",
    )


def test_what_ends_something_asks_first() -> None:
    choices = command_choices(own(Binding("x", "confirm-before -p 'sure?' kill-pane", "close")))
    assert named(choices, "kill-pane") == Choice(
        "kill-pane: close",
        "C-a x · End a pane and what runs in it.",
        ("confirm-before", "-p", "sure?", "kill-pane"),
    )
    assert named(choices, "kill-server").run == ("confirm-before", "kill-server")


def test_keys_that_do_the_same_are_one_choice_and_numbers_of_windows_none() -> None:
    choices = command_choices(
        own(
            Binding("Up", "select-pane -U", "above"),
            Binding("k", "select-pane -U"),
            Binding("1", "select-window -t :1", "window 1"),
        )
    )
    assert named(choices, "select-pane -U").help.startswith("C-a Up, C-a k ·")
    assert not [choice for choice in choices if choice.text.endswith("window 1")]
    assert named(choices, "select-pane …").run[0] == "command-prompt"


def test_sessions_windows_and_panes_are_shown_by_their_ids() -> None:
    assert session_choices(LISTED, "main") == [
        Choice("session main", "2 windows, shown", ("switch-client", "-t", "$1")),
        Choice("session other", "1 window", ("switch-client", "-t", "$2")),
    ]
    assert [each.text for each in window_choices(LISTED, "main")] == [
        "window main:0 vim",
        "window main:1 logs",
        "window other:0 sh",
    ]
    assert [each.help for each in window_choices(LISTED, "main")] == [
        "2 panes, shown",
        "1 pane, it rang",
        "1 pane",
    ]
    panes = pane_choices(LISTED, "main")
    assert [each.run[-1] for each in panes] == ["%1", "%2", "%3", "%4"]
    assert panes[0] == Choice("pane %1 x.py", "main:0, bash, shown", panes[0].run)
    assert panes[1].text == "pane %2 bash"


def test_what_programs_call_themselves_is_no_order_to_a_terminal() -> None:
    assert all(
        "\x1b" not in part
        for choice in pane_choices(LISTED, "main")
        for part in (choice.text, choice.help)
    )


def test_the_command_of_a_choice_can_be_written_as_a_binding() -> None:
    for choice in command_choices(options()):
        assert split_command(" ".join(choice.run))
