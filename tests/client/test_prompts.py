"""What prompts and questions ask of the server, and what they make of its answers."""

import json

import pytest

from termlab.client.prompt_history import PromptHistory
from termlab.client.prompts import Prompts, Said
from termlab.client.questions import Questions
from termlab.client.replica import Replica
from termlab.errors import UsageError
from termlab.model.keyname import parse_key
from termlab.model.layout import Leaf
from termlab.model.state import PaneInfo, State, WindowTab, WindowView
from termlab.wire.messages import Reply
from tests.client.recorder import Recorder

STATE = State(
    1,
    "work",
    (WindowTab(2, 5, "notes", current=True),),
    WindowView(2, 80, 24, Leaf(3), 3, False, (PaneInfo(3, "", "vim"),)),
)


class Asking:
    """Prompts, and the server's side of them."""

    def __init__(self) -> None:
        self.replica = Replica()
        self.replica.take(STATE)
        self.connection = Recorder()
        self.questions = Questions(self.connection)
        self.prompts = Prompts(self.replica, self.questions, PromptHistory())
        self.requests = 0

    def asked(self) -> list[str]:
        """What the server was asked."""
        words = self.connection.words()
        self.requests += len(words)
        return words

    def answer(self, text: str, code: int = 0) -> None:
        """The server answers what it was asked last."""
        self.questions.replied(Reply(self.requests, code, text))

    def keys(self, keys: str) -> tuple[str, ...]:
        words: tuple[str, ...] = ()
        for key in keys.split():
            words = self.prompts.press(parse_key(key)) or words
        return words

    @property
    def row(self) -> str:
        view = self.prompts.view()
        return f"{view.lead}{view.text}" if view is not None else ""


def jobs(*names: str) -> str:
    """As `list-running --json` prints them; the last one is in front."""
    rows = [
        {"pane": "%3", "pid": 9, "command": name, "foreground": name == names[-1]} for name in names
    ]
    return json.dumps(rows)


def test_an_answer_knows_the_window_it_was_asked_for() -> None:
    asking = Asking()
    asking.prompts.open(("-I", "#W", "rename-window -t '#{window_id}' -- %%"))
    assert asking.row == "(rename-window) notes"
    assert asking.keys("Enter") == ("rename-window", "-t", "@2", "--", "notes")
    assert asking.asked() == []


def test_while_something_is_under_way_nothing_is_named() -> None:
    asking = Asking()
    asking.prompts.open(("-I", "#W", "rename-window -t '#{window_id}' -- %%"), settled=False)
    assert asking.row == "(rename-window) "
    assert asking.keys("x Enter") == ("rename-window", "-t", "", "--", "x")


def test_targets_are_asked_for_when_a_command_is_typed() -> None:
    asking = Asking()
    asking.prompts.open(())
    assert asking.asked() == ["list-sessions --json"]
    session = {"id": "$7", "name": "far", "clients": 0, "windows": []}
    asking.answer(json.dumps([session]))
    asking.prompts.paste(b"kill-session -t f")
    asking.keys("Tab")
    assert asking.row == ":kill-session -t far "


def test_a_tab_pressed_before_the_server_has_answered_is_not_lost() -> None:
    session = {"id": "$7", "name": "far", "clients": 0, "windows": []}
    for behind, row in (("", ":kill-session -t far "), ("Left", ":kill-session -t f")):
        asking = Asking()
        asking.prompts.open(())
        asking.asked()
        asking.prompts.paste(b"kill-session -t f")
        asking.keys(f"Tab {behind}")
        asking.answer(json.dumps([session]))
        assert asking.row == row


@pytest.mark.parametrize(("text", "code"), [("no JSON", 0), ("", 1)])
def test_without_an_answer_there_is_what_the_screen_shows(text: str, code: int) -> None:
    asking = Asking()
    asking.prompts.open(())
    asking.asked()
    asking.answer(text, code)
    asking.prompts.paste(b"kill-session -t ")
    asking.keys("Tab")
    assert asking.row == ":kill-session -t work "


def test_a_failure_brings_the_line_back() -> None:
    asking = Asking()
    asking.prompts.open(())
    asking.prompts.paste(b"select-window -t 9")
    asking.keys("Enter")
    asking.prompts.sent(12)
    assert asking.row == ""
    assert asking.prompts.replied(Reply(11, 3, "another's")) is None
    assert asking.prompts.replied(Reply(12, 3, "there is none")) == Said("")
    view = asking.prompts.view()
    assert view is not None
    assert (view.text, view.error) == ("select-window -t 9", "there is none")


def test_a_failure_is_a_message_once_the_person_went_on() -> None:
    asking = Asking()
    asking.prompts.open(())
    asking.prompts.paste(b"select-window -t 9")
    asking.keys("Enter")
    asking.prompts.sent(12)
    asking.prompts.elsewhere()
    assert asking.prompts.replied(Reply(12, 3, "there is none")) is None
    assert asking.row == ""


def test_what_can_not_be_sent_is_told_at_once() -> None:
    asking = Asking()
    asking.prompts.open(())
    asking.prompts.paste(b"list-keys")
    asking.keys("Enter")
    asking.prompts.sent(0, "the ui is starting")
    view = asking.prompts.view()
    assert view is not None
    assert view.error == "the ui is starting"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", None),
        ("@3\n", None),
        ("%12\n", None),
        ("one\n", Said("one")),
        ("one\ntwo\n", Said("one … and 1 more line")),
        ("one\ntwo\nthree\n", Said("one … and 2 more lines")),
    ],
)
def test_what_a_command_printed_is_said(text: str, said: Said | None) -> None:
    asking = Asking()
    asking.prompts.open(())
    asking.prompts.sent(12)
    assert asking.prompts.replied(Reply(12, 0, text)) == said


def test_options_that_are_none_open_nothing() -> None:
    asking = Asking()
    with pytest.raises(UsageError):
        asking.prompts.open(("-Z",))
    assert not asking.prompts.is_open


@pytest.mark.parametrize(
    ("command", "asked", "running", "question"),
    [
        ("kill-pane", "pane", jobs(), "close?"),
        ("kill-pane", "pane", jobs("vim"), "vim runs here: close?"),
        ("kill-pane -t %3", "pane -t %3", jobs("make", "vim"), "vim and make run here: close?"),
        ("kill-window", "window", jobs("a", "b", "vim"), "vim and 2 more run here: close?"),
        ("kill-window", "window", jobs("vim", "vim"), "vim and 1 more run here: close?"),
        ("kill-session", "session", jobs("vim"), "vim runs in this session: close?"),
        ("kill-server", "server", jobs("x", "vim"), "vim and x run in all sessions: close?"),
        ("kill-pane", "pane", "no JSON", "close?"),
    ],
)
def test_a_question_says_what_it_is_about(
    command: str, asked: str, running: str, question: str
) -> None:
    asking = Asking()
    asking.prompts.confirming(command)
    assert asking.asked() == [f"list-running --json --scope {asked}"]
    assert asking.prompts.worded("close?") == "close?"
    asking.answer(running)
    assert asking.prompts.worded("close?") == question
    assert asking.prompts.worded("") == ""


def test_what_ends_nothing_needs_no_answer() -> None:
    asking = Asking()
    asking.prompts.confirming("new-window")
    assert asking.asked() == []


def test_an_answer_to_an_older_question_is_nobodys() -> None:
    asking = Asking()
    asking.prompts.confirming("kill-pane")
    asking.asked()
    asking.prompts.confirming("new-window")
    asking.answer(jobs("vim"))
    assert asking.prompts.worded("sure?") == "sure?"


def test_a_question_about_what_has_gone_is_pointless() -> None:
    asking = Asking()
    asking.prompts.confirming("kill-pane")
    assert not asking.prompts.pointless
    other = WindowView(2, 80, 24, Leaf(4), 4, False, (PaneInfo(4, "", "sh"),))
    asking.replica.take(State(2, "work", STATE.tabs, other))
    assert asking.prompts.pointless
    asking.prompts.confirming("kill-window")
    asking.replica.take(State(3, "work", STATE.tabs, STATE.view))
    assert not asking.prompts.pointless
    asking.prompts.confirming("kill-pane", settled=False)
    asking.replica.take(State(4, "work", STATE.tabs, other))
    assert not asking.prompts.pointless
