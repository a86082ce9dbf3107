"""Private modes: which are kept and what is said of them."""

import pytest

from termlab.model.screen import MOUSE_ANY, MOUSE_BUTTONS, MOUSE_DRAG, MOUSE_OFF, MOUSE_PRESS
from termlab.terminal.pyte_modes import AUTOWRAP, HOLD, KNOWN, PrivateModes


def test_they_start_as_a_terminal_does_and_go_back_to_it() -> None:
    modes = PrivateModes()
    assert AUTOWRAP in modes
    assert HOLD not in modes
    modes.change(HOLD, True)
    modes.change(AUTOWRAP, False)
    modes.reset()
    assert (AUTOWRAP in modes, HOLD in modes) == (True, False)


@pytest.mark.parametrize(("mode", "state"), [(7, 1), (2026, 2), (2027, 0), (69, 0), (9999, 0)])
def test_a_question_is_answered_honestly(mode: int, state: int) -> None:
    assert PrivateModes().report(mode) == f"\x1b[?{mode};{state}$y"


def test_unknown_modes_are_not_kept() -> None:
    modes = PrivateModes()
    for mode in range(10_000):
        modes.change(mode, True)
    assert {mode for mode in range(10_000) if mode in modes} == KNOWN


@pytest.mark.parametrize(
    ("on", "kind"),
    [
        ((), MOUSE_OFF),
        ((9,), MOUSE_PRESS),
        ((1000,), MOUSE_BUTTONS),
        ((1002, 1000), MOUSE_DRAG),
        ((1003, 9), MOUSE_ANY),
    ],
)
def test_the_widest_kind_of_mouse_report_counts(on: tuple[int, ...], kind: int) -> None:
    modes = PrivateModes()
    for mode in on:
        modes.change(mode, True)
    assert modes.mouse() == kind
