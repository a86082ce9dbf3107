"""What is asked in the status row has the keys, the pastes and the mouse on that row."""

from collections.abc import Sequence

from termlab.client.chrome import ALERT
from termlab.client.frame_mouse import StatusRow
from termlab.client.prompt_line import prompt_line, question_line
from termlab.client.replica import Replica
from termlab.client.router import Router
from termlab.client.style import Run
from termlab.model.keyname import parse_key
from termlab.model.keys import LEFT, PRESS, RELEASE, WHEEL_UP, InputEvent, Key, Mouse, Paste
from termlab.model.layout import Leaf, Split
from termlab.model.state import PaneInfo, State, WindowTab, WindowView
from termlab.wire.messages import Reply
from tests.client.recorder import OPTIONS, Recorder

LISTED = "list-sessions --json"
RUNS = "list-running --json --scope pane"
TREE = Split("row", (Leaf(1), Leaf(2)), (1, 1))
ROWS = 11
COLS = 60


class Hands:
    """A router on two panes, and the status row as it stands."""

    def __init__(self) -> None:
        self.replica = Replica()
        self.shows(1, 2)
        self.connection = Recorder()
        self.router = Router(self.connection, OPTIONS, self.replica, status=self.row)
        self.now = 1.0

    def shows(self, *panes: int) -> None:
        tree = TREE if len(panes) > 1 else Leaf(panes[0])
        view = WindowView(
            7, COLS, ROWS - 1, tree, panes[-1], False, tuple(PaneInfo(p, "", "") for p in panes)
        )
        self.replica.take(State(sum(panes), "main", (WindowTab(7, 0, "sh", True),), view))

    def row(self) -> StatusRow:
        view = self.router.prompt_view
        if view is not None:
            return StatusRow(ROWS - 1, prompt_line(view, COLS))
        if self.router.question:
            return StatusRow(ROWS - 1, question_line(self.router.question, COLS))
        return StatusRow(ROWS - 1, (Run(" main ", ALERT),))

    def do(self, *events: InputEvent) -> list[str]:
        self.router.route(events, self.now)
        return self.connection.words()

    def type(self, keys: str) -> list[str]:
        return self.do(*(parse_key(key) for key in keys.split()))

    def text(self, words: str) -> list[str]:
        return self.do(*(Key(char, text=char) for char in words))

    def press(self, words: str, cell: int = 1) -> list[str]:
        """The mouse on the run of the status row that has these words."""
        x = 0
        for run in self.row().line:
            if words in run.text:
                x += run.text.index(words) + cell
                break
            x += len(run.text)
        return self.do(Mouse(x, ROWS - 1, PRESS, LEFT), Mouse(x, ROWS - 1, RELEASE, LEFT))

    @property
    def prompt(self) -> str:
        view = self.router.prompt_view
        return "" if view is None else f"{view.text[: view.cursor]}|{view.text[view.cursor :]}"


def with_releases(keys: str) -> Sequence[InputEvent]:
    """Keys of a terminal that tells when they are let go of."""
    return [
        event
        for each in keys.split()
        for key in (parse_key(each),)
        for event in (key, Key(key.name, key.mods, "", RELEASE))
    ]


def test_keys_behind_the_opening_key_are_the_prompts() -> None:
    hands = Hands()
    assert hands.type("a C-b : n e w - w C-b x") == ["keys a", LISTED]
    assert hands.prompt == "new-x|w"


def test_keys_behind_enter_are_the_panes() -> None:
    hands = Hands()
    hands.type("C-b :")
    hands.connection.take()
    assert hands.do(*(Key(c, text=c) for c in "new-window"), Key("Enter"), Key("b", text="b")) == [
        "new-window",
        "keys b",
    ]


def test_releases_of_what_was_typed_go_nowhere() -> None:
    hands = Hands()
    hands.type("C-b :")
    hands.connection.take()
    hands.text("cancel")
    assert hands.do(*with_releases("x Backspace Enter")) == ["cancel"]


def test_a_paste_is_the_prompts_while_it_is_open() -> None:
    hands = Hands()
    hands.type("C-b :")
    hands.connection.take()
    assert hands.do(Paste(b"kill\n-server")) == []
    assert hands.prompt == "kill-server|"


def test_what_the_client_does_itself_is_typed_as_well() -> None:
    hands = Hands()
    hands.type("C-b :")
    hands.connection.take()
    hands.text("list-keys")
    assert hands.type("Enter") == []
    view = hands.router.prompt_view
    assert view is not None
    assert view.error.startswith("list-keys: nothing can be opened")
    hands.type("C-u")
    hands.text("send-prefix")
    assert hands.type("Enter") == ["keys b"]
    assert hands.prompt == ""


def test_words_that_can_not_be_asked_about_are_told_in_place() -> None:
    hands = Hands()
    hands.type("C-b :")
    hands.text("confirm-before")
    hands.type("Enter")
    view = hands.router.prompt_view
    assert view is not None
    assert "confirms nothing" in view.error


def test_what_ends_programs_is_asked_about_when_it_is_typed() -> None:
    hands = Hands()
    hands.type("C-b :")
    hands.connection.take()
    hands.text("kill-pane -t %2")
    assert hands.type("Enter") == ["list-running --json --scope pane -t %2"]
    assert hands.router.question == "kill-pane -t %2? (y/n)"
    assert hands.type("y a") == ["kill-pane -t %2", "keys a"]


def test_a_failure_comes_back_unless_something_else_was_typed() -> None:
    for behind, comes_back in (("", True), ("a", False)):
        hands = Hands()
        hands.type("C-b :")
        hands.connection.take()
        hands.text("select-window -t 9")
        hands.type("Enter")
        hands.type(behind)
        hands.router.replied(2, True)
        said = hands.router.prompts.replied(Reply(2, 3, "there is none"))
        assert (said is not None) is comes_back
        assert bool(hands.prompt) is comes_back


def test_a_press_in_the_text_moves_the_cursor() -> None:
    hands = Hands()
    hands.type("C-b :")
    hands.connection.take()
    hands.text("kill-pane")
    assert hands.press("kill", 2) == []
    assert hands.prompt == "ki|ll-pane"
    assert hands.do(Mouse(0, ROWS - 1, PRESS, WHEEL_UP)) == []


def test_a_press_on_a_candidate_takes_it() -> None:
    hands = Hands()
    hands.type("C-b :")
    hands.connection.take()
    hands.text("kill-")
    hands.type("Tab")
    assert hands.press("kill-server") == []
    assert hands.prompt == "kill-server |"


def test_a_press_in_the_text_of_a_search_moves_its_cursor() -> None:
    hands = Hands()
    hands.type("C-b [ / a b c")
    hands.press("abc", 1)
    assert hands.prompt == "a|bc"


def test_a_press_on_an_answer_answers() -> None:
    hands = Hands()
    assert hands.type("C-b x") == [RUNS]
    assert hands.press("[n]") == []
    assert hands.router.question == ""
    hands.type("C-b x")
    hands.connection.take()
    assert hands.press("close") == []
    assert hands.router.question
    assert hands.press("[y]") == ["kill-pane"]
    assert hands.type("y") == ["keys y"]


def test_a_press_elsewhere_is_no_answer() -> None:
    hands = Hands()
    hands.type("C-b x")
    hands.connection.take()
    hands.do(Mouse(1, 3, PRESS, LEFT))
    assert hands.router.question == ""
    assert hands.type("y") == ["keys y"]


def test_a_press_elsewhere_leaves_a_prompt_open() -> None:
    hands = Hands()
    hands.type("C-b :")
    hands.text("new")
    hands.do(Mouse(1, 3, PRESS, LEFT), Mouse(1, 3, RELEASE, LEFT))
    assert hands.prompt == "new|"


def test_a_question_goes_with_what_it_was_about() -> None:
    hands = Hands()
    hands.type("C-b x")
    assert not hands.router.follow(hands.replica)
    hands.shows(1)
    assert hands.router.follow(hands.replica)
    assert hands.router.question == ""
    assert hands.router.take_message() == "what was asked about has gone"


def test_a_prompt_that_can_not_be_opened_is_told() -> None:
    hands = Hands()
    hands.type("C-b :")
    hands.text("command-prompt -Z")
    hands.type("Enter")
    view = hands.router.prompt_view
    assert view is not None
    assert "there is no option '-Z'" in view.error
