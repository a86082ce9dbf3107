"""A paste goes part by part to the pane it was for; nothing of other panes waits for it."""

from hypothesis import given
from hypothesis import strategies as st

from termlab.client.pasting import (
    ENDED,
    LONG,
    LONG_BYTES,
    MAX_WAITING_BYTES,
    PART_BYTES,
    REFUSED,
    STUCK_S,
    Pasting,
)
from termlab.client.sources import KEYBOARD, Sources
from termlab.model.keys import ALT, CTRL, RELEASE, Key, Paste
from termlab.wire.messages import Keys, PasteData
from tests.client.recorder import Recorder

A = Key("a", text="a")
CTRL_C = Key("c", CTRL)


def test_each_part_names_the_pane_where_the_paste_began() -> None:
    connection = Recorder()
    pasting = Pasting(connection)
    pasting.paste(Paste(b"one", first=True, last=False), 3, 1.0)
    pasting.paste(Paste(b"two", first=False, last=True), 4, 1.0)
    pasting.took(1.0)
    assert connection.take() == [
        PasteData(b"one", True, False, 3),
        PasteData(b"two", False, True, 3),
    ]


def keys_of(sources: Sources, pane: int, *keys: Key) -> bool:
    """Whether keys typed for a pane were taken by somebody."""
    return sources.deliver(KEYBOARD, pane, keys, 1.0)


def test_keys_of_its_pane_keep_their_place_and_others_don_t_wait() -> None:
    connection, sources = Recorder(), Sources()
    pasting = Pasting(connection, sources)
    assert not keys_of(sources, 3, A)
    pasting.paste(Paste(b"one"), 3, 1.0)
    assert not keys_of(sources, 4, A)
    assert keys_of(sources, 3, A)
    pasting.took(2.0)
    assert connection.take() == [PasteData(b"one", True, True, 3), Keys((A,), 3)]
    assert not keys_of(sources, 3, A)


def test_many_reads_go_as_whole_parts() -> None:
    connection = Recorder()
    pasting = Pasting(connection)
    reads = [bytes([number]) * 4000 for number in range(20)]
    for number, data in enumerate(reads):
        pasting.paste(Paste(data, number == 0, number == 19), 1, 1.0)
    for _ in range(4):
        pasting.took(1.0)
    parts = [part for part in connection.take() if isinstance(part, PasteData)]
    assert b"".join(part.data for part in parts) == b"".join(reads)
    assert [len(part.data) for part in parts] == [4000, 32_000, 32_000, 12_000]
    assert [(part.first, part.last) for part in parts] == [
        (True, False),
        (False, False),
        (False, False),
        (False, True),
    ]


def test_ctrl_c_once_more_does_not_tell_of_a_paste_that_has_ended() -> None:
    connection, sources = Recorder(), Sources()
    pasting = Pasting(connection, sources)
    pasting.paste(Paste(b"x" * (2 * PART_BYTES + 5)), 3, 1.0)
    keys_of(sources, 3, CTRL_C)
    pasting.message = ""
    keys_of(sources, 3, CTRL_C)
    assert pasting.message == ""


def test_ctrl_c_ends_a_paste_with_its_bracket_closed_and_goes_behind_it() -> None:
    connection, sources = Recorder(), Sources()
    pasting = Pasting(connection, sources)
    pasting.paste(Paste(b"x" * (2 * PART_BYTES + 5)), 3, 1.0)
    keys_of(sources, 3, A, CTRL_C, A)
    assert pasting.message == ENDED.format("32,773")
    pasting.took(1.0)
    pasting.took(1.0)
    first, *rest = connection.take()
    assert isinstance(first, PasteData)
    assert rest == [PasteData(b"", False, True, 3), Keys((A, CTRL_C, A), 3)]
    assert not keys_of(sources, 3, A)


def test_ctrl_c_behind_a_paste_that_was_sent_is_a_key_like_any_other() -> None:
    connection, sources = Recorder(), Sources()
    pasting = Pasting(connection, sources)
    pasting.paste(Paste(b"x"), 3, 1.0)
    keys_of(sources, 3, CTRL_C)
    pasting.took(1.0)
    assert connection.take() == [PasteData(b"x", True, True, 3), Keys((CTRL_C,), 3)]
    assert pasting.message == ""


def test_of_a_second_paste_that_had_not_begun_nothing_is_sent() -> None:
    connection, sources = Recorder(), Sources()
    pasting = Pasting(connection, sources)
    pasting.paste(Paste(b"one"), 3, 1.0)
    pasting.paste(Paste(b"two", last=False), 3, 1.0)
    keys_of(sources, 3, CTRL_C)
    pasting.paste(Paste(b"two", first=False), 3, 1.0)
    pasting.took(1.0)
    assert connection.take() == [PasteData(b"one", True, True, 3), Keys((CTRL_C,), 3)]
    pasting.paste(Paste(b"three"), 3, 1.0)
    assert connection.take() == [PasteData(b"three", True, True, 3)]


def test_releasing_ctrl_c_or_another_c_ends_nothing() -> None:
    connection, sources = Recorder(), Sources()
    pasting = Pasting(connection, sources)
    pasting.paste(Paste(b"x" * 2 * PART_BYTES), 3, 1.0)
    keys_of(sources, 3, Key("c", CTRL, action=RELEASE), Key("c", CTRL | ALT), Key("c", text="c"))
    assert pasting.message == ""
    pasting.took(1.0)
    assert [type(each) for each in connection.take()] == [PasteData, PasteData]


def test_of_a_long_paste_is_said_how_to_end_it_once() -> None:
    pasting = Pasting(Recorder())
    pasting.paste(Paste(b"x" * (LONG_BYTES + PART_BYTES + 1), last=False), 1, 1.0)
    assert pasting.message == LONG
    pasting.message = ""
    pasting.paste(Paste(b"x", first=False), 1, 1.0)
    assert pasting.message == ""


def test_a_program_counts_as_stuck_only_after_a_while_without_taking_anything() -> None:
    sources = Sources()
    pasting = Pasting(Recorder(), sources)
    pasting.paste(Paste(b"x" * (MAX_WAITING_BYTES + 3 * PART_BYTES)), 1, 10.0)
    assert pasting.deadline() == 10.0 + STUCK_S
    pasting.took(11.0)
    assert pasting.deadline() == 11.0 + STUCK_S
    pasting.expire(10.0 + STUCK_S)
    assert pasting.full
    pasting.expire(11.0 + STUCK_S)
    assert not pasting.full
    assert pasting.deadline() is None
    keys_of(sources, 1, A)
    assert pasting.message == REFUSED
    keys_of(sources, 1, CTRL_C)  # and makes room again
    assert pasting.message.startswith("C-c ended the paste")


hands = st.one_of(
    st.integers(0, 3).map(lambda parts: b"p" * (PART_BYTES * parts // 2 + 1)),
    st.sampled_from([A, CTRL_C]),
    st.none(),  # the pane has taken a part
)


@given(st.lists(hands, max_size=30))
def test_every_bracket_that_was_opened_is_closed_before_anything_else_goes(
    turns: list[bytes | Key | None],
) -> None:
    connection, sources = Recorder(), Sources()
    pasting = Pasting(connection, sources)
    typed: list[Key] = []
    for turn in turns:
        if turn is None:
            pasting.took(1.0)
        elif isinstance(turn, bytes):
            pasting.paste(Paste(turn), 3, 1.0)
        else:
            typed.append(turn)
            if not keys_of(sources, 3, turn):
                connection.send(Keys((turn,), 3))
    for _ in range(len(turns) * 4):
        pasting.took(1.0)
    assert not keys_of(sources, 3, A)
    inside = False
    keys: list[Key] = []
    for message in connection.take():
        if isinstance(message, PasteData):
            assert message.first != inside
            inside = not message.last
        elif isinstance(message, Keys):
            assert not inside
            keys += message.keys
    assert not inside
    assert keys == typed
