"""Every message between client and guest comes out as it went in."""

import pytest

from termlab.model.figure import Amount
from termlab.model.geometry import Size
from termlab.model.keys import PRESS, Key, Mouse, Paste
from termlab.model.layout import Leaf
from termlab.model.screen import Cursor
from termlab.model.state import PaneInfo, State, WindowTab, WindowView
from termlab.model.tasks import Tasks
from termlab.wire.codec import encode
from termlab.wire.guest import (
    Answered,
    Ask,
    Begin,
    Claim,
    Consumed,
    Dock,
    Docked,
    Drawn,
    FromGuest,
    Given,
    NewOptions,
    Open,
    OuterSize,
    Output,
    Ready,
    Release,
    Rows,
    ToGuest,
    Told,
    from_guest,
    to_guest,
)
from termlab.wire.messages import (
    ClientOptions,
    PaneRows,
    Peek,
    Peeked,
    PeekSeen,
    Reply,
    TasksAsked,
    TasksSeen,
    TasksUpdate,
    VitalsSeen,
    VitalsUpdate,
)
from tests.model.test_tasks import TASK
from tests.model.vitals_made import VITALS

OPTIONS = ClientOptions("C-b", 25, 500, 400, 2000, True, {})
VIEW = WindowView(1, 80, 24, Leaf(3), 3, False, (PaneInfo(3, "title", "bash"),))
STATE = State(7, "work", (WindowTab(1, 0, "bash", True),), VIEW)
ROWS = (PaneRows(3, ((0, b"\x1b[1mhello"),), Cursor(1, 2)),)


@pytest.mark.parametrize(
    "message",
    [
        Begin(OPTIONS, Size(80, 24)),
        Open(4, ("list-keys",), STATE),
        Open(4, ("show-messages",), STATE, ((1700000000.5, "no such pane", True),)),
        Given(5, key=Key("a", text="a")),
        Given(6, mouse=Mouse(1, 2, PRESS, 1)),
        Given(7, paste=Paste(b"x\0y", True, False)),
        Rows(1, 7, ROWS, STATE),
        Rows(1, 7, ROWS),
        OuterSize(Size(1, 1)),
        Answered(3, Reply(9, 2, "no such pane")),
        NewOptions(OPTIONS),
        VitalsUpdate(5, VITALS),
        Dock(Size(80, 24), STATE),
        Peeked(3, (), 3, ROWS[0], 80, 24),
        TasksUpdate(4, Tasks((TASK,), 1.0, 0.5, Amount(0.4))),
    ],
)
def test_to_the_guest(message: ToGuest) -> None:
    assert to_guest().feed(encode(message)) == [message]


@pytest.mark.parametrize(
    "message",
    [
        Ready(),
        Consumed(5),
        Release(6),
        Release(6, ("select-pane", "-t", "%3")),
        Ask(3, ("ls", "--json")),
        Claim(1, 7, (3,), True),
        Drawn(),
        Output(1, 7, b"\x1b[2J", Cursor(3, 4)),
        Output(1, 7, b"x"),
        Told("three deaths", True),
        Peek(3),
        PeekSeen(7),
        TasksAsked(),
        TasksSeen(4),
        Docked(),
        VitalsSeen(5),
    ],
)
def test_from_the_guest(message: FromGuest) -> None:
    assert from_guest().feed(encode(message)) == [message]
