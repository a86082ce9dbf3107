"""Keys, titles and questions: what the outer terminal is told, and when it is told nothing."""

import os
import sys
import termios

import pytest

from termlab.client.capabilities import COLOURS, END, QUESTIONS, TRUE_COLOUR, Capabilities

if sys.platform != "win32":
    from termlab.client.outer import (
        ENTER,
        KITTY_POP,
        KITTY_PUSH,
        LEAVE,
        OTHER_KEYS_OFF,
        OTHER_KEYS_ON,
        TITLE_RESTORE,
        OuterTerminal,
    )
    from tests.client.test_outer import TIMEOUT_S, Desk, desk, terminal
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"

__all__ = ["desk", "terminal"]

EVERYTHING = Capabilities(TRUE_COLOUR, kitty_keyboard=True, dark=True, complete=True)


def taken(desk: Desk, terminal: OuterTerminal) -> None:
    """The screen is ours, and what was written for it has been read."""
    terminal.raw()
    terminal.enter()
    terminal.answered = True
    desk.read(len(ENTER))


def test_what_a_question_may_print_is_wiped_before_anything_is_drawn() -> None:
    assert ENTER.index(QUESTIONS) < ENTER.index(b"\x1b[2J")
    assert ENTER.endswith(b"\x1b[m\x1b[H\x1b[2J")


def test_keys_are_told_apart_where_the_terminal_can_until_it_is_given_back(
    desk: Desk, terminal: OuterTerminal
) -> None:
    terminal.capable(EVERYTHING)
    taken(desk, terminal)
    assert desk.read(len(KITTY_PUSH)) == KITTY_PUSH
    terminal.capable(EVERYTHING._replace(name="it"))
    terminal.keys(0)
    assert desk.nothing_waits()
    terminal.leave()
    assert desk.read(len(KITTY_POP + LEAVE)) == KITTY_POP + LEAVE


def test_a_program_may_ask_for_more_of_keys_and_gets_no_less_than_we_need(
    desk: Desk, terminal: OuterTerminal
) -> None:
    taken(desk, terminal)
    terminal.keys(31)
    assert desk.nothing_waits()
    terminal.capable(EVERYTHING)
    for asked in (1, 2, 3, 8, 31, 31, 0):
        terminal.keys(asked)
    wanted = [b"\x1b[=%d;1u" % flags for flags in (7, 29, 31, 5)]
    assert desk.read(len(KITTY_PUSH + b"".join(wanted))) == KITTY_PUSH + b"".join(wanted)


def test_xterms_way_is_taken_once_nothing_better_can_be_said_any_more(
    desk: Desk, terminal: OuterTerminal
) -> None:
    taken(desk, terminal)
    terminal.capable(Capabilities(256))
    assert desk.nothing_waits()
    terminal.capable(Capabilities(256, complete=True))
    terminal.keys(31)
    assert desk.read(len(OTHER_KEYS_ON)) == OTHER_KEYS_ON
    assert desk.nothing_waits()
    terminal.leave()
    assert desk.read(len(OTHER_KEYS_OFF + LEAVE)) == OTHER_KEYS_OFF + LEAVE


def test_taken_anew_it_tells_keys_apart_at_once(desk: Desk, terminal: OuterTerminal) -> None:
    taken(desk, terminal)
    terminal.capable(EVERYTHING)
    terminal.enter()
    wanted = KITTY_PUSH + KITTY_POP + ENTER + KITTY_PUSH
    assert desk.read(len(wanted)) == wanted


def test_other_colours_are_asked_for_when_the_scheme_changes(
    desk: Desk, terminal: OuterTerminal
) -> None:
    taken(desk, terminal)
    for found in (Capabilities(dark=True), EVERYTHING, EVERYTHING._replace(dark=False)):
        terminal.capable(found)
    wanted = KITTY_PUSH + COLOURS + END
    assert desk.read(len(wanted)) == wanted
    assert not terminal.answered


def test_a_title_is_written_when_it_changes_and_its_own_given_back(
    desk: Desk, terminal: OuterTerminal
) -> None:
    terminal.title("too early")
    taken(desk, terminal)
    for text in ("too early", "one"):
        terminal.title(text)
    assert desk.nothing_waits()
    terminal.capable(Capabilities(strings=True))
    for text in ("one", "zwö", "", "", "drei"):
        terminal.title(text)
    first = "\x1b[22;0t\x1b]2;one\x1b\\\x1b]2;zwö\x1b\\\x1b[23;0t".encode()
    wanted = first + b"\x1b[22;0t\x1b]2;drei\x1b\\"
    assert desk.read(len(wanted)) == wanted
    terminal.leave()
    assert desk.read(len(LEAVE + TITLE_RESTORE)) == LEAVE + TITLE_RESTORE


def test_asking_alone_takes_nothing(desk: Desk, terminal: OuterTerminal) -> None:
    terminal.raw()
    terminal.ask()
    wanted = QUESTIONS + b"\r\x1b[K"
    assert desk.read(len(wanted)) == wanted
    os.write(desk.master, b"\x1b[?0u\x1b[?62c")
    heard = []
    for data in terminal.answers(TIMEOUT_S):
        heard.append(data)
        terminal.answered = b"c" in data
    assert b"".join(heard) == b"\x1b[?0u\x1b[?62c"
    terminal.leave()
    assert desk.nothing_waits()
    assert termios.tcgetattr(desk.slave) == desk.before
