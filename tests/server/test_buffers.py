"""Paste buffers: newest first, bounded, by name."""

import pytest

from termlab.errors import UsageError
from termlab.server.buffers import MAX_BUFFERS, MAX_BYTES, Buffers


def test_the_newest_is_the_one_meant() -> None:
    buffers = Buffers()
    buffers.add("one")
    buffers.add("zwö")
    assert buffers.get().data == "zwö".encode()
    assert buffers.get("buffer0").data == b"one"
    assert [each.row() for each in buffers.listed()] == [
        "buffer1: 4 bytes: zwö",
        "buffer0: 3 bytes: one",
    ]


def test_a_name_is_had_once_and_becomes_the_newest() -> None:
    buffers = Buffers()
    buffers.add("a", "mine")
    buffers.add("b")
    buffers.add("c", "mine")
    assert [(each.name, each.data) for each in buffers.listed()] == [
        ("mine", b"c"),
        ("buffer0", b"b"),
    ]


def test_the_oldest_go_when_there_are_too_many_or_too_much() -> None:
    buffers = Buffers()
    for number in range(MAX_BUFFERS + 3):
        buffers.add(str(number))
    assert len(buffers.listed()) == MAX_BUFFERS
    buffers.add("x" * MAX_BYTES)
    assert len(buffers.listed()) == 1


def test_one_that_is_too_large_is_refused_and_changes_nothing() -> None:
    buffers = Buffers()
    buffers.add("kept")
    with pytest.raises(UsageError, match="copy less"):
        buffers.add("x" * (MAX_BYTES + 1))
    assert buffers.get().data == b"kept"


def test_what_is_not_there_is_told() -> None:
    buffers = Buffers()
    with pytest.raises(UsageError, match="no paste buffer: copy"):
        buffers.get()
    buffers.add("x")
    with pytest.raises(UsageError, match="no paste buffer 'y'"):
        buffers.delete("y")
    buffers.delete()
    assert buffers.listed() == []


def test_a_line_about_one_has_no_control_characters() -> None:
    assert "\x1b" not in Buffers().add("a\x1b[31m\nb").row()
