"""What the word at the cursor may become."""

import pytest

from termlab.client.candidates import World, bare, complete, parameter_at, quote
from termlab.model.layout import Leaf
from termlab.model.listing import PaneListing, SessionListing, WindowListing
from termlab.model.state import PaneInfo, State, WindowTab, WindowView

STATE = State(
    1,
    "work",
    (WindowTab(1, 0, "vim", current=True), WindowTab(2, 1, "logs")),
    WindowView(1, 80, 24, Leaf(3), 3, False, (PaneInfo(3, "notes", "vim"),)),
)
FAR = SessionListing(
    "$2",
    "two words",
    0,
    (
        WindowListing(
            "@7", 0, "make", True, False, (PaneListing("%9", True, 80, 24, 1, "cc", "", "/", 0),)
        ),
    ),
)
WORLD = World(STATE, (FAR,))


def offered(text: str, world: World = WORLD) -> list[str]:
    return [candidate.value for candidate in complete(text, len(text), world).candidates]


def test_the_first_word_is_a_command_or_an_alias() -> None:
    assert offered("split") == ["split-window", "split"]
    assert "new-session" in offered("")
    assert offered("zzz") == []
    assert "doctor" not in offered("d")


def test_options_are_those_of_the_command_not_given_yet() -> None:
    assert offered("select-layout -") == ["-t", "--target", "-E", "-n", "-p", "-o"]
    assert offered("select-layout -t work -E --") == []
    assert offered("kill-session ") == ["-t"]
    assert offered("bogus ") == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("kill-session -t ", ["work", "'two words'"]),
        ("select-window -t ", ["work:0", "work:1", "'two words:0'"]),
        ("kill-pane -t %", ["%3", "%9"]),
        ("kill-pane -t %9", ["%9"]),
        ("swap-pane -s ", ["%3", "%9"]),
        ("split-window --direction ", ["right", "down", "left", "up"]),
        ("split-window --direction r", ["right"]),
        ("synchronize-panes o", ["on", "off"]),
        ("synchronize-panes -t @1 o", ["on", "off"]),
        ("select-layout even-", ["even-horizontal", "even-vertical"]),
        ("confirm-before kill-w", ["kill-window"]),
        ("kill-session -t 'two", ["'two words'"]),
        ('kill-session -t "two w', ["'two words'"]),
    ],
)
def test_values_are_what_there_is(text: str, values: list[str]) -> None:
    assert offered(text) == values


def test_the_word_at_the_cursor_is_replaced_not_what_is_behind_it() -> None:
    found = complete("kill-se -t work", 7, WORLD)
    assert (found.start, found.end) == (0, 7)
    assert [each.value for each in found.candidates] == ["kill-session", "kill-server"]


def test_before_the_server_has_answered_there_is_what_the_screen_shows() -> None:
    assert offered("kill-pane -t ", World(STATE)) == ["%3"]
    assert offered("kill-pane -t ", World()) == []


def test_each_candidate_says_what_it_is() -> None:
    found = complete("kill-pane -t %", 14, WORLD).candidates
    assert [each.help for each in found] == ["notes", "two words:0 cc"]


def test_a_word_loses_its_quotes_and_gets_those_it_needs() -> None:
    assert [bare(word) for word in ("'a b'", "'a b", '"x', "a\\ b", "a")] == [
        "a b",
        "a b",
        "x",
        "a b",
        "a",
    ]
    assert (quote("a b"), quote("work:0"), quote("%3")) == ("'a b'", "work:0", "%3")


def test_what_an_option_waits_for_is_told() -> None:
    row, parameter = parameter_at("split -l ")
    assert row is not None
    assert row.name == "split-window"
    assert parameter is not None
    assert parameter.name == "size"
    assert parameter_at("split -l 3")[1] == parameter
    assert parameter_at("split -l 3 ")[1] is None
    assert parameter_at("bogus -l ") == (None, None)
    assert parameter_at("") == (None, None)
