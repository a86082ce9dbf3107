"""A paste goes part by part to the pane it was for; nothing of other panes waits for it."""

from termlab.client.pasting import MAX_WAITING_BYTES, PART_BYTES, REFUSED, STUCK_S, Pasting
from termlab.model.keys import Key, Paste
from termlab.wire.messages import Keys, PasteData
from tests.client.recorder import Recorder

A = Key("a", text="a")


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


def test_keys_of_its_pane_keep_their_place_and_others_don_t_wait() -> None:
    connection = Recorder()
    pasting = Pasting(connection)
    assert not pasting.holds_back(3)
    pasting.paste(Paste(b"one"), 3, 1.0)
    assert pasting.holds_back(3)
    assert not pasting.holds_back(4)
    pasting.type([A])
    pasting.took(2.0)
    assert connection.take() == [PasteData(b"one", True, True, 3), Keys((A,), 3)]
    assert not pasting.holds_back(3)


def test_a_program_counts_as_stuck_only_after_a_while_without_taking_anything() -> None:
    pasting = Pasting(Recorder())
    pasting.paste(Paste(b"x" * (MAX_WAITING_BYTES + 3 * PART_BYTES)), 1, 10.0)
    assert pasting.deadline() == 10.0 + STUCK_S
    pasting.took(11.0)
    assert pasting.deadline() == 11.0 + STUCK_S
    pasting.expire(10.0 + STUCK_S)
    assert pasting.full
    pasting.expire(11.0 + STUCK_S)
    assert not pasting.full
    assert pasting.deadline() is None
    pasting.type([A])
    assert pasting.message == REFUSED
