"""Recorded bytes and the cells they must make: text and style of every cell of a 12x4 screen.

Each also goes through its rows into a second terminal, which must then show the same.
"""

from typing import Any, NamedTuple

import pytest

from termlab.model.geometry import Size
from termlab.terminal.ghostty import GhosttyEmulator
from tests.terminal.cells import Cell, differences, feed, paint, screen

SIZE = Size(12, 4)
PLAIN = "."


class Recording(NamedTuple):
    """``text`` per row; ``style`` a letter per cell, which ``legend`` explains ("." is plain).

    A wide character takes two columns: the character, then "_". Missing ends are blank and plain.
    """

    name: str
    data: bytes
    text: tuple[str, ...]
    style: tuple[str, ...] = ()
    legend: dict[str, dict[str, Any]] = {}  # noqa: RUF012 - never changed


def flags(*names: str) -> dict[str, Any]:
    return {"flags": frozenset(names)}


RECORDINGS = (
    Recording("plain text", b"one\r\ntwo\nx", ("one", "two", "   x")),
    Recording(
        "16 colours",
        b"\x1b[31ma\x1b[92mb\x1b[44mc\x1b[105md\x1b[39;49me",
        ("abcde",),
        ("rgbm.",),
        {
            "r": {"foreground": 1},
            "g": {"foreground": 10},
            "b": {"foreground": 10, "background": 4},
            "m": {"foreground": 10, "background": 13},
        },
    ),
    Recording(
        "256 colours",
        b"\x1b[38;5;200ma\x1b[48;5;17mb\x1b[0m\x1b[38:5:9mc",
        ("abc",),
        ("abc",),
        {
            "a": {"foreground": 200},
            "b": {"foreground": 200, "background": 17},
            "c": {"foreground": 9},
        },
    ),
    Recording(
        "true colour",
        b"\x1b[38;2;1;2;3ma\x1b[48;2;4;5;6mb\x1b[m\x1b[38:2::7:8:9mc",
        ("abc",),
        ("abc",),
        {
            "a": {"foreground": (1, 2, 3)},
            "b": {"foreground": (1, 2, 3), "background": (4, 5, 6)},
            "c": {"foreground": (7, 8, 9)},
        },
    ),
    Recording(
        "attributes",
        b"\x1b[1ma\x1b[0;2mb\x1b[0;3mc\x1b[0;5md\x1b[0;7me\x1b[0;8mf\x1b[0;9mg\x1b[0;53mh\x1b[1;3mi",
        ("abcdefghi",),
        ("abcdefghi",),
        {
            "a": flags("bold"),
            "b": flags("faint"),
            "c": flags("italic"),
            "d": flags("blink"),
            "e": flags("inverse"),
            "f": flags("invisible"),
            "g": flags("strikethrough"),
            "h": flags("overline"),
            "i": flags("overline", "bold", "italic"),
        },
    ),
    Recording(
        "underline styles and colour",
        b"\x1b[4ma\x1b[4:2mb\x1b[4:3mc\x1b[4:4md\x1b[4:5me\x1b[58;5;9mf\x1b[58;2;1;2;3mg\x1b[24mh",
        ("abcdefgh",),
        ("abcdefgh",),
        {
            "a": {"underline": 1},
            "b": {"underline": 2},
            "c": {"underline": 3},
            "d": {"underline": 4},
            "e": {"underline": 5},
            "f": {"underline": 5, "underline_colour": 9},
            "g": {"underline": 5, "underline_colour": (1, 2, 3)},
            "h": {"underline_colour": (1, 2, 3)},
        },
    ),
    Recording(
        "erasing fills with the background",
        b"\x1b[42mab\x1b[K\r\n\x1b[48;2;1;2;3m\x1b[2K\x1b[m\x1b[3;4H\x1b[41m\x1b[3X\x1b[mz",
        ("ab", "", "   z"),
        ("gggggggggggg", "tttttttttttt", "....rr"),
        {"g": {"background": 2}, "t": {"background": (1, 2, 3)}, "r": {"background": 1}},
    ),
    Recording(
        "gaps between styles stay plain",
        b"\x1b[7mab\x1b[m\x1b[8Gcd\x1b[11G\x1b[4me",
        ("ab     cd e",),
        ("ii........u",),
        {"i": flags("inverse"), "u": {"underline": 1}},
    ),
    Recording("wide characters", "漢字a\x1b[2;12H漢".encode(), ("漢_字_a", "", "漢_")),
    Recording("overwriting half of a wide one", "漢字\x1b[2Gx".encode(), (" x字_",)),
    Recording(
        "combining marks",
        "e\u0301n\u0303a\u0323\u0302b".encode(),
        ("e\u0301|n\u0303|a\u0323\u0302|b",),
    ),
    Recording(
        "alternate screen", b"main\x1b[?1049h\x1b[2Jalt\x1b[?1049l\r\nback", ("main", "back")
    ),
    Recording(
        "scrolling inside a region",
        b"1\r\n2\r\n3\r\n4\x1b[2;3r\x1b[3;1H\nx\x1b[2;1H\x1bM",
        ("1", "", "3", "4"),
    ),
    Recording("tab stops", b"\ta\r\n\x1b[3g\x1b[5G\x1bH\r\tb\x1b[Zc", ("        a", "    c")),
    Recording("screen alignment", b"\x1b#8", ("E" * 12,) * 4),
    Recording(
        "insert and delete characters",
        b"abcdef\x1b[2G\x1b[2@\r\nabcdef\x1b[2G\x1b[2P\r\nab\x1b[4h\rx\x1b[4l",
        ("a  bcdef", "adef", "xab"),
    ),
    Recording(
        "insert and delete lines", b"1\r\n2\r\n3\x1b[2H\x1b[L\x1b[4H\x1b[M", ("1", "", "2", "")
    ),
    Recording("repeat", b"\x1b[31ma\x1b[3b", ("aaaa",), ("rrrr",), {"r": {"foreground": 1}}),
    Recording("wrap", b"abcdefghijklmno", ("abcdefghijkl", "mno")),
    Recording("no wrap", b"\x1b[?7labcdefghijklmno", ("abcdefghijko",)),
    Recording("line drawing", b"\x1b(0lqk\x1b(Bq\x0e\x1b)0x\x0f", ("┌─┐q│",)),
    Recording(
        "links",
        b"\x1b]8;;http://a/b\x1b\\in\x1b]8;;\x1b\\ \x1b]8;id=x;http://c\x07\x1b[1mto\x1b]8;;\x07",
        ("in to",),
        ("aa.cc",),
        {"a": {"link": "http://a/b"}, "c": {"link": "http://c", **flags("bold")}},
    ),
    Recording(
        "saved cursor",
        b"\x1b[31m\x1b[2;3H\x1b7\x1b[m\x1b[4;1Hz\x1b8a",
        ("", "  a", "", "z"),
        ("", "..r"),
        {"r": {"foreground": 1}},
    ),
    Recording("broken UTF-8", b"a\xff\xc3b\xe2\x82c", ("a\ufffd\ufffdb\ufffdc",)),
    Recording(
        "unknown strings are swallowed", b"a\x1bPq#0~~\x1b\\b\x1b_Gx\x1b\\c\x1b^p\x1b\\d", ("abcd",)
    ),
)


def expected(recording: Recording) -> list[list[Cell]]:
    rows = []
    for y in range(SIZE.rows):
        texts = _texts(recording.text[y]) if y < len(recording.text) else []
        letters = recording.style[y] if y < len(recording.style) else ""
        cells = []
        for x in range(SIZE.cols):
            text = texts[x] if x < len(texts) else " "
            letter = letters[x] if x < len(letters) else PLAIN
            width = 0 if text == "_" else 2 if x + 1 < len(texts) and texts[x + 1] == "_" else 1
            look = {} if letter == PLAIN else recording.legend[letter]
            cells.append(Cell(text="" if width == 0 else text, width=width, **look))
        rows.append(cells)
    return rows


def _texts(row: str) -> list[str]:
    return row.split("|") if "|" in row else list(row)


@pytest.mark.parametrize("recording", RECORDINGS, ids=lambda recording: str(recording.name))
def test_a_recording_makes_these_cells(recording: Recording) -> None:
    emulator = GhosttyEmulator(SIZE)
    feed(emulator, recording.data)
    assert screen(emulator) == expected(recording)


@pytest.mark.parametrize("recording", RECORDINGS, ids=lambda recording: str(recording.name))
def test_its_bytes_may_come_one_by_one(recording: Recording) -> None:
    emulator = GhosttyEmulator(SIZE)
    for byte in recording.data:
        feed(emulator, bytes([byte]))
    assert screen(emulator) == expected(recording)


@pytest.mark.parametrize("recording", RECORDINGS, ids=lambda recording: str(recording.name))
def test_its_rows_repaint_the_same(recording: Recording) -> None:
    emulator, painter = GhosttyEmulator(SIZE), GhosttyEmulator(Size(SIZE.cols + 2, SIZE.rows))
    feed(emulator, recording.data)
    paint(painter, emulator.changed_rows())
    assert differences(emulator, painter) == []


@pytest.mark.parametrize("recording", RECORDINGS, ids=lambda recording: str(recording.name))
def test_its_rows_are_the_same_from_history(recording: Recording) -> None:
    emulator = GhosttyEmulator(SIZE)
    feed(emulator, recording.data)
    changed = emulator.changed_rows()
    assert emulator.rows_at(0, SIZE.rows) == [changed[y] for y in range(SIZE.rows)]
