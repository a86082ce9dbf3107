"""Ready-made strips, as the compositor uses them."""

from rich.console import Console
from textual.strip import Strip

from termlab.ui.strips import HoleStrip, VtStrip

CONSOLE = Console()


def test_a_strip_that_is_not_cut_is_itself() -> None:
    strip = VtStrip(b"abc", 4, 10)
    assert strip.crop(0, 10) is strip
    assert strip.crop(0) is strip
    assert strip.divide([10]) == [strip]
    assert strip.render(CONSOLE) is strip.render(CONSOLE)


def test_a_strip_renders_its_bytes_where_it_stands() -> None:
    assert VtStrip(b"a\x1b[4Gb", 4, 10).render(CONSOLE) == "\x1b[10Xa\x1b[8Gb\x1b[m\x1b[15G"


def test_cut_parts_render_where_they_stand() -> None:
    parts = VtStrip(b"abcdef", 4, 6).divide([2, 6])
    assert [part.cell_length for part in parts] == [2, 4]
    assert parts[1].render(CONSOLE) == "\x1b[4Xcdef\x1b[11G"


def test_a_picture_gets_segments_also_of_joined_strips() -> None:
    joined = Strip.join([VtStrip(b"ab", 0, 4), HoleStrip(2), VtStrip(b"c", 6, 1)])
    assert joined.text == "ab    c"
    assert joined.cell_length == 7
    assert [len(VtStrip(b"ab", 0, 4)), bool(VtStrip(b"", 0, 0))] == [2, False]


def test_a_hole_is_stepped_over_whole_and_in_parts() -> None:
    hole = HoleStrip(9)
    assert hole.render(CONSOLE) == "\x1b[9C"
    assert [part.render(CONSOLE) for part in hole.divide([3, 3, 9])] == ["\x1b[3C", "", "\x1b[6C"]
    assert hole.crop(4).render(CONSOLE) == "\x1b[5C"
