"""Messages survive the stream, however it is cut; what breaks its rules is refused."""

import struct

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from termlab.errors import WireError
from termlab.model.bindings import Binding
from termlab.model.geometry import Size
from termlab.model.keys import Key, Mouse
from termlab.model.layout import Leaf, Split
from termlab.model.listing import PaneListing, SessionListing, WindowListing
from termlab.model.screen import Cursor
from termlab.model.state import PaneInfo, State, WindowTab, WindowView
from termlab.model.theme import theme_named
from termlab.wire import codec
from termlab.wire.messages import (
    Attach,
    Attached,
    Bye,
    ClientOptions,
    Clipboard,
    FocusChanged,
    Frame,
    FromClient,
    FromServer,
    Hello,
    Keys,
    Message,
    MouseAt,
    Notice,
    Outer,
    OuterChanged,
    PaneRows,
    PasteData,
    Peek,
    Peeked,
    PeekSeen,
    Place,
    ProfileAsked,
    Rang,
    Reloaded,
    Replay,
    Reply,
    Request,
    Seen,
    Took,
    VitalsSeen,
    VitalsUpdate,
    Welcome,
)
from tests.model.vitals_made import VITALS

PLACE = Place("/tmp", {"PATH": "/bin"}, "%1")
OUTER = Outer(Size(80, 24, 800, 480), (1, 2, 3), None)
STATE = State(
    4,
    "main",
    (WindowTab(1, 0, "bash", current=True),),
    WindowView(
        1,
        80,
        23,
        Split("row", (Leaf(1), Split("column", (Leaf(2), Leaf(3)), (1, 2))), (40, 39)),
        1,
        False,
        (PaneInfo(1, "título", "bash"),),
        synchronised=True,
    ),
    dock=36,
)
OPTIONS = ClientOptions(
    "C-b", 25, 500, 400, 3000, True, {"prefix": (Binding("c", "new-window", "new"),)}
)
THEMED = msgspec.structs.replace(
    OPTIONS, theme=theme_named("nord"), status_left=("windows",), status_right=("'on call'",)
)
PANE = PaneListing("%3", True, 80, 24, 42, "bash", "título", "/tmp", 7, "exit 3", 3)
WINDOW = WindowListing("@2", 0, "bash", True, False, (PANE,), True, True, "d67e,2x1,0,0,0", True)
SESSIONS = (SessionListing("$1", "main", 1, (WINDOW,)),)
FROM_CLIENT: list[FromClient] = [
    Hello(1, "0.1.0"),
    Request(7, ("split-window", "-h"), PLACE),
    Attach(OUTER, PLACE, create=True, remain=True, replay=Replay("/x.cast", 0.5, 2.0)),
    Attach(OUTER, PLACE, fresh=True, profile=ProfileAsked("/tmp/figures")),
    OuterChanged(OUTER),
    Keys((Key("a", text="a"), Key("Up", mods=4))),
    MouseAt(1, Mouse(3, 4, 1, 1), -1),
    PasteData(b"\x00\xff", True, False, 1),
    FocusChanged(True),
    Seen(9),
    VitalsSeen(5),
    Peek(3),
    Peek(open=False),
    PeekSeen(4),
]
FROM_SERVER: list[FromServer] = [
    Welcome(1, "0.1.0", 42),
    Reply(7, 0, "text", more=True),
    Attached(1, OPTIONS),
    Frame(1, 4, (PaneRows(1, ((0, b"\x1b[1mx"),), Cursor(1, 0), kitty=5),), STATE),
    Took(),
    Notice("no", error=True),
    Rang(1),
    Clipboard(b"what \xff was copied"),
    Reloaded(1, OPTIONS),
    Reloaded(2, THEMED),
    VitalsUpdate(5, VITALS),
    Peeked(1, SESSIONS, 3, PaneRows(3, ((0, b"x"),), Cursor(1, 0)), 80, 24),
    Peeked(2, None, 3, gone=True),
    Bye("detached"),
]


def types_of(union: object) -> set[type]:
    return set(union.__args__)  # type: ignore[attr-defined]


def test_every_message_of_the_table_is_tried_here() -> None:
    assert {type(m) for m in FROM_CLIENT} == types_of(FromClient)
    assert {type(m) for m in FROM_SERVER} == types_of(FromServer)


@pytest.mark.parametrize("message", FROM_CLIENT, ids=lambda m: type(m).__name__)
def test_a_client_message_round_trips(message: FromClient) -> None:
    assert list(codec.from_client().feed(codec.encode(message))) == [message]


@pytest.mark.parametrize("message", FROM_SERVER, ids=lambda m: type(m).__name__)
def test_a_server_message_round_trips(message: FromServer) -> None:
    assert list(codec.from_server().feed(codec.encode(message))) == [message]


@given(st.lists(st.integers(min_value=1, max_value=40), max_size=60))
def test_messages_survive_any_cut_of_the_stream(cuts: list[int]) -> None:
    stream = b"".join(codec.encode(message) for message in FROM_CLIENT)
    decoder, got, at = codec.from_client(), [], 0
    for cut in [*cuts, len(stream)]:
        got += list(decoder.feed(stream[at : at + cut]))
        at += cut
    assert got == FROM_CLIENT


def test_a_length_over_the_limit_is_refused_before_its_bytes_come() -> None:
    with pytest.raises(WireError, match="over the limit"):
        list(codec.from_client().feed(struct.pack(">I", codec.MAX_FROM_CLIENT + 1)))


@pytest.mark.parametrize("body", [b"", b"\xc1", msgspec.msgpack.encode(["no-such-message", 1])])
def test_a_message_that_cannot_be_read_is_told_apart_and_the_stream_goes_on(body: bytes) -> None:
    stream = struct.pack(">I", len(body)) + body + codec.encode(Seen(1))
    first, second = codec.from_client().feed(stream)
    assert isinstance(first, codec.Unreadable)
    assert first.why
    assert second == Seen(1)


def test_fields_of_a_later_version_are_ignored() -> None:
    body = msgspec.msgpack.encode(["seen", 5, "a later field"])
    assert list(codec.from_client().feed(struct.pack(">I", len(body)) + body)) == [Seen(5)]


@given(st.binary(max_size=200))
def test_garbage_never_raises_anything_but_a_wire_error(data: bytes) -> None:
    decoder = codec.from_client()
    try:
        messages = list(decoder.feed(data))
    except WireError:
        return
    assert all(isinstance(m, Message | codec.Unreadable) for m in messages)


def test_options_of_an_older_server_have_the_usual_status_row_and_no_theme() -> None:
    older = msgspec.msgpack.encode(msgspec.to_builtins(OPTIONS)[:7])
    found = msgspec.msgpack.decode(older, type=ClientOptions)
    assert found == OPTIONS
    assert (found.theme, found.theme_light) == (None, None)
    assert "windows" in found.status_left
