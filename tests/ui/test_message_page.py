"""Messages as lines: the newest first, long ones broken, failures told apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termlab.client.message_log import Said
from termlab.client.style import Line, line_width
from termlab.client.width import text_width
from termlab.ui.message_page import FAILED, body, place, wrapped
from termlab.ui.query import Query

SAID = (
    Said(0.0, "the ui starts again"),
    Said(61.0, "no such pane: %9", True),
    Said(3600.0, "a long one " * 12),
)


def text(line: Line) -> str:
    return "".join(run.text for run in line)


def test_the_newest_stands_first_with_its_time() -> None:
    lines = [text(line).rstrip() for line in body(SAID, 60).lines]
    assert lines[0].startswith(f"{SAID[2].time_of_day()}  a long one")
    assert lines[1].startswith("          ")
    assert lines[-2:] == [
        f"{SAID[1].time_of_day()}  no such pane: %9",
        f"{SAID[0].time_of_day()}  the ui starts again",
    ]


def test_a_failure_has_another_colour() -> None:
    (line,) = body(SAID[1:2], 60).lines
    assert [run.text for run in line if run.style == FAILED] == ["no such pane: %9"]


def test_what_is_looked_for_is_counted() -> None:
    found = body(SAID, 60, Query("PANE"))
    assert (found.hits, found.total, len(found.lines)) == (1, 3, 1)
    assert text(body(SAID, 60, Query("xyz")).lines[0]).startswith("nothing that was said")
    assert text(body((), 60).lines[0]).startswith("nothing was said")


@pytest.mark.parametrize("size", [(80, 23), (20, 4), (200, 50)])
def test_its_place_is_inside(size: tuple[int, int]) -> None:
    rect = place(SAID * 20, *size)
    assert 0 <= rect.x <= rect.right <= size[0]
    assert 0 <= rect.y <= rect.bottom <= size[1]


@given(st.text("ab 漢é\u0301", max_size=60), st.integers(1, 30))
def test_wrapped_parts_fit_and_lose_nothing_but_blanks(words: str, cols: int) -> None:
    parts = wrapped(words, cols)
    assert "".join(parts).replace(" ", "") == words.replace(" ", "")
    assert all(text_width(part) <= max(cols, 2) for part in parts)
    for line in body([Said(0.0, words)], cols).lines:
        assert line_width(line) == cols
