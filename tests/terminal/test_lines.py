"""What a pane knows of its lines, on every engine: through output, other sizes, and clearing."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termlab.model.geometry import Size
from termlab.terminal.asked import MAX_WAITING
from termlab.terminal.emulator import Emulator
from termlab.terminal.ghostty import GhosttyEmulator
from termlab.terminal.lines import LineStats
from termlab.terminal.pyte_engine import PyteEmulator
from termlab.terminal.settled_lines import Place
from tests.terminal.marking import HOST, Marked

SIZE = Size(20, 6)
ENGINES: dict[str, Callable[[Size, int], Emulator]] = {
    "ghostty": GhosttyEmulator,
    "pyte": PyteEmulator,
}
Engine = Callable[[Size, int], Emulator]


@pytest.fixture(params=ENGINES)
def marked(request: pytest.FixtureRequest) -> Marked:
    return Marked(ENGINES[request.param](SIZE, 1 << 20))


def test_a_command_is_known_by_its_marks(marked: Marked) -> None:
    marked.feed(b"\x1b]7;file://here/a%20b\x07")
    marked.now = 1.0
    marked.run("ls", "one\ntwo\n", 2)
    marked.now = 5.0
    marked.prompt()
    ran, waits = marked.commands()
    assert ran.prompt == Place(0, 0)
    assert ran.input == Place(0, 2)
    assert (ran.output, ran.end) == (Place(1, 0), Place(3, 0))
    assert (ran.directory, ran.status, ran.started, ran.ended) == ("/a b", 2, 1.0, 1.0)
    assert (waits.prompt, waits.output, waits.end) == (Place(3, 0), None, None)


def test_the_time_of_a_command_is_from_its_output_to_its_end(marked: Marked) -> None:
    marked.now = 3.0
    marked.feed(b"\x1b]133;A\x07$ \x1b]133;B\x07sleep\r\n\x1b]133;C\x07")
    marked.now = 8.5
    marked.feed(b"\x1b]133;D;0\x07")
    ran = marked.commands()[0]
    assert (ran.started, ran.ended) == (3.0, 8.5)


@pytest.mark.parametrize(
    ("told", "status"),
    [(b";0", 0), (b";130", 130), (b"", None), (b";x", None), (b";" + b"9" * 4000, None)],
)
def test_a_status_is_a_number_or_unknown(marked: Marked, told: bytes, status: int | None) -> None:
    marked.feed(b"\x1b]133;A\x07$ \x1b]133;C\x07\x1b]133;D" + told + b"\x07")
    assert marked.commands()[0].status == status
    assert marked.lines.stats().malformed == (status is None and bool(told))


def test_marks_in_any_order_do_no_harm(marked: Marked) -> None:
    for kind in "DCBADDCCBBAADCBA":
        marked.feed(f"\x1b]133;{kind}\x07x\r\n".encode())
    for command in marked.commands():
        assert command.prompt.row < len(marked.rows())


def test_a_second_line_of_a_command_is_no_prompt(marked: Marked) -> None:
    marked.prompt()
    marked.feed(b"for\r\n\x1b]133;A;k=s\x07> ")
    assert len(marked.commands()) == 1


def test_the_same_prompt_drawn_again_is_one(marked: Marked) -> None:
    for _ in range(5):
        marked.feed(b"\r")
        marked.prompt()
    assert len(marked.commands()) == 1


def test_jumps_go_from_prompt_to_prompt(marked: Marked) -> None:
    for number in range(30):
        marked.run(f"c{number}", "x\n" * 3)
    marked.prompt()
    rows = [command.prompt.row for command in marked.commands()]
    down: list[int] = []
    while (found := marked.lines.prompt_below(down[-1] if down else -1)) is not None:
        down.append(found)
    up: list[int] = []
    while (found := marked.lines.prompt_above(up[-1] if up else 1 << 20)) is not None:
        up.append(found)
    assert down == rows
    assert up == rows[::-1]


def test_the_directory_is_what_was_told_last_by_any_sequence(marked: Marked) -> None:
    told = []
    for sent in (
        b"\x1b]7;file://here/one\x07",
        b"\x1b]51;Auser@here:/two\x07",
        b"\x1b]1337;CurrentDir=/three\x07",
        b"\x1b]7;file://elsewhere/four\x07",
        b"\x1b]51;Auser@elsewhere:/five\x07",
        b"\x1b]51;A/six\x07",
        b"\x1b]7;file:///a%0ab\x07",
    ):
        marked.feed(sent)
        told.append(marked.lines.take_move())
    assert told == ["/one", "/two", "/three", "", "", "", ""]
    assert HOST == "here"


def test_a_prompt_is_known_by_the_mark_of_emacs_alone(marked: Marked) -> None:
    for _ in range(3):
        marked.feed(b"$ \x1b]51;Auser@here:/x\x07ls\r\nout\r\n")
    assert [command.prompt.row for command in marked.commands()] == [0, 2, 4]
    assert {command.input for command in marked.commands()} == {Place(y, 2) for y in (0, 2, 4)}


@pytest.mark.parametrize("clear", [b"\x1b[H\x1b[2J\x1b[3J", b"\x1bc", b"\x1b[H\x1b[J\x1b[3J"])
def test_what_was_cleared_is_forgotten(marked: Marked, clear: bytes) -> None:
    for number in range(20):
        marked.run(f"c{number}", "out\n")
    marked.feed(clear)
    assert marked.commands() == []
    marked.run("new", "out\n")
    assert marked.prompts() == ["$ new"]


def test_a_cleared_screen_forgets_its_own_and_keeps_the_history(marked: Marked) -> None:
    for number in range(20):
        marked.run(f"c{number}", "out\n")
    known = len(marked.commands())
    marked.feed(b"\x1b[H\x1b[2J")
    assert 0 < len(marked.commands()) < known
    marked.prompt("% ")
    assert marked.prompts()[-1] == "%"
    assert all(re.match(r"\$ c\d", text) for text in marked.prompts()[:-1])


def test_the_alternate_screen_has_no_lines_and_loses_none(marked: Marked) -> None:
    for number in range(20):
        marked.run(f"c{number}", "out\n")
    before = marked.commands()
    marked.feed(b"\x1b[?1049h\x1b]133;A\x07$ \x1b]133;C\x07")
    assert marked.commands() == []
    assert marked.lines.prompt_above(10) is None
    marked.feed(b"\x1b[?1049l")
    assert marked.commands() == before


def test_what_leaves_the_history_is_forgotten_and_memory_stays_flat(marked: Marked) -> None:
    for number in range(3000):
        marked.run(f"c{number}", "out\n")
    marked.feed(b"x\r\n" * 100)
    emulator = marked.emulator
    most = emulator.history_rows() + emulator.size.rows
    assert len(marked.commands()) <= most // 2 + 1
    kept = marked.persistent.stats().used_bytes
    for number in range(3000):
        marked.run(f"c{number}", "out\n")
    assert marked.persistent.stats().used_bytes <= max(kept * 1.1, 20 * most)


def test_commands_that_are_asked_for_wait_bounded(marked: Marked) -> None:
    for number in range(MAX_WAITING + 5):
        marked.feed(f'\x1b]51;E"edit" "{number}"\x07'.encode())
    assert len(marked.came) == MAX_WAITING
    stats = marked.lines.stats()
    assert (stats.asked, stats.asked_waiting, stats.asked_refused) == (21, 16, 5)
    assert marked.asked.take() == b'"edit" "0"'


def test_it_counts_what_came(marked: Marked) -> None:
    marked.run("ls", "x\n")
    marked.feed(b"\x1b]133;Z\x07\x1b]51;Q\x07\x1b]133;D\x07")
    assert marked.lines.stats() == LineStats(
        commands=1, taken=7, ignored=3, malformed=0, dropped=0, asked=0, asked_waiting=0,
        asked_refused=0,
        asked_denied=0,
    )  # fmt: skip


def check(marked: Marked) -> None:
    """Every prompt that the rows show is known in its row, and no other."""
    rows = marked.rows()
    shown = [y for y, text in enumerate(rows) if re.match(r"P\d+\$", text)]
    assert [command.prompt.row for command in marked.commands()] == shown
    for command in marked.commands():
        number = rows[command.prompt.row].partition("$")[0][1:]
        if command.output is not None and command.end is not None:
            assert command.status == int(number) % 100
            printed = "".join(rows[command.output.row : command.end.row])
            assert set(re.findall(r"out(\d+)", printed)) <= {number}
            assert "P" not in printed
            assert "cmd" not in printed


ACTS = st.one_of(
    st.tuples(st.just("run"), st.integers(0, 100), st.integers(0, 20), st.integers(0, 100)),
    st.tuples(st.just("empty")),
    st.tuples(st.just("size"), st.integers(12, 60), st.integers(3, 12)),
    st.tuples(st.just("clear")),
    st.tuples(st.just("reset")),
    st.tuples(st.just("look")),
)


def play(marked: Marked, acts: list[tuple[object, ...]], reflow: bool) -> None:
    for number, (act, *more) in enumerate(acts):
        match act, more:
            case "run", [int(typed), int(count), int(wide)]:
                output = f"out{number} {'y' * wide}\n" * count
                marked.run(f"cmd{number}{'x' * typed}", output, number % 100, f"P{number}$ ")
            case "empty", []:
                marked.prompt(f"P{number}$ ")
                marked.feed(b"\r\n")
            case "size", [int(cols), int(rows)] if reflow:
                marked.resize(Size(cols, rows))
            case "clear", []:
                marked.feed(b"\x1b[H\x1b[2J" + (b"\x1b[3J" if reflow else b""))
            case "reset", []:
                marked.feed(b"\x1bc")
            case "look", []:
                check(marked)
    check(marked)


@settings(max_examples=60, deadline=None)
@given(st.lists(ACTS, max_size=60), st.lists(st.integers(1, 300), min_size=1, max_size=4))
def test_records_are_in_the_rows_of_their_text_whatever_becomes_of_those(
    acts: list[tuple[object, ...]], sizes: list[int]
) -> None:
    play(Marked(GhosttyEmulator(SIZE, 1 << 16), tuple(sizes)), acts, reflow=True)


@pytest.mark.parametrize("engine", ENGINES.values(), ids=ENGINES)
@settings(max_examples=30, deadline=None)
@given(acts=st.lists(ACTS, max_size=40))
def test_records_are_where_their_text_is_on_a_screen_that_is_cleared(
    engine: Engine, acts: list[tuple[object, ...]]
) -> None:
    play(Marked(engine(SIZE, 1 << 16)), acts, reflow=False)


def test_many_records_keep_their_rows_through_another_width() -> None:
    marked = Marked(GhosttyEmulator(Size(30, 10), 16 << 20))
    for number in range(2000):
        marked.run(
            f"cmd{number}", f"out{number} {'y' * (number % 70)}\n", number % 100, f"P{number}$ "
        )
    for cols in (17, 80, 23, 30):
        marked.resize(Size(cols, 10))
        check(marked)
    assert len(marked.commands()) == 2000
