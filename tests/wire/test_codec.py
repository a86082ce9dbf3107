"""Messages survive the stream, however it is cut; what breaks its rules is refused."""

import struct

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from termlab.errors import WireError
from termlab.model.bindings import Binding
from termlab.model.figure import Amount
from termlab.model.geometry import Size
from termlab.model.input_counters import InputCounters
from termlab.model.keys import Key, Mouse
from termlab.model.layout import Leaf, Split
from termlab.model.listing import PaneListing, SessionListing, WindowListing
from termlab.model.schedule import Outcome, Schedule
from termlab.model.screen import Cursor
from termlab.model.state import PaneInfo, State, WindowTab, WindowView
from termlab.model.tasks import Tasks
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
    InputAsked,
    InputTold,
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
    Ping,
    Place,
    Pong,
    Published,
    Rang,
    Reloaded,
    Replay,
    Reply,
    Request,
    Scheduled,
    Seen,
    Subscribe,
    TasksAsked,
    TasksSeen,
    TasksUpdate,
    Took,
    VitalsSeen,
    VitalsUpdate,
    Welcome,
)
from tests.model.test_tasks import GONE, TASK
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
    OPTIONS,
    theme=theme_named("nord"),
    status_left=("windows",),
    status_right=("'on call'",),
    schedule=Schedule((0, 3), 1, -5, 7, 1 << 20),
)
PANE = PaneListing("%3", True, 80, 24, 42, "bash", "título", "/tmp", 7, "exit 3", 3)
WINDOW = WindowListing("@2", 0, "bash", True, False, (PANE,), True, True, "d67e,2x1,0,0,0", True)
SESSIONS = (SessionListing("$1", "main", 1, (WINDOW,)),)
TASKS = Tasks((TASK, GONE), 1.0, 0.5, Amount(0.4))
FROM_CLIENT: list[FromClient] = [
    Hello(1, "0.1.0"),
    Request(7, ("split-window", "-h"), PLACE),
    Attach(OUTER, PLACE, create=True, remain=True, replay=Replay("/x.cast", 0.5, 2.0)),
    Attach(OUTER, PLACE, fresh=True, profile=b"packed"),
    OuterChanged(OUTER),
    Keys((Key("a", text="a"), Key("Up", mods=4))),
    MouseAt(1, Mouse(3, 4, 1, 1), -1),
    PasteData(b"\x00\xff", True, False, 1),
    FocusChanged(True),
    Seen(9),
    Seen(9, 1234.5),
    VitalsSeen(5),
    Peek(3),
    Peek(open=False),
    PeekSeen(4),
    TasksAsked(),
    TasksAsked(open=False),
    TasksSeen(5),
    InputTold(3, InputCounters(1.5, 3, 9, 5, 1, 2, 0, 4, 4096, 20.0, 0.5, 9.5, 12.0, 13.0, 14.0)),
    Scheduled((Outcome("nice", "-5", "0", "refused"), Outcome("cpus", "0", "0"))),
    Subscribe(3, ("events",)),
    Pong(resting=True),
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
    TasksUpdate(3, TASKS),
    Published("events", 7, memoryview(b"\x93 a record")),
    Ping(),
    InputAsked(3, reset=True),
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
    body = msgspec.msgpack.encode(["seen", 5, None, "a later field"])
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


# The buffer that is read into


def arrive(decoder: codec.Decoder[FromServer], data: bytes, cuts: list[int]) -> list[object]:
    """As a socket would bring it: no more than there is room, nor than the next cut."""
    got: list[object] = []
    at = 0
    waiting = iter(cuts)
    while at < len(data):
        room = decoder.room()
        count = min(len(room), len(data) - at, next(waiting, 1 << 20))
        room[:count] = data[at : at + count]
        at += count
        got += decoder.took(count)
    return got


@given(
    st.lists(
        st.one_of(
            st.builds(Notice, st.text(max_size=30)),
            st.builds(Notice, st.integers(1, 40_000).map(lambda size: "x" * size)),
            st.builds(Published, st.just("bell"), st.integers(1, 9), st.binary(max_size=9000)),
        ),
        max_size=12,
    ),
    st.lists(st.integers(1, 9000), max_size=40),
    st.sampled_from([512, 4096, 8192, 65536]),
)
def test_what_arrives_is_what_was_sent_whatever_the_cuts_and_sizes(
    messages: list[FromServer], cuts: list[int], least: int
) -> None:
    decoder = codec.from_server()
    decoder.resize(least)
    stream = b"".join(map(codec.encode, messages))
    # Nothing is let go of: each view is of a buffer that nothing else is read into.
    assert arrive(decoder, stream, cuts) == messages


@given(st.lists(st.integers(1, 60), max_size=60), st.integers(0, 60))
def test_a_stream_that_is_cut_short_gives_what_was_whole(cuts: list[int], kept: int) -> None:
    stream = b"".join(map(codec.encode, FROM_SERVER))
    whole = arrive(codec.from_server(), stream, cuts)
    assert whole == FROM_SERVER
    short = arrive(codec.from_server(), stream[: len(stream) - 1 - kept], cuts)
    assert short == FROM_SERVER[: len(short)]
    assert len(short) < len(FROM_SERVER)


@given(st.binary(max_size=3000), st.lists(st.integers(1, 300), max_size=20))
def test_garbage_in_any_cut_is_refused_or_told_apart(data: bytes, cuts: list[int]) -> None:
    try:
        got = arrive(codec.from_server(), data, cuts)
    except WireError:
        return
    assert all(isinstance(message, Message | codec.Unreadable) for message in got)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"\x93\xa6notice\xa2\xff\xfe\xc2", id="text that is no UTF-8"),
        pytest.param(b"\x92\xa4seen" + b"\x91" * 100_000, id="nested without end"),
        pytest.param(b"\x94\xa9published\xa4bell\x01\xc4\xff", id="a payload longer than all"),
    ],
)
def test_a_hostile_message_is_told_apart_and_the_stream_goes_on(body: bytes) -> None:
    stream = struct.pack(">I", len(body)) + body + codec.encode(Notice("next"))
    first, second = codec.from_server().feed(stream)
    assert isinstance(first, codec.Unreadable)
    assert second == Notice("next")


def published(size: int, fill: bytes = b"x") -> bytes:
    return codec.encode(Published("bell", 1, memoryview(fill * size)))


def test_a_payload_is_a_view_of_what_was_read_and_no_copy() -> None:
    decoder = codec.from_server()
    (message,) = arrive(decoder, published(1000), [])
    assert isinstance(message, Published)
    assert isinstance(message.body, memoryview)
    assert len(message.body.obj) == decoder.capacity  # type: ignore[arg-type]


def test_a_view_that_is_held_keeps_its_content_and_the_buffer_is_left_to_it() -> None:
    decoder = codec.from_server()
    held = [arrive(decoder, published(500, b"%d" % n), [])[0] for n in range(10)]
    for n, message in enumerate(held):
        assert isinstance(message, Published)
        assert bytes(message.body) == b"%d" % n * 500
    assert decoder.lent == 9


def test_a_view_that_was_let_go_of_costs_no_buffer() -> None:
    decoder = codec.from_server()
    for _ in range(10):
        arrive(decoder, published(500), [])
    assert (decoder.lent, decoder.growths) == (0, 0)


def test_a_view_is_kept_while_the_next_message_is_unfinished() -> None:
    decoder = codec.from_server()
    first, second = published(3000, b"1"), published(3000, b"2")
    (held,) = arrive(decoder, first + second[:100], [])
    (other,) = arrive(decoder, second[100:], [])
    assert isinstance(held, Published)
    assert isinstance(other, Published)
    assert (bytes(held.body), bytes(other.body)) == (b"1" * 3000, b"2" * 3000)


def test_only_messages_with_views_are_looked_after_as_such() -> None:
    for kind in types_of(FromClient) | types_of(FromServer):
        viewing = any(f.type is memoryview for f in msgspec.structs.fields(kind))
        assert viewing == (kind in codec.VIEWING)


def test_a_connection_that_is_silent_has_no_buffer() -> None:
    assert codec.from_server().capacity == 0


def test_room_for_a_large_message_is_kept_for_the_next() -> None:
    decoder = codec.from_server()
    big = published(100_000)
    arrive(decoder, big, [])
    grown = decoder.capacity
    assert grown >= len(big)
    arrive(decoder, big * 3, [])
    assert (decoder.capacity, decoder.growths) == (grown, 1)


def test_room_goes_back_after_a_while_of_small_messages_and_not_before() -> None:
    decoder = codec.from_server()
    arrive(decoder, published(100_000), [])
    for _ in range(codec.QUIET_READS):
        arrive(decoder, published(10), [])
        assert decoder.capacity > 100_000
    for _ in range(2):
        arrive(decoder, published(10), [])
    assert (decoder.capacity, decoder.shrinks) == (8192, 1)


def test_more_than_a_bound_is_never_kept() -> None:
    decoder = codec.from_server()
    arrive(decoder, published(codec.KEPT_BYTES * 4), [])
    arrive(decoder, published(10), [])
    assert decoder.capacity == 8192


def test_a_large_length_gets_its_room_only_as_its_bytes_come() -> None:
    decoder = codec.from_server()
    arrive(decoder, struct.pack(">I", codec.MAX_FROM_SERVER) + bytes(1000), [])
    decoder.room()
    assert decoder.capacity <= codec.TRUSTED_BYTES


def test_a_hint_makes_room_beforehand_and_within_bounds() -> None:
    decoder = codec.from_server()
    decoder.expect(50_000)
    assert decoder.capacity >= 50_000
    decoder.expect(1 << 40)
    assert decoder.capacity == codec.KEPT_BYTES
    assert arrive(decoder, published(50_000), []) == [
        Published("bell", 1, memoryview(b"x" * 50_000))
    ]


def test_a_hint_in_mid_message_loses_nothing() -> None:
    decoder = codec.from_server()
    data = published(9000)
    assert arrive(decoder, data[:5000], []) == []
    decoder.expect(100_000)
    assert arrive(decoder, data[5000:], []) == [Published("bell", 1, memoryview(b"x" * 9000))]


def test_a_record_that_was_published_is_read_and_another_thing_refused() -> None:
    read = codec.record_decoder(Cursor)
    assert read(memoryview(codec.encode_record(Cursor(3, 4)))) == Cursor(3, 4)
    with pytest.raises(WireError, match="can't be read"):
        read(memoryview(b"\xc1"))
