"""Keys, mouse and pastes around something open over the panes: each goes where it belongs, once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termlab.client.handover import MAX_WAITING, Hand, NoUi
from termlab.client.replica import Replica
from termlab.client.router import Router
from termlab.model.keyname import parse_key
from termlab.model.keys import (
    MOTION,
    PRESS,
    RELEASE,
    Focus,
    InputEvent,
    Key,
    Mouse,
    Paste,
)
from termlab.model.layout import Leaf
from termlab.model.state import PaneInfo, State, WindowView
from termlab.wire.messages import FocusChanged, Keys, MouseAt, PasteData
from tests.client.recorder import OPTIONS, Recorder

DOWN, DRAG, UP = Mouse(3, 2, PRESS, 1), Mouse(4, 2, MOTION, 1), Mouse(4, 2, RELEASE, 1)


class Overlay(NoUi):
    """A ui that keeps what it is given."""

    def __init__(self) -> None:
        super().__init__()
        self.given: list[Hand] = []
        self.last = 0
        self.opened: list[tuple[str, ...]] = []

    def open(self, number: int, argv: tuple[str, ...]) -> str:
        self.last = number
        self.opened.append(argv)
        return "" if argv[0] != "restart-ui" else "it starts again"

    def give(self, number: int, event: Hand) -> None:
        assert number == self.last + 1
        self.last = number
        self.given.append(event)


class Hands:
    """A router over one pane, its connection and a ui."""

    def __init__(self) -> None:
        replica = Replica()
        view = WindowView(1, 21, 10, Leaf(1), 1, False, (PaneInfo(1, "", ""),))
        replica.take(State(1, "main", (), view))
        self.connection = Recorder()
        self.ui = Overlay()
        self.router = Router(self.connection, OPTIONS, replica, self.ui)

    def do(self, *events: InputEvent) -> list[object]:
        """What a person does, in one piece; what was sent."""
        self.router.route(events, 1.0)
        return list(self.connection.take())

    def type(self, keys: str) -> list[str]:
        self.router.route([parse_key(key) for key in keys.split()], 1.0)
        return self.connection.words()

    def close(self, consumed: int = 0) -> list[object]:
        """The ui closes, having consumed so many of all that it was given."""
        first = self.ui.last - len(self.ui.given)
        self.router.released(first + consumed, 1.0)
        return list(self.connection.take())

    def given(self) -> str:
        return " ".join(event.name for event in self.ui.given if isinstance(event, Key))


def test_keys_behind_the_one_that_opens_are_the_uis() -> None:
    hands = Hands()
    assert hands.type("a C-b ? b C-b c") == ["keys a"]
    assert hands.ui.opened == [("list-keys",)]
    assert hands.given() == "b b c"


def test_keys_behind_the_one_that_closed_it_are_routed_as_if_it_had_never_been() -> None:
    hands = Hands()
    hands.type("C-b ? q a C-b n b")
    hands.router.released(2, 1.0)
    assert hands.connection.words() == ["keys a", "next-window", "keys b"]


def closed_with(hands: Hands, consumed: int, *argv: str) -> list[str]:
    """The ui closes with a command; what is sent, in words."""
    first = hands.ui.last - len(hands.ui.given)
    hands.router.released(first + consumed, 1.0, argv)
    return hands.connection.words()


def test_a_command_it_closes_with_is_run_before_the_keys_behind_are_routed() -> None:
    hands = Hands()
    hands.type("C-b ? Enter l s C-b n")
    assert closed_with(hands, 1, "select-pane", "-t", "%3") == [
        "select-pane -t %3",
        "keys l s",
        "next-window",
    ]
    assert not hands.router.handover.open


def test_a_mode_it_closes_with_has_the_keys_behind() -> None:
    hands = Hands()
    hands.type("C-b ? Enter k q x")
    assert closed_with(hands, 1, "copy-mode") == ["copy-mode", "cursor-up", "cancel", "keys x"]


def test_what_needs_this_client_is_done_here() -> None:
    hands = Hands()
    hands.type("C-b ? Enter a")
    assert closed_with(hands, 1, "list-keys") == []
    assert hands.router.handover.open
    assert hands.ui.opened == [("list-keys",)] * 2
    assert hands.given() == "Enter a a"
    assert closed_with(hands, 3, "send-prefix") == ["keys b"]


def test_a_question_it_closes_with_is_answered_by_the_key_behind() -> None:
    hands = Hands()
    hands.type("C-b ? Enter y a")
    asked = ("confirm-before", "-p", "sure? (y/n)", "kill-pane -t %3")
    words = closed_with(hands, 1, *asked)
    assert [word for word in words if not word.startswith("list-")] == [
        "kill-pane -t %3",
        "keys a",
    ]
    hands.type("C-b ? Enter")
    words = closed_with(hands, 4, *asked)
    assert not [word for word in words if word.startswith("kill-")]
    assert hands.type("n x") == ["keys x"]


def test_a_command_to_start_the_ui_again_goes_to_it_and_opens_nothing() -> None:
    hands = Hands()
    assert hands.type("C-b R a") == ["keys a"]
    assert hands.ui.opened == [("restart-ui",)]
    assert hands.router.take_message() == "it starts again"
    assert not hands.router.handover.open


def test_the_focus_of_the_terminal_is_the_servers_even_then() -> None:
    hands = Hands()
    hands.type("C-b ?")
    assert hands.do(Focus(False)) == [FocusChanged(False)]


def test_a_press_in_a_pane_keeps_what_follows_and_one_in_the_ui_too() -> None:
    hands = Hands()
    hands.do(DOWN)
    hands.type("C-b ?")
    assert hands.do(DRAG, UP) == [MouseAt(1, DRAG), MouseAt(1, UP)]
    assert hands.do(DOWN, DRAG) == []
    assert hands.ui.given == [DOWN, DRAG]
    hands.close(consumed=2)
    assert hands.do(DRAG, UP) == []
    assert hands.do(DOWN, UP) == [MouseAt(1, DOWN), MouseAt(1, UP)]


def test_the_release_of_a_press_that_the_ui_consumed_is_nobody_elses() -> None:
    hands = Hands()
    hands.type("C-b ?")
    hands.do(DOWN, UP, DOWN, UP)
    assert hands.close(consumed=1) == [MouseAt(1, DOWN), MouseAt(1, UP)]


def test_a_paste_that_the_ui_began_to_consume_does_not_end_in_a_pane() -> None:
    hands = Hands()
    hands.type("C-b ?")
    hands.do(Paste(b"one", True, False), Paste(b"two", False, False))
    assert hands.close(consumed=1) == []
    assert hands.do(Paste(b"three", False, True)) == []
    assert hands.do(Paste(b"whole")) == [PasteData(b"whole", True, True, 1)]


def test_a_paste_behind_the_key_that_closed_the_ui_is_the_panes() -> None:
    hands = Hands()
    hands.type("C-b ? q")
    hands.do(Paste(b"text"))
    assert hands.close(consumed=1) == [PasteData(b"text", True, True, 1)]


def test_what_the_ui_has_no_room_for_is_refused_and_counted() -> None:
    hands = Hands()
    hands.type("C-b ?")
    hands.do(*[Key("a", text="a")] * (MAX_WAITING + 3))
    assert hands.router.take_message() == "the ui does not keep up: 3 keys were refused"
    assert hands.router.take_message() == ""


words = st.lists(st.sampled_from("abq?"), max_size=30)


@given(words, st.data())
def test_every_key_arrives_once_and_in_order_whenever_the_ui_closes(
    typed: list[str], data: st.DataObject
) -> None:
    hands = Hands()
    arrived: list[str] = []

    def sent() -> None:
        for message in hands.connection.take():
            assert isinstance(message, Keys)
            arrived.extend(key.name for key in message.keys)

    hands.type("C-b ?")
    for name in typed:
        hands.router.route([Key(name, text=name)], 1.0)
        sent()
        if hands.router.handover.open and data.draw(st.booleans()):
            consumed = data.draw(st.integers(0, len(hands.ui.given)))
            arrived.extend(key.name for key in hands.ui.given[:consumed] if isinstance(key, Key))
            hands.router.released(hands.ui.last - len(hands.ui.given) + consumed, 1.0)
            sent()
    if hands.router.handover.open:
        hands.router.released(hands.ui.last - len(hands.ui.given), 1.0)
        sent()
    assert arrived == typed


@pytest.mark.parametrize("consumed", [0, 1, 2])
def test_a_ui_may_open_again_from_what_the_one_before_left(consumed: int) -> None:
    hands = Hands()
    hands.type("C-b ? a b C-b ? c")
    hands.ui.given.clear()
    hands.router.released(1 + consumed, 1.0)
    assert len(hands.ui.opened) == 2
    assert hands.given() == "c"
    assert hands.connection.words() == [["keys a b"], ["keys b"], []][consumed]
