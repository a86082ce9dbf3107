"""Help says every key of the tables, at any size, in lines that fit exactly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termlab.client.style import Line, line_width
from termlab.commands.keytable import split_command
from termlab.commands.table import find
from termlab.model.bindings import Binding
from termlab.ui import boxed, help_page
from termlab.ui.boxed import Hints
from termlab.ui.query import Query
from termlab.wire.messages import ClientOptions
from tests.ui.guest_client import options

OPTIONS = options()
HINTS = Hints(" q closes ", " q closes, / searches, Up and Down scroll ")
PARTS = help_page.sections(OPTIONS)
NOTES = {entry.note for part in PARTS for entry in part.entries if len(entry.note) > 5}


def own(*bindings: Binding, table: str = "prefix") -> ClientOptions:
    return ClientOptions("C-a", 25, 500, 400, 2000, True, {table: bindings})


def text(line: Line) -> str:
    return "".join(run.text for run in line)


def box(cols: int, rows: int, top: int = 0) -> list[str]:
    """The box as it stands in an area of that size."""
    rect = help_page.place(PARTS, cols, rows)
    wide, _ = boxed.room(rect.cols, rect.rows)
    said = help_page.body(PARTS, wide)
    lines = boxed.draw(help_page.TITLE, said, rect.cols, rect.rows, top, HINTS)
    return [text(line) for line in lines]


def test_every_key_is_there_with_its_note_and_the_sentence_of_its_command() -> None:
    said = "\n".join(box(200, 99))
    for bindings in OPTIONS.tables.values():
        for binding in bindings:
            assert binding.key in said
            assert binding.note in said
            row = find(split_command(binding.command)[0])
            assert row is not None
            assert row.summary in said or row.name == "confirm-before"


def test_the_tables_say_when_their_keys_hold() -> None:
    assert [part.title for part in PARTS] == [
        "After the prefix, C-b",
        "In copy mode",
        "Of the lab dock, after C-b D",
    ]
    other = help_page.sections(own(Binding("x", "kill-pane"), table="mine"))
    assert [part.title for part in other] == ["Keys of mine"]


def test_keys_that_do_the_same_share_a_line() -> None:
    (part,) = help_page.sections(
        own(
            Binding("Up", "scroll-up", "a line up"),
            Binding("q", "cancel", "back"),
            Binding("k", "scroll-up", "a line up"),
        )
    )
    assert [(entry.keys, entry.note) for entry in part.entries] == [
        (("Up", "k"), "a line up"),
        (("q",), "back"),
    ]


def test_what_asks_first_is_explained_by_what_it_asks_about() -> None:
    (part,) = help_page.sections(own(Binding("x", "confirm-before -p 'Sure?' kill-pane")))
    assert part.entries[0].meaning == "End a pane and what runs in it."
    assert part.entries[0].note == "confirm-before -p 'Sure?' kill-pane"


def test_the_notes_of_a_person_are_no_orders_to_a_terminal() -> None:
    (part,) = help_page.sections(own(Binding("x", "kill-pane", "an \x1b[2J evil\nnote")))
    assert part.entries[0].note == "an  [2J evil note"


def test_empty_tables_are_left_out() -> None:
    assert help_page.sections(own()) == ()
    assert help_page.body((), 40) == boxed.Text([], 0, 0, {})


@given(st.integers(1, 260), st.integers(1, 80), st.integers(0, 60))
def test_every_line_fills_its_box_exactly(cols: int, rows: int, top: int) -> None:
    rect = help_page.place(PARTS, cols, rows)
    assert 0 <= rect.x <= rect.right <= cols
    assert 0 <= rect.y <= rect.bottom <= rows
    said = help_page.body(PARTS, boxed.room(rect.cols, rect.rows)[0])
    drawn = boxed.draw(help_page.TITLE, said, rect.cols, rect.rows, top, HINTS)
    assert [line_width(line) for line in drawn] == [rect.cols] * rect.rows


@given(st.lists(st.text(min_size=1, max_size=40), max_size=6), st.integers(1, 90))
def test_lines_fit_whatever_the_keys_and_notes_are(words: list[str], cols: int) -> None:
    parts = help_page.sections(own(*(Binding(word, "kill-pane", word * 2) for word in words)))
    for line in help_page.body(parts, cols).lines:
        assert line_width(line) == cols


def test_a_large_terminal_shows_two_lists_beside_each_other_and_needs_no_scrolling() -> None:
    shown = box(200, 73)
    assert len(shown) < 74
    assert "split right" in shown[3]
    assert sum(note in shown[3] for note in NOTES) > 1
    assert "scroll" not in shown[-1]


def test_eighty_columns_have_room_for_sentences_and_say_how_to_scroll() -> None:
    shown = box(80, 23)
    assert "Open a pane beside another one." in shown[3]
    assert shown[-1].startswith("└─ q closes, / searches, Up and Down scroll ─")
    assert " 1-21 of " in shown[-1]


def test_forty_columns_have_room_for_keys_and_notes() -> None:
    shown = box(40, 9)
    assert [row.strip("│ ").split()[0] for row in shown[2:6]] == ["?", "%", '"', "c"]
    assert "split below" in shown[4]


def test_twenty_columns_and_three_rows_can_still_be_used() -> None:
    head, *rest = box(20, 3)
    assert head == " Keys  q closes   x "
    assert rest[1].startswith("?         help")
    keys = [line for top in range(80) for line in box(20, 3, top)[1:]]
    assert any(line.startswith("In copy mode") for line in keys)


@pytest.mark.parametrize("size", [(200, 49), (80, 23), (40, 9), (20, 3), (20, 1)])
def test_the_mark_that_closes_is_where_it_is_drawn(size: tuple[int, int]) -> None:
    head = box(*size)[0]
    at = head.rindex("x")
    assert boxed.closes(at, 0, len(head))
    assert not boxed.closes(at, 1, len(head))
    assert not boxed.closes(2, 0, len(head))


def test_a_narrow_strip_of_panes_beside_the_box_is_covered_too() -> None:
    assert help_page.place(PARTS, 100, 40).cols == 100
    assert help_page.place(PARTS, 130, 40).cols < 118


def test_a_persons_own_keys_are_marked() -> None:
    parts = help_page.sections(
        own(Binding("x", "cancel", "a"), Binding("y", "cancel", "a", own=True))
    )
    assert parts[0].entries[0].keys == ("x", "y*")
    assert help_page.has_own(parts)
    assert not help_page.has_own(PARTS)


def test_what_is_looked_for_may_stand_in_the_key_the_note_the_sentence_or_the_command() -> None:
    for words in ("PageUp", "split right", "beside another", "split-window -h", "RIGHT split"):
        found = help_page.body(PARTS, 76, Query(words))
        assert 0 < found.hits < found.total
        assert found.total == sum(len(part.entries) for part in PARTS)
    nothing = help_page.body(PARTS, 76, Query("nobody"))
    assert (nothing.hits, [text(line).strip() for line in nothing.lines]) == (
        0,
        ["no key does that"],
    )


def test_a_table_without_a_hit_is_left_out() -> None:
    lines = [text(line).strip() for line in help_page.body(PARTS, 76, Query("split right")).lines]
    assert lines[0] == "After the prefix, C-b"
    assert len(lines) == 2


@pytest.mark.parametrize("cols", [76, 30, 196])
def test_each_list_of_a_line_runs_its_own_command(cols: int) -> None:
    said = help_page.body(PARTS, cols)
    run = {spot.run for spots in said.spots.values() for spot in spots}
    assert ("split-window", "-h") in run
    assert ("cursor-left",) not in run
    for y, spots in said.spots.items():
        line = text(said.lines[y])
        for spot in spots:
            assert line[spot.start : spot.end].strip()
