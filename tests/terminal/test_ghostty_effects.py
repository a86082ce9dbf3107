"""Replies and events: honest, bounded, and never a way to crash."""

import pytest

from termlab.model.geometry import Size
from termlab.model.screen import Bell, DirectoryChanged, EngineEvent, TitleChanged
from termlab.terminal.emulator import MAX_REPLY_BYTES, MAX_TITLE_CHARS, Colours
from termlab.terminal.ghostty import GhosttyEmulator
from tests.terminal.cells import feed

PIXELS = Size(80, 24, 800, 480)


SIZE = Size(80, 24)


def emulator(size: Size = SIZE) -> GhosttyEmulator:
    return GhosttyEmulator(size, version="0.1.0", host="box.example")


def reply(query: bytes, size: Size = SIZE) -> bytes:
    terminal = emulator(size)
    feed(terminal, query)
    return terminal.take_replies()


def events(data: bytes) -> list[EngineEvent]:
    terminal = emulator()
    feed(terminal, data)
    return list(terminal.take_events())


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        (b"\x1b[>q", b"\x1bP>|termlab 0.1.0\x1b\\"),
        (b"\x1b[c", b"\x1b[?62;22c"),
        (b"\x1b[>c", b"\x1b[>1;0;0c"),
        (b"\x1b[=c", b"\x1bP!|00000000\x1b\\"),
        (b"\x1b[5n", b"\x1b[0n"),
        (b"\x1b[3;4H\x1b[6n", b"\x1b[3;4R"),
        (b"\x1b[18t", b"\x1b[8;24;80t"),
        (b"\x1b[?2026$p", b"\x1b[?2026;2$y"),
        (b"\x1b[?2027$p", b"\x1b[?2027;2$y"),
        (b"\x1b[?2004h\x1b[?2004$p", b"\x1b[?2004;1$y"),
        (b"\x1b[?9999$p", b"\x1b[?9999;0$y"),
        (b"\x1bP+q544e\x1b\\", b"\x1bP1+r544E=787465726D2D323536636F6C6F72\x1b\\"),
        (b"\x1bP+q524742\x1b\\", b"\x1bP1+r524742=38\x1b\\"),
        (b"\x1bP$qm\x1b\\", b"\x1bP1$r0m\x1b\\"),
        (b"\x1b[?u", b"\x1b[?0u"),
        (b"\x1b[>5u\x1b[?u", b"\x1b[?5u"),
        (b"\x1b]4;1;rgb:11/22/33\x07\x1b]4;1;?\x07", b"\x1b]4;1;rgb:1111/2222/3333\x07"),
        (b"\x1b]10;?\x07", b""),
        (b"\x1b]11;?\x07", b""),
        (b"\x1b]52;c;?\x07", b""),
        (b"\x1b[21t", b""),
        (b"\x05", b""),
    ],
)
def test_questions_are_answered_as_what_we_are(query: bytes, answer: bytes) -> None:
    assert reply(query) == answer


@pytest.mark.parametrize(
    ("query", "answer"),
    [(b"\x1b[14t", b"\x1b[4;480;800t"), (b"\x1b[16t", b"\x1b[6;20;10t")],
)
def test_pixels_are_told_where_they_are_known(query: bytes, answer: bytes) -> None:
    assert reply(query, PIXELS) == answer
    assert reply(query) == b""


def test_sizes_follow_a_resize() -> None:
    terminal = emulator()
    terminal.resize(Size(100, 30, 1000, 600))
    feed(terminal, b"\x1b[18t\x1b[14t")
    assert terminal.take_replies() == b"\x1b[8;30;100t\x1b[4;600;1000t"


def test_in_band_resize_reports_come_when_asked_for() -> None:
    terminal = emulator(PIXELS)
    feed(terminal, b"\x1b[?2048h")
    terminal.take_replies()
    terminal.resize(Size(100, 30, 1000, 600))
    assert terminal.take_replies() == b"\x1b[48;30;100;600;1000t"


def test_colours_are_told_once_they_are_known() -> None:
    terminal = emulator()
    terminal.set_colours(Colours((1, 2, 3), (255, 254, 0)))
    feed(terminal, b"\x1b]10;?\x1b\\\x1b]11;?\x07")
    assert terminal.take_replies() == (
        b"\x1b]10;rgb:0101/0202/0303\x1b\\\x1b]11;rgb:ffff/fefe/0000\x07"
    )
    terminal.set_colours(Colours())
    feed(terminal, b"\x1b]10;?\x07")
    assert terminal.take_replies() == b""


def test_no_program_is_told_that_images_work() -> None:
    assert b"OK" not in reply(b"\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\")


def test_replies_are_taken_once() -> None:
    terminal = emulator()
    feed(terminal, b"\x1b[5n")
    assert terminal.take_replies() == b"\x1b[0n"
    assert terminal.take_replies() == b""


def test_a_flood_of_questions_is_cut_and_counted() -> None:
    terminal = emulator()
    feed(terminal, b"\x1b[c" * 2000)
    answer = b"\x1b[?62;22c"
    kept = MAX_REPLY_BYTES // len(answer)
    assert terminal.take_replies() == answer * kept
    assert terminal.stats().replies_dropped == 2000 - kept
    feed(terminal, b"\x1b[c")
    assert terminal.take_replies() == answer


def test_bells_are_one_event() -> None:
    assert events(b"\x07a\x07\x07") == [Bell()]


def test_only_the_last_title_and_directory_are_told_in_order() -> None:
    data = b"\x1b]2;one\x07\x1b]7;file:///a\x07\x07\x1b]0;two\x1b\\\x1b]7;file:///b\x07"
    assert events(data) == [Bell(), TitleChanged("two"), DirectoryChanged("/b")]


def test_events_are_taken_once() -> None:
    terminal = emulator()
    feed(terminal, b"\x07")
    assert list(terminal.take_events()) == [Bell()]
    assert list(terminal.take_events()) == []


def test_a_title_is_bounded_and_clean() -> None:
    assert events("\x1b]2;é漢\u0085\u202ex\x07".encode()) == [TitleChanged("é漢x")]
    (long,) = events(b"\x1b]2;" + b"t" * 1000 + b"\x07")
    assert isinstance(long, TitleChanged)
    assert 0 < len(long.title) <= MAX_TITLE_CHARS


def test_osc_1337_tells_the_directory_too() -> None:
    assert events(b"\x1b]1337;CurrentDir=/tmp/x\x07") == [DirectoryChanged("/tmp/x")]
