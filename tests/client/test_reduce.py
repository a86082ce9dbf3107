"""Pens for terminals with fewer colours and underlines: what is changed, and what is not."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termlab.client.capabilities import TRUE_COLOUR
from termlab.client.reduce import (
    MAX_KNOWN,
    MAX_PEN_BYTES,
    STANDARD,
    Reducer,
    nearest_16,
    nearest_256,
    of_256,
)
from termlab.model.geometry import Size
from termlab.terminal.ghostty import GhosttyEmulator
from tests.terminal.cells import feed, screen

byte = st.integers(0, 255)
rgb = st.tuples(byte, byte, byte)


def shown(data: bytes, colours: int, styles: bool = False, underlines: bool = False) -> bytes:
    return Reducer(colours, styles, underlines)(data)


@pytest.mark.parametrize(
    ("pen", "of_256_colours", "of_16"),
    [
        (b"38;2;255;0;0", b"38;5;196", b"91"),
        (b"38:2::255:0:0", b"38;5;196", b"91"),
        (b"38:2:255:0:0", b"38;5;196", b"91"),
        (b"48;2;0;0;0", b"48;5;16", b"40"),
        (b"48;2;18;18;18", b"48;5;233", b"40"),
        (b"1;38;2;0;205;0;7", b"1;38;5;40;7", b"1;32;7"),
        (b"38;5;1", b"38;5;1", b"31"),
        (b"38;5;9", b"38;5;9", b"91"),
        (b"48:5:9", b"48;5;9", b"101"),
        (b"38;5;196", b"38;5;196", b"91"),
        (b"31;44;95;103", b"31;44;95;103", b"31;44;95;103"),
        (b"", b"", b""),
        (b"0;39;49", b"0;39;49", b"0;39;49"),
        (b"38;2;999;1;1", b"38;5;196", b"91"),
        (b"38;7;1", b"38;7;1", b"38;7;1"),
        (b"38;2;1", b"38;2;1;;", b"38;2;1;;"),
        (b"38", b"38;", b"38;"),
    ],
)
def test_a_colour_is_the_nearest_there_is(pen: bytes, of_256_colours: bytes, of_16: bytes) -> None:
    assert shown(b"\x1b[%bm" % pen, 256) == b"\x1b[%bm" % of_256_colours
    assert shown(b"\x1b[%bm" % pen, 16) == b"\x1b[%bm" % of_16


@pytest.mark.parametrize(
    ("pen", "plain", "styled", "coloured"),
    [
        (b"4:3", b"\x1b[4m", b"\x1b[4:3m", b"\x1b[4m"),
        (b"4:0;4:1", b"\x1b[24;4m", b"\x1b[4:0;4:1m", b"\x1b[24;4m"),
        (b"4;24;21", b"\x1b[4;24;21m", b"\x1b[4;24;21m", b"\x1b[4;24;21m"),
        (b"58;2;1;2;3;1", b"\x1b[1m", b"\x1b[1m", b"\x1b[58;2;1;2;3;1m"),
        (b"58:5:9", b"", b"", b"\x1b[58:5:9m"),
        (b"58:5:9;59", b"", b"", b"\x1b[58:5:9;59m"),
    ],
)
def test_underlines_are_as_plain_as_need_be(
    pen: bytes, plain: bytes, styled: bytes, coloured: bytes
) -> None:
    data = b"\x1b[%bm" % pen
    assert shown(data, TRUE_COLOUR) == plain
    assert shown(data, TRUE_COLOUR, styles=True) == styled
    assert shown(data, TRUE_COLOUR, underlines=True) == coloured


def test_the_colour_of_an_underline_stays_one_of_the_256() -> None:
    assert shown(b"\x1b[58;2;255;0;0m", 16, True, True) == b"\x1b[58;5;9m"
    assert shown(b"\x1b[58:2::255:0:0m", 256, True, True) == b"\x1b[58;5;196m"


def test_only_pens_are_touched() -> None:
    data = b"\x1b[2;38H38;2;1;2;3m\x1b]8;;http://a/38;2;1;2;3m\x1b\\x\x1b]8;;\x1b\\\x1b[?2026h\xe6\xbc\xa2"
    assert shown(data, 16) == data


@pytest.mark.parametrize("colours", [256, 16])
def test_text_never_takes_the_colour_of_its_background(colours: int) -> None:
    data = shown(b"\x1b[38;2;200;200;200m\x1b[48;2;201;201;201mx", colours)
    engine = GhosttyEmulator(Size(4, 1))
    feed(engine, data)
    cell = screen(engine)[0][0]
    assert cell.text == "x"
    assert cell.foreground != cell.background
    engine.close()


def test_text_that_is_meant_to_be_hidden_stays_hidden() -> None:
    data = b"\x1b[38;2;200;200;200;48;2;200;200;200m"
    assert shown(data, 16) == b"\x1b[37;47m"


@given(rgb)
def test_the_nearest_of_256_is_the_nearest_indeed(colour: tuple[int, int, int]) -> None:
    def off(index: int) -> int:
        return sum(
            weight * (a - b) ** 2
            for weight, a, b in zip((2, 4, 3), of_256(index), colour, strict=True)
        )

    best = min(map(off, range(16, 256)))
    # The greys are looked up by their mean, not weighed each: at most one step away.
    assert off(nearest_256(colour)) <= max(best * 1.5, 600)


@given(rgb)
def test_what_a_terminal_has_stays_what_it_is(colour: tuple[int, int, int]) -> None:
    assert of_256(nearest_256(of_256(nearest_256(colour)))) == of_256(nearest_256(colour))
    for index, each in enumerate(STANDARD):
        assert nearest_16(each) == index


@given(st.lists(st.sampled_from([b"\x1b[", b"m", b"38", b"48", b"2", b"5", b";", b":", b"x"])))
def test_whatever_comes_the_text_stays(parts: list[bytes]) -> None:
    data = b"".join(parts)
    pens = re.compile(rb"\x1b\[[0-9;:]*m")
    for colours in (16, 256, TRUE_COLOUR):
        out = shown(data, colours)
        assert pens.sub(b"", out) == pens.sub(b"", data)
        if colours < TRUE_COLOUR:
            assert not re.search(rb"[;\[][34]8[;:]2[;:]\d{1,3}[;:]\d{1,3}[;:]\d{1,3}[m;]", out)


def test_it_says_whether_anything_was_changed() -> None:
    reduce = Reducer(256, False, False)
    reduce(b"\x1b[1;38;5;9mplain\x1b[m")
    assert not reduce.used
    reduce(b"\x1b[38;2;1;2;3m")
    assert reduce.used


def test_what_is_remembered_is_bounded() -> None:
    reduce = Reducer(256, False, False)
    for number in range(2 * MAX_KNOWN):
        reduce(b"\x1b[38;2;%d;%d;7m" % divmod(number, 256))
    assert len(reduce._known) <= MAX_KNOWN


def test_no_pen_is_so_long_that_it_takes_time() -> None:
    data = b"\x1b[" + b"38;2;" * 200_000 + b"m"
    assert len(data) > MAX_PEN_BYTES
    start = time.process_time()
    assert shown(data, 256) == data
    assert time.process_time() - start < 1.0
