"""The contract every engine keeps. A test names the word by which an engine may say it lacks that.

Such a test is expected to fail there, so that a word stays in ``lacks`` only while it is true.
"""

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termlab.errors import PtyError
from termlab.model.geometry import MAX_SIDE, Size
from termlab.model.keys import CTRL, LEFT, PRESS, Key, Mouse
from termlab.model.screen import (
    MOUSE_ANY,
    MOUSE_BUTTONS,
    MOUSE_DRAG,
    MOUSE_PRESS,
    Bell,
    Cursor,
    Modes,
    TitleChanged,
)
from termlab.terminal.arena import make_pool
from termlab.terminal.emulator import MAX_REPLY_BYTES, Emulator
from termlab.terminal.ghostty import GhosttyEmulator
from termlab.terminal.pyte_engine import PyteEmulator
from termlab.terminal.temporary_arena import TemporaryArena

Make = Callable[[Size], Emulator]
ENGINES: dict[str, Make] = {
    "ghostty": GhosttyEmulator,
    "ghostty, arenas on": lambda size: GhosttyEmulator(size, arena=TemporaryArena(make_pool())),
    "pyte": PyteEmulator,
}
SIZE = Size(20, 5)
# What an engine may lack.
WORDS = frozenset(
    {
        "grapheme widths",
        "kitty keyboard",
        "left and right margins",
        "links",
        "modified keys",
        "palette",
        "prompt rows",
        "protected cells",
        "reflow",
        "size reports",
        "soft wraps",
        "termcap queries",
    }
)


def needs(word: str) -> pytest.MarkDecorator:
    """Of a test: it must pass on every engine that does not lack ``word``, and on no other."""
    assert word in WORDS
    return pytest.mark.parametrize("word", [word])


@pytest.fixture
def word() -> str:
    return ""


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, word: str) -> Iterator[Emulator]:
    """A terminal of each engine."""
    emulator = ENGINES[request.param](SIZE)
    if word in emulator.lacks:
        reason = f"{emulator.name} lacks {word}"
        request.applymarker(pytest.mark.xfail(strict=True, raises=AssertionError, reason=reason))
    yield emulator
    emulator.close()


def feed(emulator: Emulator, data: bytes) -> None:
    emulator.feed(memoryview(data))


@pytest.mark.parametrize("name", ENGINES)
def test_what_is_lacking_is_said_in_words_that_a_test_explains(name: str) -> None:
    emulator = ENGINES[name](SIZE)
    assert emulator.name == name.partition(",")[0]
    assert emulator.lacks <= WORDS


def test_the_first_look_shows_every_row(engine: Emulator) -> None:
    assert sorted(engine.changed_rows()) == list(range(SIZE.rows))
    assert engine.changed_rows() == {}


def test_only_rows_that_may_have_changed_come_again(engine: Emulator) -> None:
    engine.changed_rows()
    feed(engine, b"\x1b[3;1Hhello")
    assert engine.changed_rows()[2] == b"hello"
    feed(engine, b" there")
    assert engine.changed_rows() == {2: b"hello there"}


def test_looking_at_the_cursor_loses_no_change(engine: Emulator) -> None:
    engine.changed_rows()
    feed(engine, b"a")
    assert engine.cursor() == Cursor(1, 0)
    assert engine.changed_rows() == {0: b"a"}


def test_a_gap_in_styles_is_skipped(engine: Emulator) -> None:
    feed(engine, b"\x1b[1mab\x1b[m\x1b[6Gc")
    assert engine.changed_rows()[0].endswith(b"\x1b[3Cc")


def test_a_disputed_cluster_is_followed_by_its_column(engine: Emulator) -> None:
    feed(engine, "a❤️b".encode())
    assert engine.changed_rows()[0] == "a❤️\x1b[3Gb".encode()


@needs("grapheme widths")
def test_with_mode_2027_a_cluster_is_as_wide_as_it_looks(engine: Emulator) -> None:
    feed(engine, "\x1b[?2027ha❤️b".encode())
    assert engine.changed_rows()[0] == "a❤️\x1b[4Gb".encode()


@needs("links")
def test_a_link_opens_and_closes_in_its_row(engine: Emulator) -> None:
    for byte in b"\x1b]8;;http://a\x1b\\x\x1b]8;;\x1b\\y":
        feed(engine, bytes([byte]))
    assert engine.changed_rows()[0] == b"\x1b]8;;http://a\x1b\\x\x1b]8;;\x1b\\y"


def test_resizing_changes_every_row(engine: Emulator) -> None:
    engine.changed_rows()
    engine.resize(Size(30, 7))
    assert engine.size == Size(30, 7)
    assert sorted(engine.changed_rows()) == list(range(7))


@needs("reflow")
def test_resizing_wraps_and_joins_lines_again(engine: Emulator) -> None:
    feed(engine, b"0123456789abcdefghij")
    engine.resize(Size(10, 5))
    assert engine.text_at(0, 2) == ["0123456789", "abcdefghij"]
    engine.resize(Size(20, 5))
    assert engine.text_at(0, 1) == ["0123456789abcdefghij"]


@pytest.mark.parametrize("size", [Size(0, 5), Size(5, 0), Size(-1, 5), Size(MAX_SIDE + 1, 5)])
def test_an_impossible_size_is_refused_and_changes_nothing(engine: Emulator, size: Size) -> None:
    feed(engine, b"kept")
    with pytest.raises(PtyError, match="cells"):
        engine.resize(size)
    assert engine.size == SIZE
    assert engine.text_at(0, 1) == ["kept"]


def test_history_and_screen_are_one_list_of_rows(engine: Emulator) -> None:
    feed(engine, b"".join(b"\x1b[32mline %d\x1b[m\r\n" % n for n in range(30)))
    assert engine.history_rows() == 26
    assert engine.text_at(0, 2) == ["line 0", "line 1"]
    assert engine.text_at(24, 9) == [*(f"line {n}" for n in range(24, 30)), ""]
    assert b"line 7" in engine.rows_at(7, 1)[0]
    assert engine.rows_at(26, 5)[0] == engine.changed_rows()[0]


def test_rows_that_are_not_kept_are_left_out(engine: Emulator) -> None:
    assert engine.text_at(3, 100) == ["", ""]
    assert engine.rows_at(900, 3) == []
    assert engine.text_at(-5, 3) == []


def test_the_alternate_screen_has_no_history_and_leaves_the_other_alone(engine: Emulator) -> None:
    feed(engine, b"a\r\n" * 10 + b"\x1b[?1049h\x1b[Hfull" + b"\r\nb" * 10)
    assert engine.history_rows() == 0
    assert engine.modes().alternate
    feed(engine, b"\x1b[?1049l")
    assert engine.history_rows() == 6
    assert not engine.modes().alternate
    assert engine.text_at(6, 1) == ["a"]


def test_a_tracked_row_is_followed_until_history_drops_it(engine: Emulator) -> None:
    feed(engine, b"one\r\n0123456789abcdef\r\nmark")
    handle = engine.track(2)
    feed(engine, b"\r\n" * 20)
    assert engine.tracked_row(handle) == 2
    engine.resize(Size(25, 9))
    engine.resize(Size(25, 3))
    assert engine.tracked_row(handle) == 2
    assert engine.text_at(2, 1) == ["mark"]
    feed(engine, b"\x1b[3J")
    assert engine.tracked_row(handle) is None
    engine.untrack(handle)
    engine.untrack(handle)
    assert engine.tracked_row(handle) is None


@needs("reflow")
def test_a_tracked_row_is_followed_where_lines_wrap_anew(engine: Emulator) -> None:
    feed(engine, b"one\r\n0123456789abcdef\r\nmark")
    handle = engine.track(2)
    feed(engine, b"\r\n" * 20)
    engine.resize(Size(8, 5))
    assert engine.tracked_row(handle) == 3
    assert engine.text_at(3, 1) == ["mark"]


def test_a_tracked_row_is_found_from_the_alternate_screen(engine: Emulator) -> None:
    feed(engine, b"one\r\ntwo")
    handle = engine.track(1)
    feed(engine, b"\x1b[?1049h")
    assert engine.tracked_row(handle) == 1
    feed(engine, b"\x1b[?1049l")
    assert engine.tracked_row(handle) == 1


def test_a_row_that_is_not_there_is_tracked_nowhere(engine: Emulator) -> None:
    assert engine.tracked_row(engine.track(10_000)) is None
    assert engine.tracked_row(4711) is None


@pytest.mark.parametrize("shape", range(1, 7))
def test_the_cursor_has_the_shape_the_program_set(engine: Emulator, shape: int) -> None:
    assert engine.cursor() == Cursor(0, 0, True, 0)
    feed(engine, b"\x1b[%d q\x1b[2;3H\x1b[?25l" % shape)
    assert engine.cursor() == Cursor(2, 1, False, shape)
    feed(engine, b"\x1b[0 q\x1b[?25h")
    assert engine.cursor() == Cursor(2, 1, True, 0)


def test_modes_are_the_programs(engine: Emulator) -> None:
    assert engine.modes() == Modes()
    feed(engine, b"\x1b[?1004h\x1b[?2004h\x1b[?1049h\x1b[?1002h")
    assert engine.modes() == Modes(True, MOUSE_DRAG, True, True, 0)
    feed(engine, b"\x1bc")
    assert engine.modes() == Modes()


@pytest.mark.parametrize("mode", [MOUSE_PRESS, MOUSE_BUTTONS, MOUSE_DRAG, MOUSE_ANY])
def test_each_mouse_mode_is_told(engine: Emulator, mode: int) -> None:
    feed(engine, b"\x1b[?%dh\x1b[?1006h" % mode)
    assert engine.modes().mouse == mode
    assert engine.encode_mouse(Mouse(0, 0, PRESS, LEFT)) == b"\x1b[<0;1;1M"
    feed(engine, b"\x1b[?%dl" % mode)
    assert engine.modes().mouse == 0
    assert engine.encode_mouse(Mouse(0, 0, PRESS, LEFT)) == b""


@needs("kitty keyboard")
def test_the_kitty_flags_are_told(engine: Emulator) -> None:
    feed(engine, b"\x1b[>5u")
    assert engine.modes().kitty == 5


@needs("modified keys")
def test_keys_that_xterm_can_tell_apart_are_told_apart(engine: Emulator) -> None:
    feed(engine, b"\x1b[>4;2m")
    assert engine.encode_key(Key("i", CTRL)) == b"\x1b[27;5;105~"


@needs("left and right margins")
def test_text_wraps_between_left_and_right_margins(engine: Emulator) -> None:
    feed(engine, b"\x1b[?69h\x1b[3;6s\x1b[1;3Habcdefgh")
    assert engine.text_at(0, 2) == ["  abcd", "  efgh"]


@needs("protected cells")
def test_protected_cells_are_left_by_selective_erasing(engine: Emulator) -> None:
    feed(engine, b'\x1b[1"qkept\x1b[0"q gone\x1b[?2K')
    assert engine.text_at(0, 1) == ["kept"]


@needs("palette")
def test_the_palette_is_the_programs(engine: Emulator) -> None:
    feed(engine, b"\x1b]4;1;rgb:11/22/33\x07\x1b]4;1;?\x07")
    assert engine.take_replies() == b"\x1b]4;1;rgb:1111/2222/3333\x07"


@needs("termcap queries")
def test_capabilities_are_told(engine: Emulator) -> None:
    feed(engine, b"\x1bP+q544e\x1b\\")
    assert engine.take_replies() == b"\x1bP1+r544E=787465726D2D323536636F6C6F72\x1b\\"


@needs("size reports")
def test_a_new_size_is_told_within_the_output_where_asked_for(engine: Emulator) -> None:
    feed(engine, b"\x1b[?2048h")
    engine.take_replies()
    engine.resize(Size(30, 7, 300, 140))
    assert engine.take_replies() == b"\x1b[48;7;30;140;300t"


def test_a_hold_lasts_until_the_program_or_the_caller_ends_it(engine: Emulator) -> None:
    assert not engine.holding
    feed(engine, b"\x1b[?2026hx")
    assert engine.holding
    feed(engine, b"\x1b[?2026l")
    assert not engine.holding
    feed(engine, b"\x1b[?2026h")
    engine.release_hold()
    assert not engine.holding
    feed(engine, b"\x1b[?2026h")
    engine.resize(Size(21, 5))
    assert not engine.holding


def test_questions_are_answered(engine: Emulator) -> None:
    feed(engine, b"\x1b[2;3H\x1b[6n")
    assert engine.take_replies() == b"\x1b[2;3R"
    assert engine.take_replies() == b""


def test_a_flood_of_questions_is_bounded(engine: Emulator) -> None:
    feed(engine, b"\x1b[6n" * 5000)
    assert len(engine.take_replies()) <= MAX_REPLY_BYTES
    assert engine.stats().replies_dropped > 0


def test_what_happened_is_told_once(engine: Emulator) -> None:
    feed(engine, b"\x1b]0;title\x07\x07\x07")
    assert list(engine.take_events()) == [TitleChanged("title"), Bell()]
    assert list(engine.take_events()) == []


def test_keys_follow_the_modes(engine: Emulator) -> None:
    assert engine.encode_key(Key("Up")) == b"\x1b[A"
    feed(engine, b"\x1b[?1h")
    assert engine.encode_key(Key("Up")) == b"\x1bOA"
    assert engine.encode_key(Key("é", 0, "é")) == "é".encode()


def test_pastes_and_focus_follow_the_modes(engine: Emulator) -> None:
    assert engine.encode_paste(b"a\nb", True, True) == b"a\rb"
    assert engine.encode_focus(True) == b""
    feed(engine, b"\x1b[?2004h\x1b[?1004h")
    assert engine.encode_paste(b"a\nb", True, True) == b"\x1b[200~a\nb\x1b[201~"
    assert (engine.encode_focus(True), engine.encode_focus(False)) == (b"\x1b[I", b"\x1b[O")


def test_the_counters_add_up(engine: Emulator) -> None:
    feed(engine, b"x\r\n" * 10)
    stats = engine.stats()
    assert stats.bytes_fed == 30
    assert stats.history_rows == 6
    assert stats.memory_bytes >= 11 * SIZE.cols


def test_bytes_are_borrowed_only_while_they_are_fed(engine: Emulator) -> None:
    buffer = bytearray(b"before")
    engine.feed(memoryview(buffer)[:3])
    buffer += b" can grow again"
    assert engine.text_at(0, 1) == ["bef"]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(ENGINES)), st.lists(st.binary(max_size=200), max_size=8))
def test_no_bytes_break_it(name: str, chunks: list[bytes]) -> None:
    engine = ENGINES[name](SIZE)
    for number, chunk in enumerate(chunks):
        feed(engine, b"\x1b[" * (number % 2) + chunk)
        engine.resize(Size(1 + number * 7, 1 + number))
        rows = engine.changed_rows()
        assert sorted(rows) == list(range(1 + number))
        assert len(engine.take_replies()) <= MAX_REPLY_BYTES
        engine.take_events()
        engine.modes()
        cursor = engine.cursor()
        assert 0 <= cursor.x < engine.size.cols
        assert 0 <= cursor.y < engine.size.rows
    engine.close()


@needs("soft wraps")
def test_a_row_whose_text_goes_on_in_the_next_says_so(engine: Emulator) -> None:
    feed(engine, b"x" * 25 + b"\r\n" + b"y" * 20 + b"\r\nz")
    assert [engine.wraps(row) for row in range(6)] == [True, False, False, False, False, False]


def test_rows_are_lines_of_text_in_one_piece(engine: Emulator) -> None:
    feed(engine, "one\r\n漢字 two\r\n\r\nend".encode())
    assert engine.joined_at(0, 4) == "one\n漢字 two\n\nend".encode()
    assert engine.joined_at(1, 1) == "漢字 two".encode()
    assert engine.joined_at(1, 1 << 20).rstrip(b"\n") == "漢字 two\n\nend".encode()
    assert engine.joined_at(1 << 20, 5) == b""
    assert engine.text_at(0, 2) == ["one", "漢字 two"]


@needs("soft wraps")
def test_what_wrapped_is_one_line_with_its_blanks(engine: Emulator) -> None:
    feed(engine, b"a" * 17 + b"   bc" + b"\r\n" + b"y" * 20 + b"\r\nz")
    assert engine.joined_at(0, 4) == b"a" * 17 + b"   bc\n" + b"y" * 20 + b"\nz"
