"""The tree as values: what is in it, what a filter leaves, where things stand, what lines say."""

import pytest

from termlab.client.style import Line, line_width
from termlab.model.listing import PaneListing, SessionListing, WindowListing
from termlab.ui.query import Query
from termlab.ui.tree_page import (
    HINTS,
    Branch,
    Said,
    branches,
    closes,
    count,
    cursor_at,
    draw,
    found,
    kind,
    plan,
    question,
    top_row,
    walk,
)


def pane(number: int, command: str, active: bool = True, title: str = "") -> PaneListing:
    return PaneListing(f"%{number}", active, 80, 24, 1, command, title, "/", 0)


VIM = WindowListing("@1", 0, "vim", True, True, (pane(1, "vim", False, "a title"), pane(2, "make")))
LOGS = WindowListing("@2", 3, "logs", False, False, (pane(3, "tail"),), bell=True, last=True)
MAIN = SessionListing("$0", "main", 1, (VIM, LOGS))
OTHER = SessionListing(
    "$4", "other", 0, (WindowListing("@5", 0, "sh", True, False, (pane(6, "sh"),)),)
)
TREE = branches((MAIN, OTHER), Query())


def text(line: Line) -> str:
    return "".join(run.text for run in line)


def drawn(cols: int, rows: int, said: Said) -> list[str]:
    return [text(line) for line in draw(plan(cols, rows), cols, rows, said)]


def test_a_session_has_its_windows_and_a_window_of_several_panes_those() -> None:
    assert [(each.id, each.name, each.rest) for each in walk(TREE)] == [
        ("$0", "main", "2 windows, attached"),
        ("@1", "0:vim*Z", "2 panes"),
        ("%1", "0:vim", "80x24 a title"),
        ("%2", "1:make*", "80x24"),
        ("@2", "3:logs-!", "tail 80x24"),
        ("$4", "other", "1 window"),
        ("@5", "0:sh*", "80x24"),
    ]


def test_each_shows_its_active_pane() -> None:
    assert [(each.pane, each.shows) for each in walk(TREE)][:5] == [
        (2, "main:0.1  make  80x24"),
        (2, "main:0.1  make  80x24"),
        (1, "main:0.0  vim  80x24"),
        (2, "main:0.1  make  80x24"),
        (3, "main:3.0  tail  80x24"),
    ]


def test_how_a_command_ended_is_said_and_a_name_can_not_draw() -> None:
    ended = PaneListing("%1", True, 9, 9, 1, "make", "make", "/", 0, "exit 3", 3)
    window = WindowListing("@1", 0, "a\x1b[31mb", True, False, (ended,))
    (branch,) = branches((SessionListing("$0", "s", 0, (window,)),), Query())
    assert branch.children[0].rest == "make exit 3 9x9"
    assert "\x1b" not in branch.children[0].name


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("logs", ["$0", "@2"]),
        ("MAIN tail", ["$0", "@2"]),
        ("make", ["$0", "@1", "%2"]),
        ("main vim title", ["$0", "@1", "%1"]),
        ("other", ["$4", "@5"]),
        ("nonesuch", []),
        ("", ["$0", "@1", "%1", "%2", "@2", "$4", "@5"]),
    ],
)
def test_a_filter_leaves_what_has_all_its_words_and_what_that_is_in(
    words: str, left: list[str]
) -> None:
    tree = branches((MAIN, OTHER), Query(words))
    assert [each.id for each in walk(tree)] == left
    assert count(tree) == len(left)


def test_a_branch_is_found_by_its_target() -> None:
    branch = found(TREE, "%2")
    assert branch is not None
    assert (branch.name, kind(branch)) == ("1:make*", "pane")
    assert found(TREE, "%99") is None


@pytest.mark.parametrize(
    ("cols", "asked"),
    [
        (60, " end window 0:vim*Z and its 2 panes? (y/n)"),
        (20, " end 0:vim*Z? (y/n)"),
        (15, " end 0:v? (y/n)"),
        (5, " end ? (y/n)"),
    ],
)
def test_what_is_asked_fits_and_says_how_to_answer(cols: int, asked: str) -> None:
    branch = found(TREE, "@1")
    assert branch is not None
    assert question(branch, cols) == asked


@pytest.mark.parametrize("size", [(200, 60), (80, 23), (60, 8), (40, 20), (40, 9), (20, 4), (1, 1)])
def test_the_parts_stand_apart_and_fill_the_place(size: tuple[int, int]) -> None:
    cols, rows = size
    places = plan(cols, rows)
    cells = [(cell, 0) for cell in range(cols)]
    for rect in (places.tree, places.preview, places.title):
        if rect is not None:
            assert rect.right <= cols
            cells += [(x, y) for x in range(rect.x, rect.right) for y in range(rect.y, rect.bottom)]
    if places.foot > 0:
        cells += [(cell, places.foot) for cell in range(cols)]
    assert len(cells) == len(set(cells))
    assert all(y < rows for _, y in cells)
    assert (places.preview is None) == (places.title is None)


@pytest.mark.parametrize(
    ("size", "preview", "foot"),
    [
        ((80, 23), True, True),
        ((40, 20), True, True),
        ((40, 9), False, True),
        ((20, 4), False, False),
    ],
)
def test_with_little_room_there_is_the_tree_alone(
    size: tuple[int, int], preview: bool, foot: bool
) -> None:
    places = plan(*size)
    assert ((places.preview is not None), places.foot > 0) == (preview, foot)


@pytest.mark.parametrize("size", [(200, 60), (80, 23), (60, 8), (40, 20), (20, 4), (3, 2), (1, 1)])
def test_every_line_has_the_width_of_the_place(size: tuple[int, int]) -> None:
    cols, rows = size
    for said in (Said(3, "main:0.1"), Said(3, "m", asked=" sure? "), Said(0, "", typed="x" * 99)):
        lines = draw(plan(cols, rows), cols, rows, said)
        assert [line_width(line) for line in lines] == [cols] * rows


def test_beside_the_tree_stands_an_edge_and_what_the_preview_shows() -> None:
    lines = drawn(80, 23, Said(3, "main:0.1  make"))
    assert lines[0].startswith(" Sessions, windows, panes ")
    assert lines[0].endswith(" x ")
    assert lines[1].strip() == "│ main:0.1  make"
    assert [line.strip() for line in lines[2:22]] == ["│"] * 20
    assert lines[22].strip() == HINTS[0].strip()


def test_below_it_an_edge_has_that_in_it() -> None:
    lines = drawn(40, 20, Said(3, "main:0.1"))
    edge = plan(40, 20).title
    assert edge is not None
    assert lines[edge.y].startswith("── main:0.1 ───")
    assert lines[19].strip() == HINTS[1].strip()


def test_what_is_asked_comes_before_what_is_typed_and_that_before_hints() -> None:
    for size, row in (((80, 23), 22), ((20, 4), 0)):
        assert "sure" in drawn(*size, Said(3, "", asked=" sure? ", typed="abc"))[row]
        typed = drawn(*size, Said(3, "", typed="abc", cursor=3))[row]
        assert typed.startswith(" /abc")
        assert "3 found" in typed


def test_the_cursor_stands_behind_what_is_typed_and_only_then() -> None:
    assert cursor_at(plan(80, 23), 80, Said(3, "", typed="abc", cursor=2)) == (4, 22)
    assert cursor_at(plan(20, 4), 20, Said(3, "", cursor=0)) == (2, 0)
    assert cursor_at(plan(80, 23), 80, Said(3, "", typed="abc")) is None
    assert cursor_at(plan(80, 23), 80, Said(3, "", asked="?", typed="a", cursor=1)) is None


def test_the_mark_that_closes_is_at_the_end_of_the_first_row() -> None:
    assert [x for x in range(80) if closes(x, 0, 80)] == [77, 78, 79]
    assert not closes(79, 1, 80)


@pytest.mark.parametrize(
    ("lines", "cursor", "rows", "top"),
    [(24, 23, 10, 14), (24, 0, 10, 0), (24, 12, 10, 3), (5, 4, 10, 0), (24, 30, 10, 14)],
)
def test_of_a_screen_that_is_cut_the_part_with_its_cursor_is_shown(
    lines: int, cursor: int, rows: int, top: int
) -> None:
    assert top_row(lines, cursor, rows) == top


def test_a_branch_is_a_plain_value() -> None:
    assert Branch("%1", "a", "b", 1, "c", 1) == Branch("%1", "a", "b", 1, "c", 1)
