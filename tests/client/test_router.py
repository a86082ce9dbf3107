"""Each event goes where it belongs, in order, and nothing is lost on the way."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termlab.client.pasting import MAX_WAITING_BYTES, PART_BYTES
from termlab.client.replica import Replica
from termlab.client.router import Router
from termlab.client.sources import KEYBOARD, MOUSE, PASTE, Given, Sources
from termlab.model.keyname import parse_key
from termlab.model.keys import (
    LEFT,
    MOTION,
    PRESS,
    RELEASE,
    RIGHT,
    WHEEL_UP,
    Focus,
    InputEvent,
    Key,
    Mouse,
    Paste,
)
from termlab.model.layout import Leaf, Split
from termlab.model.state import PaneInfo, State, WindowView
from termlab.wire.messages import (
    FocusChanged,
    Keys,
    MouseAt,
    PaneRows,
    PasteData,
)
from tests.client.recorder import OPTIONS, Recorder


class Hands:
    """A router, its connection, and words for what a person does."""

    def __init__(self, sources: Sources | None = None) -> None:
        self.replica = Replica()
        panes = (PaneInfo(1, "", ""), PaneInfo(2, "", ""))
        tree = Split("row", (Leaf(1), Leaf(2)), (1, 1))
        self.replica.take(State(1, "main", (), WindowView(1, 21, 10, tree, 1, False, panes)))
        self.connection = Recorder()
        self.router = Router(self.connection, OPTIONS, self.replica, sources=sources)
        self.now = 100.0

    def type(self, keys: str) -> list[str]:
        """Keys in one piece, as spelled; what was sent."""
        self.router.route([parse_key(key) for key in keys.split()], self.now)
        return self.connection.words()

    def do(self, *events: InputEvent) -> list[str]:
        self.router.route(events, self.now)
        return self.connection.words()

    def scrolled(self, above: int) -> None:
        """A frame: the focused pane is scrolled back, or -1 at its live screen."""
        self.replica.note(PaneRows(1, (), None, 0, above, 50))
        self.router.follow(self.replica)


def test_keys_that_came_together_go_together() -> None:
    assert Hands().type("a C-c Up") == ["keys a c Up"]


def test_keys_around_a_command_keep_their_order() -> None:
    hands = Hands()
    assert hands.type("a b C-b c d C-b Left e") == [
        "keys a b",
        "new-window",
        "keys d",
        "select-pane -L",
        "keys e",
    ]


def test_the_prefix_twice_is_one_prefix_for_the_program() -> None:
    assert Hands().type("a C-b C-b c") == ["keys a", "keys b c"]


def test_the_prefix_alone_sends_nothing_and_hints_after_a_while() -> None:
    hands = Hands()
    assert hands.type("C-b") == []
    due = hands.router.deadline()
    assert due == pytest.approx(hands.now + OPTIONS.hint_ms / 1000)
    assert not hands.router.hinting
    assert hands.router.expire(due or 0)
    assert hands.router.hinting
    assert ("d", "detach") in hands.router.hints()
    assert hands.type("d") == ["detach-client"]
    assert not hands.router.hinting
    assert hands.router.deadline() is None


def test_an_unknown_key_after_the_prefix_is_told_once() -> None:
    hands = Hands()
    assert hands.type("C-b F12 x") == ["keys x"]
    assert hands.router.take_message() == "F12 does nothing after the prefix"
    assert hands.router.take_message() == ""


def test_a_dangerous_command_is_asked_about() -> None:
    hands = Hands()
    runs = "list-running --json --scope pane"
    assert hands.type("C-b x") == [runs]
    assert hands.router.question == "close this pane? (y/n)"
    assert hands.type("n a") == ["keys a"]
    assert hands.type("C-b x y a") == [runs, "kill-pane", "keys a"]
    assert hands.router.question == ""


def test_the_key_behind_copy_mode_is_for_it_before_the_server_has_answered() -> None:
    hands = Hands()
    assert hands.type("C-b [ Up q a") == ["copy-mode", "cursor-up", "cancel", "keys a"]


def test_a_frame_from_before_the_request_does_not_change_the_mode() -> None:
    hands = Hands()
    hands.type("C-b [")
    hands.scrolled(-1)
    assert hands.type("Up") == ["cursor-up"]
    hands.router.replied(1, failed=False)
    assert hands.type("Up") == ["cursor-up"]
    hands.scrolled(-1)
    assert hands.type("Up") == ["keys Up"]


def test_frames_tell_the_mode_that_the_wheel_or_the_server_began() -> None:
    hands = Hands()
    hands.scrolled(5)
    assert hands.type("Up a") == ["cursor-up"]
    hands.scrolled(-1)
    assert hands.type("Up") == ["keys Up"]


def test_a_mode_that_failed_to_begin_leaves_the_keys_to_the_pane() -> None:
    hands = Hands()
    assert hands.type("C-b [ a") == ["copy-mode"]
    hands.router.replied(1, failed=True)
    assert hands.type("a") == ["keys a"]


# Mouse


def at(x: int, y: int, action: int = PRESS, button: int = LEFT) -> Mouse:
    return Mouse(x, y, action, button)


def sent(hands: Hands, *mouse: Mouse) -> list[tuple[int, int, int]]:
    hands.router.route(mouse, hands.now)
    messages = hands.connection.take()
    told = [m for m in messages if isinstance(m, MouseAt)]
    assert len(told) == len(messages)
    return [(m.pane, m.mouse.x, m.mouse.y) for m in told]


def test_a_click_is_told_in_the_cells_of_its_pane() -> None:
    assert sent(Hands(), at(12, 3), at(12, 3, RELEASE)) == [(2, 1, 2), (2, 1, 2)]


def test_a_drag_stays_with_its_pane_and_inside_it() -> None:
    hands = Hands()
    moves = (at(9, 1), at(15, 4, MOTION), at(20, 99, MOTION), at(20, 0, RELEASE))
    assert sent(hands, *moves) == [(1, 9, 0), (1, 9, 3), (1, 9, 8), (1, 9, 0)]
    assert sent(hands, at(15, 4, MOTION, 0)) == [(2, 4, 3)]


def test_a_press_on_the_frame_is_no_panes_up_to_its_release() -> None:
    hands = Hands()
    assert sent(hands, at(5, 0), at(11, 4, MOTION), at(12, 4, RELEASE)) == []
    assert sent(hands, at(12, 4)) == [(2, 1, 3)]


def test_the_wheel_grabs_nothing() -> None:
    hands = Hands()
    assert sent(hands, at(2, 3, PRESS, WHEEL_UP), at(12, 3, PRESS, RIGHT)) == [(1, 2, 2), (2, 1, 2)]


def test_a_pane_that_goes_while_it_is_dragged_gets_no_more() -> None:
    hands = Hands()
    sent(hands, at(12, 3))
    view = WindowView(1, 21, 10, Leaf(1), 1, False, (PaneInfo(1, "", ""),))
    hands.replica.take(State(2, "main", (), view))
    assert sent(hands, at(13, 3, MOTION), at(13, 3, RELEASE)) == []
    assert sent(hands, at(13, 3)) == [(1, 13, 3)]


def test_focus_is_told_in_its_place() -> None:
    hands = Hands()
    hands.router.route([Key("a", text="a"), Focus(False), Key("b", text="b")], 0)
    assert [type(m) for m in hands.connection.take()] == [Keys, FocusChanged, Keys]


# Paste


def test_a_paste_goes_in_parts_each_when_the_last_was_taken() -> None:
    hands = Hands()
    assert hands.do(Paste(b"x" * (2 * PART_BYTES + 5))) == [f"paste first {PART_BYTES}"]
    hands.router.took(1.0)
    assert hands.connection.words() == [f"paste {PART_BYTES}"]
    hands.router.took(1.0)
    assert hands.connection.words() == ["paste last 5"]
    hands.router.took(1.0)
    assert hands.connection.words() == []


def test_an_empty_paste_is_one_too() -> None:
    assert Hands().do(Paste(b"")) == ["paste first last 0"]


def test_keys_behind_a_change_of_window_are_not_for_the_view_left_behind() -> None:
    hands = Hands()
    hands.scrolled(10)
    assert hands.type("Up") == ["cursor-up"]
    assert hands.type("C-b c l s") == ["new-window", "keys l s"]
    hands.scrolled(10)  # a frame from before the command
    assert hands.type("x") == ["keys x"]
    hands.router.replied(2, failed=True)
    assert hands.type("Up") == ["cursor-up"]


def test_keys_behind_a_paste_wait_for_it_and_commands_do_not() -> None:
    hands = Hands()
    assert hands.do(Paste(b"xy"), Key("a"), Key("b"), Paste(b"z")) == ["paste first last 2"]
    # Which pane has the focus after a command only the server knows.
    assert hands.type("C-b c d") == ["new-window", "keys d"]
    hands.router.replied(1, failed=False)
    assert hands.type("e") == []
    hands.router.took(1.0)
    assert hands.connection.words() == ["keys a b", "paste first last 1"]
    hands.router.took(1.0)
    assert hands.connection.words() == ["keys e"]
    assert hands.type("f") == ["keys f"]


def test_a_pane_that_takes_nothing_stops_the_reading_of_more() -> None:
    hands = Hands()
    hands.do(Paste(b"x"))
    hands.do(Paste(b"y" * (MAX_WAITING_BYTES - 1)))
    assert not hands.router.full
    hands.do(Key("a"))
    assert hands.router.full
    while hands.router.full:
        hands.router.took(1.0)
    rest = sum(m.data.count(b"y") for m in hands.connection.take() if isinstance(m, PasteData))
    assert rest == PART_BYTES


def test_a_program_that_never_reads_does_not_keep_the_person_from_leaving() -> None:
    hands = Hands()
    hands.do(Paste(b"y" * (MAX_WAITING_BYTES + 2 * PART_BYTES)))
    assert hands.router.full
    due = hands.router.deadline()
    assert due is not None
    hands.router.expire(due - 0.001)
    assert hands.router.full
    hands.router.expire(due)
    assert not hands.router.full
    hands.connection.take()
    hands.do(Key("a", text="a"))
    assert "does not read" in hands.router.take_message()
    assert hands.type("C-b d") == ["detach-client"]


letters = st.sampled_from("abcdef").map(lambda char: Key(char, text=char))
pastes = st.builds(Paste, st.binary(max_size=3), st.booleans(), st.booleans())
big = st.integers(0, 3).map(lambda n: Paste(b"p" * (PART_BYTES * n // 2)))


def heard(messages: Sequence[object]) -> list[object]:
    """What a pane would hear: keys one by one, pastes as their bytes."""
    found: list[object] = []
    for message in messages:
        if isinstance(message, Keys):
            found += message.keys
        elif isinstance(message, PasteData):
            found += message.data
    return found


@given(st.lists(st.one_of(st.lists(st.one_of(letters, pastes, big), max_size=5), st.none())))
def test_what_goes_out_is_what_came_in(turns: list[list[Key | Paste] | None]) -> None:
    hands = Hands()
    under_way = False
    given_in: list[object] = []
    out: list[object] = []
    for turn in (*turns, *[None] * 40):
        if turn is not None:
            hands.router.route(turn, hands.now)
            for event in turn:
                given_in += [event] if isinstance(event, Key) else event.data
        elif under_way:
            under_way = False
            hands.router.took(1.0)
        messages = hands.connection.take()
        parts = sum(isinstance(message, PasteData) for message in messages)
        assert parts + under_way <= 1
        under_way = under_way or parts > 0
        out += messages
    while under_way:
        hands.router.took(1.0)
        messages = hands.connection.take()
        under_way = any(isinstance(message, PasteData) for message in messages)
        out += messages
    assert heard(out) == given_in
    assert not hands.router.full


# Search


def test_a_search_is_typed_into_the_status_row_and_runs_as_a_command() -> None:
    hands = Hands()
    assert hands.type("C-b [ /") == ["copy-mode"]
    assert hands.type("a C-x ?") == ["search-incremental -- a", "search-incremental -- a?"]
    view = hands.router.prompt_view
    assert view is not None
    assert (view.lead, view.text, view.cursor, view.hints) == ("/", "a?", 2, ())
    assert hands.type("Enter j") == ["search-forward -- a?", "cursor-down"]
    assert hands.router.prompt_view is None


def test_releases_of_keys_typed_into_a_search_go_nowhere() -> None:
    hands = Hands()
    hands.scrolled(5)
    hands.type("/ q")
    assert hands.do(Key("q", action=RELEASE), Key("Enter"), Key("Enter", action=RELEASE)) == [
        "search-forward -- q"
    ]


def test_a_paste_into_a_search_is_typed_there() -> None:
    hands = Hands()
    hands.scrolled(5)
    hands.type("?")
    assert hands.do(Paste(b"two words\n")) == ["search-incremental -b -- two words"]
    view = hands.router.prompt_view
    assert view is not None
    assert (view.lead, view.text) == ("?", "two words")


def test_a_search_ends_with_its_view() -> None:
    hands = Hands()
    hands.scrolled(5)
    hands.type("/")
    hands.scrolled(-1)
    assert hands.router.prompt_view is None
    assert hands.type("a") == ["keys a"]


def test_copying_leaves_the_mode_before_the_server_has_said_so() -> None:
    hands = Hands()
    hands.scrolled(5)
    assert hands.type("v y a") == ["begin-selection", "copy-selection", "keys a"]


@pytest.mark.parametrize("source", [KEYBOARD, MOUSE, PASTE])
def test_who_registered_for_a_pane_has_what_is_for_it_and_no_other_s(source: int) -> None:
    sources, got = Sources(), list[Given]()

    def take(events: Sequence[Given], now: float) -> bool:
        got.extend(events)
        return True

    sources.register(source, take, 1)
    hands = Hands(sources)
    mine = (Key("a", text="a"), at(2, 2), Paste(b"text", True, True))
    others = (at(15, 2), at(15, 2, RELEASE))
    said = hands.do(mine[source], at(2, 2, RELEASE), *others)
    assert got[0] == mine[source]
    assert all(event not in others for event in got)
    assert len(said) == (2 if source == MOUSE else 3)
    assert all("pane=2" in word for word in said[-2:])
