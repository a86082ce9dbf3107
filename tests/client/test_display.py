"""The picture on the terminal after frames, messages and prompts, read from a real engine."""

import sys

from msgspec.structs import replace

from termlab.client.frame_mouse import NO_STATUS
from termlab.client.router import Router
from termlab.model.geometry import Size
from termlab.model.keyname import parse_key
from termlab.model.layout import Leaf, Node, Split
from termlab.model.screen import MOUSE_ANY, Cursor
from termlab.model.state import PaneInfo, State, WindowTab, WindowView
from termlab.terminal.ghostty import GhosttyEmulator
from termlab.wire.messages import Frame, PaneRows
from tests.client.named_windows import window_at
from tests.client.recorder import OPTIONS, Recorder
from tests.terminal.cells import feed

if sys.platform != "win32":
    from termlab.client.capabilities import TRUE_COLOUR, Capabilities
    from termlab.client.display import Display
    from termlab.client.outer import OuterTerminal

assert sys.platform != "win32"

SIZE = Size(31, 6)
PAIR = Split("row", (Leaf(1), Leaf(2)), (1, 1))
MESSAGE_S = OPTIONS.message_ms / 1000


class Paper(OuterTerminal):
    """A terminal that keeps what is written, and shows it."""

    def __init__(self, size: Size) -> None:
        self.engine = GhosttyEmulator(size)
        self.written: list[bytes] = []
        self.moves: list[bool] = []
        self.asked: list[str] = []
        self.wanted_keys: list[int] = []
        self.titles: list[str] = []
        feed(self.engine, b"\x1b[?7l\x1b[?25l")

    def size(self) -> Size:
        return self.engine.size

    def enter(self) -> None:
        self.asked.append("enter")

    @property
    def entered(self) -> bool:
        return "enter" in self.asked

    def mouse(self, wanted: bool = True) -> None:
        self.asked.append("mouse" if wanted else "no mouse")
        feed(self.engine, b"\x1b[?25l\x1b[H\x1b[2J")

    def motion(self, wanted: bool) -> None:
        self.moves.append(wanted)

    def capable(self, found: Capabilities) -> None:
        self.asked.append(f"{found.colours} colours")

    def keys(self, asked: int) -> None:
        self.wanted_keys.append(asked)

    def title(self, text: str) -> None:
        self.titles.append(text)

    def write(self, data: bytes) -> None:
        self.written.append(data)
        feed(self.engine, data)

    def take(self) -> bytes:
        """What was written since the last call."""
        data, self.written = b"".join(self.written), []
        return data

    def rows(self) -> list[str]:
        return self.engine.text_at(self.engine.history_rows(), self.engine.size.rows)


def state_of(
    epoch: int, size: Size = SIZE, tree: Node = PAIR, active: int = 1, name: str = "sh"
) -> State:
    panes = (PaneInfo(1, "", ""), PaneInfo(2, "", ""))
    view = WindowView(1, size.cols, size.rows - 1, tree, active, False, panes)
    return State(epoch, "main", (WindowTab(1, 0, name, current=True),), view)


def rows_of(pane: int, *rows: bytes, cursor: Cursor | None = None, above: int = -1) -> PaneRows:
    return PaneRows(pane, tuple(enumerate(rows)), cursor, 0, above, 40)


def started(size: Size = SIZE) -> tuple[Display, Paper]:
    paper = Paper(size)
    screen = Display(paper)
    screen.start(OPTIONS, size)
    return screen, paper


def shown(size: Size = SIZE) -> tuple[Display, Paper]:
    """The screen with two panes on it."""
    screen, paper = started(size)
    one = rows_of(1, b"$ left", b"", b"", b"", cursor=Cursor(6, 0))
    screen.frame(Frame(1, 1, (one, rows_of(2, b"right", b"", b"", b"")), state_of(1, size)))
    paper.take()
    return screen, paper


PICTURE = [
    "───────────────┬───────────────",
    "$ left         │right",
    "               │",
    "               │",
    "               │",
]


def test_the_first_frame_is_the_whole_picture() -> None:
    screen, paper = shown()
    assert paper.asked == ["enter", "mouse"]
    assert paper.rows() == [*PICTURE, " main  0:sh*"]
    assert paper.engine.cursor() == Cursor(6, 1)
    assert screen.deadline() is None


def test_a_frame_of_an_older_geometry_is_dropped() -> None:
    screen, paper = shown()
    screen.frame(Frame(2, 0, (rows_of(1, b"old"),)))
    assert paper.take() == b""
    screen.frame(Frame(3, 1, (rows_of(1, b"new"),)))
    assert b"new" in paper.take()


def test_nothing_is_painted_before_the_first_state() -> None:
    screen, paper = started()
    screen.frame(Frame(1, 0, (rows_of(1, b"early"),)))
    screen.say("hello", 0.0)
    assert paper.rows() == [""] * SIZE.rows


def test_a_new_geometry_paints_all_anew() -> None:
    screen, paper = shown()
    whole = rows_of(1, b"$ left", b"", b"", b"", b"", cursor=Cursor(6, 0))
    screen.frame(Frame(2, 2, (whole,), state_of(2, tree=Leaf(1))))
    assert paper.rows() == ["$ left", "", "", "", "", " main  0:sh*"]


def test_the_status_row_is_written_when_it_differs_and_not_before() -> None:
    screen, paper = shown()
    screen.frame(Frame(2, 1, (), state_of(1)))
    assert b"main" not in paper.take()
    screen.frame(Frame(3, 1, (), state_of(1, name="vim")))
    assert paper.rows()[-1] == " main  0:vim*"


def test_the_scroll_position_of_the_focused_pane_is_in_the_status_row() -> None:
    screen, paper = shown()
    screen.frame(Frame(2, 1, (rows_of(1, b"older", above=10),)))
    assert paper.rows()[-1].endswith(" 30/40")
    assert not paper.engine.cursor().visible
    screen.frame(Frame(3, 1, (rows_of(2, b"older", above=5),)))
    assert paper.rows()[-1].endswith(" 30/40")
    screen.frame(Frame(4, 1, (rows_of(1, b"$ left", cursor=Cursor(6, 0)),)))
    assert paper.rows()[-1] == " main  0:sh*"


def test_the_cursor_goes_with_the_focus_even_to_a_pane_that_says_nothing() -> None:
    screen, paper = shown()
    screen.frame(Frame(2, 1, (), state_of(1, active=2)))
    assert not paper.engine.cursor().visible
    screen.frame(Frame(3, 1, (rows_of(2, cursor=Cursor(5, 0)),)))
    assert paper.engine.cursor() == Cursor(21, 1)


def test_a_message_stands_for_its_time() -> None:
    screen, paper = shown()
    screen.say("no such window", 10.0, error=True)
    assert paper.rows()[-1] == " no such window"
    due = screen.deadline()
    assert due == 10.0 + MESSAGE_S
    screen.expire(due - 0.01)
    assert paper.rows()[-1] == " no such window"
    screen.expire(due)
    assert paper.rows()[-1] == " main  0:sh*"
    assert screen.deadline() is None


def test_a_message_said_early_stands_on_the_first_picture() -> None:
    screen, paper = started()
    screen.say("welcome", 1.0)
    screen.frame(Frame(1, 1, (), state_of(1)))
    assert paper.rows()[-1] == " welcome"


def test_a_message_is_one_line_and_orders_nothing() -> None:
    screen, paper = shown()
    screen.say("a\nb\x1b[2J\x07", 0.0)
    assert paper.rows() == [*PICTURE, " a b [2J"]


def test_a_message_is_drawn_anew_for_another_width() -> None:
    screen, paper = shown()
    screen.say("a message of some length", 0.0)
    small = Size(12, 6)
    paper.engine.resize(small)
    screen.resize(small)
    screen.frame(Frame(2, 2, (), state_of(2, small)))
    assert paper.rows()[-1] == " a message …"


def router_on(screen: Display) -> Router:
    return Router(Recorder(), OPTIONS, screen.replica)


def press(screen: Display, router: Router, keys: str, now: float) -> None:
    router.route([parse_key(key) for key in keys.split()], now)
    screen.show_prompt(router, now)


def test_a_question_stands_until_it_is_answered_and_before_any_message() -> None:
    screen, paper = shown()
    router = router_on(screen)
    press(screen, router, "C-b x", 0.0)
    assert paper.rows()[-1] == " close this pane?  [y]es  [n]o"
    screen.say("by the way", 0.0)
    assert paper.rows()[-1] == " close this pane?  [y]es  [n]o"
    press(screen, router, "n", 0.1)
    assert paper.rows()[-1] == " by the way"


def test_hints_come_late_and_go_with_the_next_key() -> None:
    screen, paper = shown()
    router = router_on(screen)
    press(screen, router, "C-b", 0.0)
    assert paper.take() == b""
    assert router.expire(OPTIONS.hint_ms / 1000)
    screen.show_prompt(router, 1.0)
    assert paper.rows()[-1].startswith(" ? help  % split right ")
    press(screen, router, "c", 1.1)
    assert paper.rows()[-1] == " main  0:sh*"


def test_a_key_without_a_meaning_is_told() -> None:
    screen, paper = shown()
    press(screen, router_on(screen), "C-b F12", 5.0)
    assert paper.rows()[-1] == " F12 does nothing after the pr…"
    assert screen.deadline() == 5.0 + MESSAGE_S


def test_a_terminal_taken_anew_is_painted_whole_by_the_next_state() -> None:
    screen, paper = shown()
    screen.take_again()
    screen.resize(SIZE)
    one = rows_of(1, b"$ left", b"", b"", b"", cursor=Cursor(6, 0))
    screen.frame(Frame(2, 2, (one, rows_of(2, b"right", b"", b"", b"")), state_of(2)))
    assert paper.rows() == [*PICTURE, " main  0:sh*"]
    assert paper.engine.cursor() == Cursor(6, 1)


def test_a_terminal_of_one_row_has_no_status_row() -> None:
    screen, paper = started(Size(20, 1))
    view = WindowView(1, 20, 1, Leaf(1), 1, False, (PaneInfo(1, "", ""),))
    screen.frame(Frame(1, 1, (rows_of(1, b"$ "),), State(1, "main", (), view)))
    screen.say("unheard", 0.0)
    assert paper.rows() == ["$"]


def test_motion_is_asked_of_the_terminal_while_a_program_wants_it() -> None:
    screen, paper = shown()
    screen.frame(Frame(2, 1, (PaneRows(2, (), None, MOUSE_ANY),)))
    screen.frame(Frame(3, 1, (PaneRows(2, (), None, 0),)))
    assert paper.moves == [False, True, False]


def test_pictures_are_wrapped_once_the_terminal_knows_how() -> None:
    screen, paper = shown()
    screen.capable(Capabilities(TRUE_COLOUR, True, True, True))
    screen.frame(Frame(2, 1, (rows_of(1, b"a", b"b"),)))
    data = paper.take()
    assert data.startswith(b"\x1b[?2026h")
    assert data.endswith(b"\x1b[?2026l")


def test_a_greeting_stands_until_it_is_ended_and_the_status_tells_its_names() -> None:
    screen, paper = shown()
    screen.greet("Welcome", 1.0)
    assert paper.rows()[-1] == " Welcome"
    assert window_at(screen.status().line, 7) is None
    screen.greet("", 2.0)
    assert paper.rows()[-1] == " main  0:sh*"
    row = screen.status()
    assert row.y == SIZE.rows - 1
    assert [window_at(row.line, x) for x in (6, 7, 11, 12)] == [None, 1, 1, None]


def test_a_terminal_of_one_row_has_no_status() -> None:
    screen, _ = shown()
    screen.resize(Size(31, 1))
    assert screen.status() == NO_STATUS


def test_the_terminal_is_told_what_the_program_in_front_asks_and_what_is_shown() -> None:
    screen, paper = shown()
    screen.frame(Frame(2, 1, (PaneRows(1, (), None, kitty=3), PaneRows(2, (), None, kitty=31))))
    assert paper.wanted_keys[-1] == 3
    assert paper.titles[-1] == "main: sh"
    screen.frame(Frame(3, 1, (), state_of(1, active=2, name="vim")))
    assert paper.wanted_keys[-1] == 31
    assert paper.titles[-1] == "main: vim"
    screen.reload(replace(OPTIONS, set_titles=False))
    assert paper.titles[-1] == ""


def test_what_can_be_shown_better_by_now_is_painted_again_once() -> None:
    screen, paper = started()
    screen.capable(Capabilities(256))
    row = b"\x1b[38;2;1;2;3mword\x1b[0m"
    screen.frame(Frame(1, 1, (rows_of(1, row),), state_of(1)))
    assert b"\x1b[38;5;16mword" in paper.take()
    screen.capable(Capabilities(256, complete=True))
    assert paper.take() == b""
    screen.capable(Capabilities(TRUE_COLOUR, underline_styles=True, underline_colours=True))
    assert row in paper.take()
    before = paper.rows()
    screen.capable(Capabilities(256))
    assert b"38;2" not in paper.take()
    assert paper.rows() == before
    screen.frame(Frame(2, 1, (rows_of(1, row),)))
    screen.capable(Capabilities(16))
    assert b"\x1b[30mword" in paper.take()


def test_what_looked_right_already_is_not_painted_again() -> None:
    screen, paper = started()
    screen.capable(Capabilities(256))
    screen.frame(Frame(1, 1, (rows_of(1, b"\x1b[31mword\x1b[0m"),), state_of(1)))
    paper.take()
    screen.capable(Capabilities(TRUE_COLOUR))
    assert paper.take() == b""
