"""The outer terminal's title, from what a session's state says."""

import msgspec
import pytest

from termlab.client.window_title import MAX_TITLE_CHARS, window_title
from termlab.model.layout import Leaf
from termlab.model.state import PaneInfo, State, WindowTab, WindowView
from tests.client.recorder import OPTIONS


def state(title: str, command: str = "bash", window: str = "bash") -> State:
    panes = (PaneInfo(1, "other", "sh"), PaneInfo(2, title, command))
    tabs = (WindowTab(1, 0, "first"), WindowTab(2, 1, window, current=True))
    return State(1, "main", tabs, WindowView(2, 80, 23, Leaf(2), 2, False, panes))


@pytest.mark.parametrize(
    ("shown", "title"),
    [
        (state("notes.txt - VIM"), "main: bash - notes.txt - VIM"),
        (state("", "vim", "edit"), "main: edit - vim"),
        (state("  ", "bash"), "main: bash"),
        (state("bash"), "main: bash"),
        (state("a\x1b]0;b\x07c\x9cd"), "main: bash - a ]0;b c d"),
    ],
)
def test_it_names_session_window_and_what_the_focused_program_says(
    shown: State, title: str
) -> None:
    assert window_title(shown, OPTIONS) == title


def test_it_is_bounded() -> None:
    assert len(window_title(state("x" * 5000), OPTIONS)) == MAX_TITLE_CHARS


def test_there_is_none_without_a_session_or_where_nobody_wants_it() -> None:
    assert window_title(None, OPTIONS) == window_title(state(""), None) == ""
    unwanted = msgspec.structs.replace(OPTIONS, set_titles=False)
    assert window_title(state(""), unwanted) == ""
