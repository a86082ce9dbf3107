"""Lines of styled runs: bytes, widths, and rows that are filled exactly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termlab.client.style import (
    DIM,
    PLAIN,
    Line,
    Rgb,
    Run,
    Style,
    clip_line,
    encode_run,
    fit,
    line_width,
    run_at,
    sgr,
)
from tests.client.named_windows import window_at

texts = st.text(st.sampled_from("ab 漢字é─\u0301"), max_size=12)
lines = st.lists(st.builds(Run, texts, st.sampled_from([PLAIN, DIM])), max_size=5).map(tuple)


@pytest.mark.parametrize(
    ("style", "sequence"),
    [
        (PLAIN, b""),
        (DIM, b"\x1b[2m"),
        (Style(colour=2), b"\x1b[32m"),
        (Style(colour=0, background=7), b"\x1b[30;47m"),
        (Style(colour=9, background=12), b"\x1b[38;5;9;48;5;12m"),
        (Style(bold=True, reverse=True), b"\x1b[1;7m"),
        (Style(Rgb(1, 2, 3), Rgb(255, 0, 9)), b"\x1b[38;2;1;2;3;48;2;255;0;9m"),
    ],
)
def test_a_style_is_one_sequence(style: Style, sequence: bytes) -> None:
    assert sgr(style) == sequence


def test_the_pen_is_plain_behind_a_run() -> None:
    assert encode_run(Run("a", PLAIN)) == b"a"
    assert encode_run(Run("漢", DIM)) == "\x1b[2m漢\x1b[m".encode()


@given(lines, st.integers(min_value=0, max_value=40))
def test_a_clipped_line_fits_and_loses_no_more_than_it_must(line: Line, cols: int) -> None:
    clipped = clip_line(line, cols)
    assert line_width(clipped) <= cols
    whole = "".join(run.text for run in line)
    assert whole.startswith("".join(run.text for run in clipped))
    if line_width(line) <= cols:
        assert "".join(run.text for run in clipped) == whole


@given(lines, lines, st.integers(min_value=0, max_value=40))
def test_a_fitted_line_takes_exactly_the_cells_there_are(
    left: Line, right: Line, cols: int
) -> None:
    assert line_width(fit(left, right, cols)) == cols


def drawn(line: Line) -> str:
    return "".join(run.text for run in line)


def test_the_right_side_stands_at_the_end_and_gives_way_from_its_own_end() -> None:
    left, right = (Run("abcd", PLAIN),), (Run("12", PLAIN), Run("345", PLAIN))
    assert drawn(fit(left, right, 12)) == "abcd   12345"
    assert drawn(fit(left, right, 8)) == "abcd  12"
    assert drawn(fit(left, right, 5)) == "abc12"
    assert drawn(fit(left, right, 2)) == "ab"


@given(lines, st.integers(0, 40))
def test_each_cell_of_a_name_is_its_windows_wherever_the_line_is_cut(line: Line, cols: int) -> None:
    marked = tuple(run._replace(window=i) for i, run in enumerate(line))
    cells = [run.window for run in marked for _ in range(line_width((run,)))]
    assert [window_at(marked, x) for x in range(len(cells) + 1)] == [*cells, None]
    kept = clip_line(marked, cols)
    width = line_width(kept)
    assert [window_at(kept, x) for x in range(width)] == cells[:width]


def test_a_cell_is_found_in_the_run_that_has_it() -> None:
    line = (Run("ab", PLAIN), Run("漢", DIM, press="y"), Run("c", PLAIN))
    assert run_at(line, 1) == (line[0], 1)
    assert run_at(line, 3) == (line[1], 1)
    assert run_at(line, 4) == (line[2], 0)
    assert run_at(line, 5) is None
