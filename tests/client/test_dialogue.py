"""What an attached client answers and shows, told as a dialogue with the server and the person."""

import pytest

from termlab.client.dialogue import Dialogue
from termlab.client.frame_mouse import StatusRow
from termlab.client.handover import NoUi
from termlab.client.input import InputParser
from termlab.client.replica import Replica
from termlab.client.router import Router
from termlab.client.style import PLAIN, Run
from termlab.model.bindings import Binding
from termlab.model.geometry import Size
from termlab.model.keys import Key
from termlab.wire.messages import (
    Attached,
    Bye,
    ClientOptions,
    Clipboard,
    Frame,
    Keys,
    Notice,
    Outer,
    OuterChanged,
    Rang,
    Reloaded,
    Reply,
    Request,
    Seen,
    Took,
)
from tests.client.recorder import OPTIONS, Recorder

SIZE = Size(80, 24)


class Shown:
    """A face that keeps what it was told, in words."""

    def __init__(self) -> None:
        self.replica = Replica()
        self.words: list[str] = []
        self.due: float | None = None

    def start(self, options: ClientOptions, size: Size) -> None:
        self.words.append("start")

    def reload(self, options: ClientOptions) -> None:
        self.words.append(f"messages {options.message_ms}")

    def frame(self, frame: Frame) -> None:
        self.words.append(f"frame {frame.serial}")

    def show_prompt(self, router: Router, now: float) -> None:
        if router.question:
            self.words.append(f"asks {router.question}")
        if said := router.take_message():
            self.words.append(said)

    def say(self, text: str, now: float, error: bool = False) -> None:
        self.words.append(f"error: {text}" if error else text)

    def greet(self, text: str, now: float) -> None:
        self.words.append(f"greets {text}" if text else "greets no more")

    def status(self) -> StatusRow:
        return StatusRow(SIZE.rows - 1, (Run("0:sh", PLAIN, 4),))

    def resize(self, size: Size) -> None:
        self.words.append(f"{size.cols}x{size.rows}")

    def synchronised(self, known: bool) -> None:
        self.words.append(f"synchronised {known}")

    def settled(self) -> None:
        self.words.append("settled")

    def bell(self) -> None:
        self.words.append("bell")

    def copied(self, data: bytes) -> None:
        self.words.append(f"copied {data.decode()}")

    def deadline(self) -> float | None:
        return self.due

    def expire(self, now: float) -> None: ...


class Stage:
    def __init__(self) -> None:
        self.server = Recorder()
        self.face = Shown()
        self.dialogue = Dialogue(self.server, self.face, InputParser(), SIZE, NoUi())

    def attach(self) -> None:
        self.dialogue.heard(Attached(1, OPTIONS), 0.0)


@pytest.fixture
def stage() -> Stage:
    return Stage()


def test_what_is_typed_before_the_answer_waits_for_it(stage: Stage) -> None:
    assert stage.dialogue.full
    stage.dialogue.hear(b"a\x1b]11;rgb:0000/1111/2222\x1b\\b", 0.0)
    assert stage.server.take() == []
    assert stage.dialogue.outer.background == (0, 0x11, 0x22)
    stage.attach()
    assert not stage.dialogue.full
    (keys,) = [sent for sent in stage.server.take() if isinstance(sent, Keys)]
    assert [key.name for key in keys.keys] == ["a", "b"]
    assert stage.face.words == ["start"]


def test_each_frame_is_answered_once_what_was_drawn_stands(stage: Stage) -> None:
    stage.attach()
    stage.dialogue.heard(Frame(1, 1, ()), 0.0)
    stage.dialogue.heard(Frame(2, 1, ()), 0.0)
    assert stage.server.take() == []
    stage.dialogue.give_credit()
    assert stage.server.take() == [Seen(1), Seen(2)]
    stage.dialogue.give_credit()
    assert stage.server.take() == []
    assert stage.face.words == ["start", "frame 1", "frame 2"]


def test_answers_of_the_terminal_are_told_and_not_typed(stage: Stage) -> None:
    stage.attach()
    stage.dialogue.typed(b"\x1b[?2026;2$y\x1b[6;20;10t\x1b[?62c", 0.0)
    size = Size(80, 24, 800, 480)
    assert stage.dialogue.outer == Outer(size)
    assert stage.server.take() == [OuterChanged(Outer(size))]
    assert stage.face.words == ["start", "synchronised True", "settled"]


def test_a_new_size_keeps_what_was_learnt(stage: Stage) -> None:
    stage.attach()
    stage.dialogue.typed(b"\x1b[6;20;10t", 0.0)
    stage.server.take()
    stage.dialogue.resized(Size(100, 30))
    assert stage.server.take() == [OuterChanged(Outer(Size(100, 30, 1000, 600)))]
    assert stage.face.words[-1] == "100x30"


def test_only_a_failed_reply_is_news(stage: Stage) -> None:
    stage.attach()
    stage.dialogue.typed(b"\x02%", 0.0)
    (request,) = [sent for sent in stage.server.take() if isinstance(sent, Request)]
    stage.dialogue.heard(Reply(request.id, 0, "fine"), 0.0)
    assert stage.face.words == ["start"]
    stage.dialogue.heard(Reply(request.id, 3, "no room"), 0.0)
    assert stage.face.words[-1] == "error: no room"


def test_notices_bells_and_the_end(stage: Stage) -> None:
    stage.attach()
    stage.dialogue.heard(Notice("a word"), 0.0)
    stage.dialogue.heard(Rang(1), 0.0)
    stage.dialogue.heard(Took(), 0.0)
    stage.dialogue.heard(Clipboard(b"text"), 0.0)
    assert stage.face.words == ["start", "a word", "bell", "copied text"]
    assert stage.dialogue.bye is None
    stage.dialogue.heard(Bye("[exited]"), 0.0)
    assert stage.dialogue.bye == Bye("[exited]")


def test_an_escape_is_one_when_nothing_came_behind_it(stage: Stage) -> None:
    stage.attach()
    stage.dialogue.typed(b"\x1b", 1.0)
    due = stage.dialogue.deadline()
    assert due is not None
    assert stage.server.take() == []
    stage.dialogue.expire(due)
    assert stage.server.take() == [Keys((Key("Escape"),))]
    assert stage.dialogue.deadline() is None


def test_the_earliest_deadline_counts(stage: Stage) -> None:
    stage.attach()
    stage.face.due = 0.5
    stage.dialogue.typed(b"\x02", 1.0)
    assert stage.dialogue.deadline() == 0.5


def test_what_nobody_can_open_is_said(stage: Stage) -> None:
    stage.attach()
    stage.dialogue.typed(b"\x02?", 0.0)
    assert "list-keys" in stage.face.words[-1]
    stage.dialogue.consumed(1, 0.0)
    stage.dialogue.released(1, 0.0)
    assert stage.server.take() == []


@pytest.mark.parametrize("new", [True, False])
def test_somebody_new_is_greeted_until_the_first_key(new: bool) -> None:
    server, face = Recorder(), Shown()
    dialogue = Dialogue(server, face, InputParser(), SIZE, NoUi(), lambda: new)
    dialogue.heard(Attached(1, OPTIONS), 0.0)
    assert [word.split(" C-b")[0] for word in face.words] == ["start", *["greets Welcome:"] * new]
    dialogue.typed(b"\x1b[I\x1b[<0;3;3M", 0.0)
    assert "greets no more" not in face.words
    dialogue.typed(b"a", 0.0)
    dialogue.typed(b"b", 0.0)
    assert face.words.count("greets no more") == new


def test_what_was_typed_before_the_greeting_does_not_end_it(stage: Stage) -> None:
    dialogue = Dialogue(stage.server, stage.face, InputParser(), SIZE, NoUi(), lambda: True)
    dialogue.hear(b"a", 0.0)
    dialogue.heard(Attached(1, OPTIONS), 0.0)
    assert "greets no more" not in stage.face.words


def test_a_click_on_the_status_row_shows_what_it_names(stage: Stage) -> None:
    stage.attach()
    stage.dialogue.typed(b"\x1b[<0;2;24M\x1b[<0;2;24m", 0.0)
    (asked,) = [sent for sent in stage.server.take() if isinstance(sent, Request)]
    assert asked.argv == ("select-window", "-t", "@4")


def test_reloaded_options_hold_from_there_on_and_no_key_is_lost(stage: Stage) -> None:
    stage.attach()
    bindings = (Binding("y", "next-window"), Binding("C-a", "send-prefix"))
    other = ClientOptions("C-a", 50, 500, 400, 900, True, {"prefix": bindings})
    stage.dialogue.typed(b"a\x02", 0.0)  # the old prefix waits for its key
    stage.dialogue.heard(Reloaded(1, other), 0.0)
    assert stage.face.words[-1] == "messages 900"
    stage.dialogue.typed(b"y\x02\x01yb", 0.1)
    assert stage.server.words() == [*("keys a", "next-window", "keys b", "next-window", "keys b")]


def test_a_question_stands_through_a_reload(stage: Stage) -> None:
    stage.attach()
    stage.dialogue.typed(b"\x02x", 0.0)
    stage.dialogue.heard(Reloaded(1, OPTIONS), 0.0)
    stage.dialogue.typed(b"y", 0.1)
    assert stage.server.words() == ["kill-pane"]
