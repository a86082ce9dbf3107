"""The first row of the dock."""

from termlab.ui.dock.title_row import title_row


def text(who: str, interval_s: float, cols: int) -> str:
    return "".join(part.text for part in title_row(who, interval_s, cols))


def test_whose_figures_over_how_long() -> None:
    assert text("%3 vim", 1.0, 24) == " lab %3 vim       1.0 s "


def test_a_first_look_is_over_no_time() -> None:
    assert text("%3 vim", 0, 24) == " lab %3 vim"


def test_the_time_goes_before_the_name() -> None:
    assert text("%3 a-long-name", 1.0, 20) == " lab %3 a-long-name"
    assert text("%3 a-long-name", 1.0, 10) == " lab %3 a-"
