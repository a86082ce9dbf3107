"""What is made of a terminal's answers: in any order, late, contradictory, or made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termlab.client.capabilities import (
    COLOURS,
    END,
    QUESTIONS,
    TRUE_COLOUR,
    Asker,
    Capabilities,
    Source,
    assumed,
    is_dark,
)
from termlab.client.input import InputParser
from termlab.model.geometry import Size
from termlab.model.keys import Key, TerminalReply
from termlab.terminal.emulator import Colours
from termlab.terminal.ghostty import GhosttyEmulator
from tests.terminal.cells import feed

XTERM = b"\x1b]10;rgb:ff/ff/ff\x07\x1bP1$r0;4;48:5:16m\x1b\\\x1b[?2026;0$y\x1b[?64;1;22c"


def heard(data: bytes, known: Capabilities | None = None) -> Asker:
    asker = Asker(known)
    for event in InputParser().feed(data, 0.0):
        if isinstance(event, TerminalReply):
            asker.hear(event)
    return asker


@pytest.mark.parametrize(
    ("environment", "colours"),
    [
        ({"COLORTERM": "truecolor"}, TRUE_COLOUR),
        ({"COLORTERM": "24bit", "TERM": "xterm"}, TRUE_COLOUR),
        ({"TERM": "xterm-direct"}, TRUE_COLOUR),
        ({"TERM": "xterm-256color"}, 256),
        ({"TERM": "linux"}, 16),
        ({}, 16),
    ],
)
def test_before_any_answer_the_environment_hints_at_colours_and_nothing_else(
    environment: dict[str, str], colours: int
) -> None:
    assert assumed(environment) == Capabilities(colours)
    source = Source.ASSUMED if colours == 16 else Source.HINTED
    assert Asker(assumed(environment)).source("colours") == source


def test_the_end_marker_is_asked_last() -> None:
    assert QUESTIONS.startswith(COLOURS)
    assert QUESTIONS.endswith(END)
    assert QUESTIONS.count(END) == 1


def test_a_terminal_with_everything_says_so() -> None:
    engine = GhosttyEmulator(Size(80, 24))
    engine.set_colours(Colours((255, 255, 255), (20, 20, 20)))
    feed(engine, QUESTIONS)
    asker = heard(engine.take_replies())
    found = asker.found
    assert found.colours == TRUE_COLOUR
    assert found.synchronised
    assert found.underline_styles
    assert found.underline_colours
    assert found.kitty_keyboard
    assert found.focus_events
    assert found.clipboard
    assert not found.clusters
    assert found.complete
    assert found.dark
    assert found.name == "termlab"
    assert asker.source("colours") == asker.source("underline_styles") == Source.ANSWERED
    assert asker.source("dark") == Source.IMPLIED
    engine.close()


def test_one_with_256_colours_says_so_whatever_the_environment_hints_at() -> None:
    found = heard(XTERM, Capabilities(TRUE_COLOUR)).found
    assert found == Capabilities(256, foreground=(255, 255, 255), strings=True, complete=True)


def test_silence_changes_nothing_but_that_all_was_said() -> None:
    assert heard(b"\x1b[?1;2c", Capabilities(256)).found == Capabilities(256, complete=True)
    assert heard(b"", Capabilities(256)).found == Capabilities(256)


def test_what_one_answer_implies_yields_to_what_another_says() -> None:
    asker = heard(b"\x1b[?0u")
    assert asker.found.colours == TRUE_COLOUR
    assert asker.source("colours") == Source.IMPLIED
    for data in (b"\x1b[?0u\x1bP1$r0;4;48:5:16m\x1b\\", b"\x1bP1$r0;4;48:5:16m\x1b\\\x1b[?0u"):
        found = heard(data).found
        assert found.colours == 256
        assert not found.underline_styles
        assert found.kitty_keyboard


def test_of_two_answers_about_colours_the_better_one_is_right() -> None:
    both = (b"\x1bP1+r524742=38\x1b\\", b"\x1bP1$r0;48:5:16m\x1b\\")
    for data in (b"".join(both), b"".join(reversed(both))):
        assert heard(data).found.colours == TRUE_COLOUR


@pytest.mark.parametrize("pen", ["0;4:3;48:2::1:2:3", "4:3;48:2:1:2:3", "4:3;48;2;1;2;3"])
def test_a_pen_that_was_kept_tells_colours_and_underlines(pen: str) -> None:
    found = heard(f"\x1bP1$r{pen}m\x1b\\".encode()).found
    assert (found.colours, found.underline_styles) == (TRUE_COLOUR, True)


def test_a_pen_that_says_nothing_tells_nothing() -> None:
    asker = heard(b"\x1bP1$r0m\x1b\\", Capabilities(256))
    assert asker.found == Capabilities(256, strings=True)
    assert asker.source("underline_styles") == Source.ASSUMED


@pytest.mark.parametrize(
    ("data", "clipboard"),
    [(b"\x1b[?62;52c", True), (b"\x1bP1+r4d73=5C\x1b\\", True), (b"\x1b[?52c", False)],
)
def test_copies_are_taken_by_whoever_says_so(data: bytes, clipboard: bool) -> None:
    assert heard(data).found.clipboard == clipboard


def test_the_scheme_is_told_or_seen_from_the_background_and_may_change() -> None:
    asker = heard(b"\x1b]11;rgb:ffff/ffff/f0f0\x1b\\")
    assert asker.found.dark is False
    assert asker.hear(TerminalReply("scheme", (1,)))
    assert asker.found.dark is True
    assert not asker.hear(TerminalReply("scheme", (1,)))
    asker.hear(TerminalReply("background", (255, 255, 255)))
    assert asker.found.dark is True
    asker.hear(TerminalReply("scheme", (2,)))
    assert asker.found.dark is False


def test_light_and_dark_are_told_apart_as_eyes_do() -> None:
    assert is_dark((0, 0, 0))
    assert is_dark((0x1E, 0x1E, 0x2E))
    assert is_dark((0, 0, 255))
    assert not is_dark((0, 255, 0))
    assert not is_dark((0xFD, 0xF6, 0xE3))


def test_pixels_nobody_has_are_not_taken() -> None:
    assert heard(b"\x1b[6;99999;99999t\x1b[6;0;0t\x1b[4;0;10t").found == Capabilities()
    found = heard(b"\x1b[6;20;10t\x1b[4;480;800t").found
    assert (found.cell, found.area) == ((10, 20), (800, 480))


@given(st.lists(st.sampled_from([*XTERM.split(b"\x1b"), b"[?2026;2$y", b"[?0u", b"P1+r\xff\\"])))
def test_answers_may_come_in_any_order_and_amount_and_are_never_keys(parts: list[bytes]) -> None:
    data = b"".join(b"\x1b" + part for part in parts if part not in (b"", b"\\"))
    asker = Asker()
    for event in InputParser().feed(data, 0.0):
        assert not isinstance(event, Key)
        assert isinstance(event, TerminalReply)
        asker.hear(event)
    assert len(asker.found.name) <= 64


def test_a_name_is_bounded() -> None:
    assert len(heard(b"\x1bP>|" + b"x" * 200 + b"\x1b\\").found.name) == 64
