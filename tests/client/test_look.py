"""What a theme makes of the frame: readable everywhere, and nothing but colours changes."""

from itertools import product

import pytest

from termlab.client.chrome import (
    ACTIVE,
    ACTIVE_TITLE,
    ALERT,
    CURRENT,
    FAILURE,
    SESSION,
    Placed,
)
from termlab.client.look import READABLE, Look, contrast
from termlab.client.style import DIM, PLAIN, Rgb, Run, Style
from termlab.model.theme import theme_named, theme_names

STYLES = (PLAIN, DIM, ACTIVE, ACTIVE_TITLE, SESSION, CURRENT, ALERT, FAILURE)
LINE = tuple(Run(f"{number}", style, number) for number, style in enumerate(STYLES))
NAMES = theme_names()[1:]


def rgb(colour: int) -> Rgb:
    return Rgb(colour >> 16, colour >> 8 & 255, colour & 255)


def test_the_terminal_s_own_colours_stay_as_they_are() -> None:
    look = Look()
    assert look.row(LINE) is LINE
    lines = [Placed(1, 2, LINE)]
    assert look.frame(lines) is lines


@pytest.mark.parametrize("name", NAMES)
def test_every_word_of_the_status_row_is_readable_in_every_theme(name: str) -> None:
    theme = theme_named(name)
    assert theme is not None
    row = Look(theme).row(LINE)
    assert [(run.text, run.window) for run in row] == [(run.text, run.window) for run in LINE]
    for run, style in zip(row, STYLES, strict=True):
        assert isinstance(run.style.colour, Rgb)
        assert isinstance(run.style.background, Rgb)
        seen = contrast(run.style.colour, run.style.background)
        # Colours of lines and of what is quiet are the theme's own business.
        assert seen >= (2 if style in (DIM, ACTIVE, ACTIVE_TITLE) else READABLE), (name, style)
        assert run.style.bold == style.bold
    ground = {
        run.style.background
        for run, style in zip(row, STYLES, strict=True)
        if style in (PLAIN, DIM, CURRENT)
    }
    assert ground == {rgb(theme.panel)}


@pytest.mark.parametrize("name", NAMES)
def test_what_differs_in_the_terminal_s_colours_differs_in_a_theme(name: str) -> None:
    row = Look(theme_named(name)).row(LINE)
    shown = [run.style for run in row]
    for (one, a), (other, b) in product(zip(STYLES, shown, strict=True), repeat=2):
        assert (one == other) == (a == b), (one, other)


def test_lines_around_the_panes_keep_the_terminal_s_ground() -> None:
    nord = theme_named("nord")
    assert nord is not None
    ((x, y, line),) = Look(nord).frame([Placed(3, 4, LINE)])
    styles = [run.style for run in line]
    assert (x, y) == (3, 4)
    assert styles[0] == PLAIN
    assert styles[1].background is None
    assert isinstance(styles[1].colour, Rgb)
    assert styles[2] == Style(rgb(nord.primary))
    assert styles[6].background == rgb(nord.warning)


def test_other_colours_are_left_alone() -> None:
    own = Style(colour=200, background=Rgb(1, 2, 3), reverse=True)
    ((run,),) = [Look(theme_named("nord")).row((Run("x", own),))]
    assert run.style.background == Rgb(1, 2, 3)
    assert run.style.reverse
    bright = Look(theme_named("nord")).frame([Placed(0, 0, (Run("x", Style(colour=10)),))])
    assert (
        bright[0].line[0].style
        == Look(theme_named("nord"))
        .frame([Placed(0, 0, (Run("x", Style(colour=2)),))])[0]
        .line[0]
        .style
    )


def test_contrast_is_what_the_guidelines_say() -> None:
    assert contrast(Rgb(0, 0, 0), Rgb(255, 255, 255)) == pytest.approx(21)
    assert contrast(Rgb(255, 255, 255), Rgb(255, 255, 255)) == 1
    assert contrast(Rgb(0x77, 0x77, 0x77), Rgb(255, 255, 255)) == pytest.approx(4.48, abs=0.01)
