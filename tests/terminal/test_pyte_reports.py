"""Replies and events of a pyte terminal: those of the native engine, where it gives any."""

import pytest

from termlab.model.geometry import Size
from termlab.model.screen import Bell, DirectoryChanged, EngineEvent, TitleChanged
from termlab.terminal.emulator import MAX_REPLY_BYTES, Colours, Emulator
from termlab.terminal.ghostty import GhosttyEmulator
from termlab.terminal.pyte_engine import PyteEmulator
from termlab.terminal.pyte_reports import Reports

SIZES = (Size(80, 24), Size(80, 24, 805, 490))


def both(size: Size) -> tuple[Emulator, Emulator]:
    known = (1 << 20, "0.1.0", "box.example")
    return GhosttyEmulator(size, *known), PyteEmulator(size, *known)


@pytest.mark.parametrize("size", SIZES, ids=["cells", "pixels"])
@pytest.mark.parametrize(
    "query",
    [
        b"\x1b[>q",
        b"\x1b[c",
        b"\x1bZ",
        b"\x1b[>c",
        b"\x1b[=c",
        b"\x1b[5n",
        b"\x1b[3;4H\x1b[6n",
        b"\x1b[5;9r\x1b[?6h\x1b[2;4H\x1b[6n",
        b"\x1b[80Gx\x1b[6n",
        b"\x1b[14t",
        b"\x1b[16t",
        b"\x1b[18t",
        b"\x1b[21t",
        b"\x1b[?2026$p",
        b"\x1b[?2004h\x1b[?2004$p",
        b"\x1b[?25$p\x1b[?1000$p\x1b[?1049$p",
        b"\x1b[?9999$p",
        b"\x1b]10;?\x07\x1b]11;?\x07",
        b"\x1b]52;c;?\x07",
        b"\x05",
        b"\x1b[99n\x1b[n",
    ],
)
def test_questions_are_answered_as_by_the_native_engine(query: bytes, size: Size) -> None:
    native, pyte = both(size)
    for engine in (native, pyte):
        engine.feed(memoryview(query))
    assert pyte.take_replies() == native.take_replies()


def test_colours_are_told_once_they_are_known() -> None:
    for engine in both(SIZES[0]):
        engine.set_colours(Colours((1, 2, 3), (255, 254, 0)))
        engine.feed(memoryview(b"\x1b]10;?\x1b\\\x1b]11;?\x07"))
        assert engine.take_replies() == (
            b"\x1b]10;rgb:0101/0202/0303\x1b\\\x1b]11;rgb:ffff/fefe/0000\x07"
        )


def test_what_is_not_known_is_not_answered() -> None:
    engine = PyteEmulator(SIZES[0])
    engine.feed(
        memoryview(b"\x1b[?u\x1b[?2027$p\x1bP$qm\x1b\\\x1bP+q544e\x1b\\\x1b_Ga=q;AAAA\x1b\\")
    )
    assert engine.take_replies() == b"\x1b[?2027;0$y"


def test_a_flood_of_questions_is_cut_and_counted() -> None:
    reports = Reports("termlab", "box")
    for _ in range(1000):
        reports.reply("12345678")
    assert reports.take_replies() == b"12345678" * (MAX_REPLY_BYTES // 8)
    assert reports.dropped == 1000 - MAX_REPLY_BYTES // 8
    reports.reply("again")
    assert reports.take_replies() == b"again"


EVENTS: list[tuple[bytes, list[EngineEvent]]] = [
    (b"\x07a\x07\x07", [Bell()]),
    (
        b"\x1b]2;one\x07\x1b]7;file:///a\x07\x07\x1b]0;two\x1b\\\x1b]7;file:///b\x07",
        [Bell(), TitleChanged("two"), DirectoryChanged("/b")],
    ),
    ("\x1b]2;é漢\u0085\u202ex\x07".encode(), [TitleChanged("é漢x")]),
    (b"\x1b]1337;CurrentDir=/tmp/x\x07", [DirectoryChanged("/tmp/x")]),
    (b"\x1b]7;file://elsewhere/x\x07\x1b]1;icon\x07\x1b]133;A\x07\x1b]\x07", []),
]


@pytest.mark.parametrize(("data", "happened"), EVENTS)
def test_the_same_happens_in_both_engines(data: bytes, happened: list[EngineEvent]) -> None:
    for engine in both(SIZES[0]):
        engine.feed(memoryview(data))
        assert list(engine.take_events()) == happened
        assert list(engine.take_events()) == []
