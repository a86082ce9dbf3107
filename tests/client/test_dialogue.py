"""What an attached client answers and shows, told as a dialogue with the server and the person."""

import time

import msgspec
import pytest

from termlab.client.capabilities import Capabilities
from termlab.client.dialogue import DOUBT, REFUSED, Dialogue
from termlab.client.event_queue import QUEUE_EVENTS
from termlab.client.frame_mouse import StatusRow
from termlab.client.handover import NoUi
from termlab.client.input import InputParser
from termlab.client.replica import Replica
from termlab.client.router import Router
from termlab.client.style import PLAIN, Run
from termlab.model.bindings import Binding
from termlab.model.geometry import Size
from termlab.model.keys import Key
from termlab.model.theme import Theme, theme_named
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
        self.themes: list[Theme | None] = []
        self.found: list[Capabilities] = []

    def start(self, options: ClientOptions, size: Size) -> None:
        self.words.append("start")
        self.themes.append(options.theme)

    def reload(self, options: ClientOptions) -> None:
        self.words.append(f"messages {options.message_ms}")
        self.themes.append(options.theme)

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

    def capable(self, found: Capabilities) -> None:
        self.found.append(found)

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
    stage.dialogue.typed(b"a\x1b]11;rgb:0000/1111/2222\x1b\\b", 0.0)
    assert stage.server.take() == []
    assert stage.dialogue.outer.background == (0, 0x11, 0x22)
    stage.attach()
    assert not stage.dialogue.full
    (keys,) = [sent for sent in stage.server.take() if isinstance(sent, Keys)]
    assert [key.name for key in keys.keys] == ["a", "b"]
    assert stage.face.words == ["start"]


def test_nothing_typed_before_the_answer_is_lost(stage: Stage) -> None:
    stage.dialogue.typed(b"a" * QUEUE_EVENTS, 0.0)
    assert stage.dialogue.intake.full
    stage.dialogue.typed(b"b" + b"c" * QUEUE_EVENTS, 0.0)
    stage.attach()
    sent = [sent for sent in stage.server.take() if isinstance(sent, Keys)]
    names = "".join(key.name for keys in sent for key in keys.keys)
    assert names == "a" * QUEUE_EVENTS + "b" + "c" * QUEUE_EVENTS
    assert not stage.dialogue.full


def test_where_nobody_can_be_told_to_wait_what_is_refused_is_said(stage: Stage) -> None:
    stage.dialogue.events([Key("a")] * QUEUE_EVENTS, 0.0)
    stage.dialogue.events([Key("b")] * 3, 0.0)
    stage.attach()
    assert f"error: {REFUSED.format(3)}" in stage.face.words


def test_each_frame_is_answered_once_what_was_drawn_stands(stage: Stage) -> None:
    stage.attach()
    stage.dialogue.heard(Frame(1, 1, ()), 0.0)
    stage.dialogue.heard(Frame(2, 1, ()), 0.0)
    assert stage.server.take() == []
    before = time.monotonic()
    stage.dialogue.give_credit()
    seen = [message for message in stage.server.take() if isinstance(message, Seen)]
    assert [message.serial for message in seen] == [1, 2]
    assert all(before <= (message.at_s or 0) <= time.monotonic() for message in seen)
    stage.dialogue.give_credit()
    assert stage.server.take() == []
    assert stage.face.words == ["start", "frame 1", "frame 2"]


def test_answers_of_the_terminal_are_told_and_not_typed(stage: Stage) -> None:
    stage.attach()
    stage.dialogue.typed(b"\x1b[?2026;2$y\x1b[6;20;10t\x1b[?62c", 0.0)
    size = Size(80, 24, 800, 480)
    assert stage.dialogue.outer == Outer(size)
    assert stage.server.take() == [OuterChanged(Outer(size))]
    assert stage.face.words == ["start", "settled"]
    assert stage.face.found[-1].synchronised
    assert stage.face.found[-1].complete


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
    dialogue.typed(b"a", 0.0)
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
    assert stage.server.words() == ["list-running --json --scope pane", "kill-pane"]


def test_what_the_terminal_can_do_is_told_as_it_becomes_known(stage: Stage) -> None:
    assert stage.face.found == [Capabilities()]
    stage.dialogue.typed(b"\x1b[?2026;2$y", 0.0)
    stage.attach()
    stage.dialogue.typed(b"\x1b[?2026;2$yx\x1bP1+r524742=38\x1b\\", 0.0)
    stage.dialogue.typed(b"\x1b[?62c", 1.0)
    told = [(each.synchronised, each.strings, each.complete) for each in stage.face.found[1:]]
    assert told == [(True, False, False), (True, True, False), (True, True, True)]
    assert stage.server.words() == ["keys x"]


def test_pixels_told_once_hold_for_every_size(stage: Stage) -> None:
    stage.attach()
    stage.dialogue.typed(b"\x1b[4;480;800t", 0.0)
    assert stage.dialogue.outer.size == Size(80, 24, 800, 480)
    stage.dialogue.resized(Size(40, 10))
    assert stage.dialogue.outer.size == Size(40, 10, 400, 200)


def test_a_flood_of_bells_is_heard_ten_times_a_second(stage: Stage) -> None:
    stage.attach()
    for number in range(1000):
        stage.dialogue.heard(Rang(1), number / 1000)
    assert stage.face.words.count("bell") == 10


def test_a_copy_for_a_terminal_that_may_not_take_it_is_said_to_be_one(stage: Stage) -> None:
    stage.attach()
    for _ in range(2):
        stage.dialogue.heard(Clipboard(b"text"), 0.0)
        stage.dialogue.heard(Notice("copied 4 characters"), 0.0)
        stage.dialogue.heard(Notice("a word"), 0.0)
        stage.dialogue.typed(b"\x1bP>|it\x1b\\\x1b[?62;52c", 0.0)
    assert stage.face.words == [
        "start",
        "copied text",
        f"copied 4 characters{DOUBT}",
        "a word",
        "settled",
        "copied text",
        "copied 4 characters",
        "a word",
        "settled",
    ]


NORD, LATTE = theme_named("nord"), theme_named("catppuccin-latte")
THEMED = msgspec.structs.replace(OPTIONS, theme=NORD, theme_light=LATTE)
DARK, LIGHT = b"\x1b]11;rgb:0000/0000/0000\x1b\\", b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\"


def test_the_theme_is_that_for_the_ground_which_the_terminal_told_before(stage: Stage) -> None:
    stage.dialogue.typed(LIGHT, 0.0)
    stage.dialogue.heard(Attached(1, THEMED), 0.0)
    assert stage.face.themes == [LATTE]


def test_another_ground_is_another_theme_and_the_same_one_is_no_news(stage: Stage) -> None:
    stage.dialogue.heard(Attached(1, THEMED), 0.0)
    stage.dialogue.typed(LIGHT, 0.0)
    stage.dialogue.typed(LIGHT, 0.0)
    stage.dialogue.typed(b"\x1b[?997;1n", 0.0)  # it has turned dark
    assert stage.face.themes == [NORD, LATTE, NORD]
    stage.dialogue.heard(Reloaded(1, msgspec.structs.replace(OPTIONS, theme=LATTE)), 0.0)
    assert stage.face.themes[-1] is LATTE


def test_the_ui_is_given_the_theme_that_holds_as_the_only_one(stage: Stage) -> None:
    ui = ThemedUi()
    dialogue = Dialogue(stage.server, stage.face, InputParser(), SIZE, ui)
    dialogue.heard(Attached(1, THEMED), 0.0)
    dialogue.typed(LIGHT, 0.0)
    assert [(given.theme, given.theme_light) for given in ui.options] == [(LATTE, LATTE)]


class ThemedUi(NoUi):
    """Keeps its options."""

    def __init__(self) -> None:
        super().__init__()
        self.options: list[ClientOptions] = []

    def reload(self, options: ClientOptions) -> None:
        self.options.append(options)


def test_a_copy_is_not_printed_by_a_terminal_that_knows_no_strings(stage: Stage) -> None:
    stage.attach()
    stage.dialogue.typed(b"\x1b[?6c", 0.0)
    stage.dialogue.heard(Clipboard(b"text"), 0.0)
    stage.dialogue.heard(Notice("copied 4 characters"), 0.0)
    assert stage.face.words == ["start", "settled", f"copied 4 characters{DOUBT}"]
