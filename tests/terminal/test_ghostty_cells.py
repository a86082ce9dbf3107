"""Rows cut into gaps, backgrounds and runs, on made-up cells."""

from termlab.terminal.ghostty_cells import (
    HYPERLINK,
    background,
    has_blanks,
    link,
    repaint,
)

TAIL = 2 << 42


def char(text: str, wide: bool = False, cluster: bool = False) -> int:
    return ord(text) << 2 | wide << 42 | cluster


def plain(text: str) -> list[int]:
    return [0 if letter == "." else char(letter) for letter in text]


def painted(cells: list[int], disputed: bool = False, links: dict[int, bytes] | None = None) -> str:
    """The row with a formatter that writes a run's columns in brackets."""

    def run(first: int, last: int) -> bytes:
        has_text = any(cell & 3 < 2 for cell in cells[first : last + 1])
        return b"<%d-%d>" % (first, last) if has_text else b""

    row = repaint(cells, run, disputed, links.__getitem__ if links else None)
    return row.decode().replace("\x1b", "^")


def test_blanks_between_runs_are_skipped_and_at_the_end_left_out() -> None:
    assert painted(plain("ab...c..")) == "<0-1>^[3C<5-5>"
    assert painted(plain("..a")) == "^[2C<2-2>"
    assert painted(plain("...")) == ""


def test_a_blank_cell_is_blank_with_a_mark_a_style_or_a_link() -> None:
    for extra in (1 << 46, 2 << 46, 7 << 26, HYPERLINK, 1 << 44):
        assert has_blanks([char("a"), extra])
        assert painted([char("a"), extra, char("b")]) == "<0-0>^[1C<2-2>"


def test_the_second_half_of_a_wide_character_is_not_blank() -> None:
    assert not has_blanks([char("漢", wide=True), TAIL, char("a")])


def test_backgrounds_become_spaces_in_their_colour() -> None:
    red, dark = 2 | 1 << 2, 3 | (1 | 2 << 8 | 3 << 16) << 2
    assert background([red, red, dark]) == b"\x1b[48;5;1m  \x1b[m\x1b[48;2;1;2;3m \x1b[m"
    assert painted([red, 0, char("a")]) == "^[48;5;1m ^[m^[1C<2-2>"
    assert background([red, char("a")]) == b""


def test_after_a_disputed_cluster_comes_its_column() -> None:
    cells = [char("e", cluster=True), char("x"), char("\u00ad"), char("y")]
    assert painted(cells, disputed=True) == "<0-0>^[2G<1-2>^[4G<3-3>"


def test_a_disputed_cluster_at_the_end_needs_none() -> None:
    assert painted([char("x"), char("e", cluster=True)], disputed=True) == "<0-1>"


def test_the_halves_of_a_flag_stay_together() -> None:
    half = [char("🇩", wide=True), TAIL]
    assert painted([*half, *half, char("x")], disputed=True) == "<0-3>^[5G<4-4>"
    assert painted([*half, *half, *half, char("x")], disputed=True) == "<0-3>^[5G<4-5>^[7G<6-6>"


def test_runs_are_cut_where_the_link_changes() -> None:
    cells = [char("a") | HYPERLINK, char("b") | HYPERLINK, char("c"), char("d") | HYPERLINK]
    row = painted(cells, links={0: b"u", 1: b"u", 3: b"v"})
    assert row == "^]8;;u^\\<0-1>^]8;;^\\<2-2>^]8;;v^\\<3-3>^]8;;^\\"


def test_an_address_that_could_end_the_sequence_is_refused() -> None:
    for bad in (b"", b"a\x1bb", b"a\x07", b"\x9c", b"a\n", b"x" * 2049):
        assert link(b"text", bad) == b"text"
