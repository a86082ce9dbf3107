"""Prompts and questions in one row."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termlab.client.chrome import FAILURE
from termlab.client.prompt_line import (
    CHOSEN,
    Hint,
    PromptView,
    prompt_cursor,
    prompt_line,
    question_line,
)
from termlab.client.style import Line, line_width, run_at

USAGE = (Hint("[-t PANE] [-h] [-v] [-b] [-l PERCENT]"),)


def text(line: Line) -> str:
    return "".join(run.text for run in line)


def test_the_text_stands_behind_its_lead_and_help_at_the_end() -> None:
    view = PromptView(":", "split -h", 8, USAGE)
    assert text(prompt_line(view, 60)) == f" :split -h {USAGE[0].text:>48} "
    assert prompt_cursor(view, 60) == 10


def test_at_twenty_columns_the_text_has_room_and_help_what_is_left() -> None:
    view = PromptView(":", "split -h", 8, USAGE)
    assert text(prompt_line(view, 20)) == " :split -h   [-t PA…"
    assert text(prompt_line(view._replace(text="split -h -v"), 20)) == " :split -h -v       "
    assert text(prompt_line(view._replace(hints=()), 20)) == " :split -h          "


def test_a_long_text_scrolls_with_its_cursor() -> None:
    view = PromptView(":", "rename-window something", 23)
    row = text(prompt_line(view, 20))
    assert row.startswith(" :…")
    assert row.rstrip().endswith("something")
    assert prompt_cursor(view, 20) == len(row.rstrip())
    assert prompt_cursor(view._replace(cursor=0), 20) == 2


def test_an_error_stands_in_place_of_help() -> None:
    view = PromptView(":", "bogus", 5, USAGE, "there is no command 'bogus'")
    line = prompt_line(view, 80)
    assert line[-1].style == FAILURE
    assert text(line).rstrip().endswith("there is no command 'bogus'")
    assert "PANE" not in text(line)
    narrow = prompt_line(view, 20)
    assert text(narrow).startswith(" :bogus ")
    assert " there is …" in text(narrow)


def test_the_chosen_candidate_is_always_shown() -> None:
    names = [f"candidate-{number}" for number in range(20)]
    for cols in (20, 40, 80):
        for chosen in range(20):
            hints = tuple(Hint(n, f"take:{i}", i == chosen) for i, n in enumerate(names))
            line = prompt_line(PromptView(":", names[chosen], 12, hints), cols)
            lit = [run for run in line if run.style == CHOSEN]
            assert len(lit) == 1
            assert lit[0].press == f"take:{chosen}"


def test_a_press_on_the_text_tells_which_part_it_is() -> None:
    view = PromptView(":", "abcdefghijklmnopqrstuvwxyz", 26)
    found = run_at(prompt_line(view, 20), 5)
    assert found is not None
    run, cell = found
    assert run.press.startswith("text:")
    assert view.text[int(run.press[5:]) + cell] == run.text[cell]


def test_a_question_has_its_answers_as_buttons() -> None:
    line = question_line("vim runs here: close this pane? (y/n)", 80)
    assert text(line).startswith(" vim runs here: close this pane?  [y]es  [n]o ")
    assert [(run.press, run.text.strip()) for run in line if run.press] == [
        ("y", "[y]es"),
        ("n", "[n]o"),
    ]


def test_a_narrow_row_keeps_the_answers() -> None:
    line = question_line("vim and 2 more run here: close this pane? (y/n)", 20)
    assert text(line) == " vim and 2 m… [y][n]"


@given(
    st.text("ab 日e\u0301\x1b", max_size=40),
    st.integers(0, 40),
    st.lists(st.text("xy 本", max_size=9), max_size=6),
    st.sampled_from(["", "what was wrong"]),
    st.integers(1, 90),
)
def test_every_row_is_exactly_as_wide_as_the_terminal(
    typed: str, cursor: int, hints: list[str], error: str, cols: int
) -> None:
    shown = "".join(char for char in typed if char.isprintable())
    helping = tuple(Hint(hint, "take:0") for hint in hints)
    view = PromptView(":", shown, min(cursor, len(shown)), helping, error)
    assert line_width(prompt_line(view, cols)) == cols
    assert 0 <= prompt_cursor(view, cols) < cols
    assert line_width(question_line(shown, cols)) == cols


@pytest.mark.parametrize("cols", [1, 2, 3, 5, 8])
def test_no_width_is_too_small(cols: int) -> None:
    assert line_width(prompt_line(PromptView("window name ", "abc", 3, USAGE), cols)) == cols
