"""Output of a child as text, controls and sequences, wherever it is cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termlab.terminal.pyte_filter import MAX_STRING_CHARS, Filter, number, numbers


class Told:
    """Writes down what it is told."""

    def __init__(self) -> None:
        self.all: list[tuple[str, ...]] = []

    def text(self, text: str) -> None:
        if self.all and self.all[-1][0] == "text":
            text = self.all.pop()[1] + text
        self.all.append(("text", text))

    def control(self, char: str) -> None:
        self.all.append(("control", char))

    def escape(self, name: str) -> None:
        self.all.append(("escape", name))

    def csi(self, name: str, parameters: str) -> None:
        self.all.append(("csi", name, parameters))

    def osc(self, text: str, end: str) -> None:
        self.all.append(("osc", text, end))


def told(*chunks: bytes) -> list[tuple[str, ...]]:
    sink = Told()
    stream = Filter(sink)
    for chunk in chunks:
        stream.feed(chunk)
    return sink.all


ST = b"\x1b\\"
END: tuple[str, ...] = ("escape", "\\")

EXAMPLES: list[tuple[bytes, list[tuple[str, ...]]]] = [
    ("é漢a".encode(), [("text", "é漢a")]),
    (b"a\r\n\x07", [("text", "a"), ("control", "\r"), ("control", "\n"), ("control", "\x07")]),
    (b"a\x7fb\xc2\x9bc", [("text", "abc")]),
    (b"a\xff\xc3b", [("text", "a\ufffd\ufffdb")]),
    (b"\x1b7\x1b(0\x1b#8", [("escape", "7"), ("escape", "(0"), ("escape", "#8")]),
    (b"\x1b[m\x1b[1;2H", [("csi", "m", ""), ("csi", "H", "1;2")]),
    (b"\x1b[?25h\x1b[>4;2m", [("csi", "?h", "25"), ("csi", ">m", "4;2")]),
    (b"\x1b[4:3m\x1b[!p\x1b[2 q", [("csi", "m", "4:3"), ("csi", "!p", ""), ("csi", " q", "2")]),
    (b"\x1b[\n5C", [("control", "\n"), ("csi", "C", "5")]),
    (b"\x1b[4\x181m", [("text", "1m")]),
    (b"\x1b[31\x1b[32m", [("csi", "m", "32")]),
    (b"\x1b[<=>1mx\x1b[1?mx", [("text", "xx")]),
    ("\x1b[3éx".encode(), [("text", "éx")]),
    (b"\x1b]2;a\x07", [("osc", "2;a", "\x07")]),
    (b"\x1b]2;a" + ST, [("osc", "2;a", "\x1b\\"), END]),
    (b"\x1b]2;a\x18b", [("text", "b")]),
    (b"\x1b]2;a\x1b[1mb", [("osc", "2;a", "\x1b\\"), ("csi", "m", "1"), ("text", "b")]),
    (b"a\x1bPq#0~~" + ST + b"b", [("text", "a"), END, ("text", "b")]),
    (b"\x1b_Gx" + ST + b"\x1b^p" + ST + b"\x1bXs" + ST + b"b", [END] * 3 + [("text", "b")]),
]


@pytest.mark.parametrize(("data", "expected"), EXAMPLES)
def test_each_thing_is_told_as_what_it_is(data: bytes, expected: list[tuple[str, ...]]) -> None:
    assert told(data) == expected


@pytest.mark.parametrize(("data", "expected"), EXAMPLES)
def test_it_may_be_cut_anywhere(data: bytes, expected: list[tuple[str, ...]]) -> None:
    assert told(*(data[at : at + 1] for at in range(len(data)))) == expected


@given(st.lists(st.binary(max_size=40), max_size=6))
def test_cuts_change_nothing_of_any_bytes(chunks: list[bytes]) -> None:
    assert told(*chunks) == told(b"".join(chunks))


@pytest.mark.parametrize("start", [b"\x1b]2;", b"\x1b[", b"\x1bP", b"\x1b "])
def test_an_endless_sequence_is_dropped_and_takes_no_room(start: bytes) -> None:
    sink = Told()
    stream = Filter(sink)
    stream.feed(start)
    for _ in range(100):
        stream.feed(b" " * 10_000)
        assert len(stream._kept) <= MAX_STRING_CHARS
    stream.feed(b"\x18\x1b\\ok")
    assert sink.all == [END, ("text", "ok")]


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [("", []), ("1", [1]), (";5", [0, 5]), ("4:3;1", [4, 1]), ("9" * 100, [9999]), (":3", [0])],
)
def test_numbers_are_bounded_and_0_where_missing(parameters: str, expected: list[int]) -> None:
    assert numbers(parameters) == expected
    assert number("") == 0
