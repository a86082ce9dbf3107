"""The first row of the dock."""

from termlab.model.lab import Lab
from termlab.ui.dock.title_row import USUAL, title_row


def text(who: str, interval_s: float, cols: int, lab: Lab = USUAL) -> str:
    return "".join(part.text for part in title_row(who, interval_s, cols, lab))


def test_whose_figures_over_how_long() -> None:
    assert text("%3 vim", 1.0, 24) == " lab %3 vim       1.0 s "


def test_a_first_look_is_over_no_time() -> None:
    assert text("%3 vim", 0, 24) == " lab %3 vim"


def test_the_time_goes_before_the_name() -> None:
    assert text("%3 a-long-name", 1.0, 20) == " lab %3 a-long-name"
    assert text("%3 a-long-name", 1.0, 10) == " lab %3 a-"


def test_that_it_is_paused_is_said_before_anything_else() -> None:
    paused = Lab(paused=True)
    assert text("%3 vim", 1.0, 24, paused) == " lab %3 vim      PAUSED "
    assert text("%3 a-long-name", 1.0, 16, paused) == " lab %3  PAUSED "


def test_with_every_panel_folded_nothing_is_looked_at() -> None:
    assert text("%3 vim", 1.0, 24, Lab(open=())) == " lab %3 vim  all folded "
