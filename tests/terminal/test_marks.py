"""Marks in output that comes in any parts."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termlab.terminal.heap_arena import HeapTemporary
from termlab.terminal.marks import MAX_MARK_BYTES, Mark, Scanner

Found = list[tuple[int, Mark]]
PIECES = [
    b"\x1b]133;A\x07",
    b"\x1b]133;D;0\x1b\\",
    b"\x1b]133;C\x9c",
    b"\x1b]133;B\x1bX",
    b"\x1b]133;B\x18",
    b"\x1b]7;file:///a%20b\x9c",
    b"\x1b]7;/\xc3\x9cx\x07",
    b"\x1b]7;" + b"a" * MAX_MARK_BYTES,
    b'\x1b]51;E"a" "b"\x07',
    b"\x1b]1337;CurrentDir=/x\x07",
    b"\x1b]2;title\x07",
    b"\x1b]",
    b"\x1b",
    b"\\",
    b"\x9c",
    b"\x07",
    b"\n",
    b"133;A",
    b"text",
]


def scanner() -> Scanner:
    return Scanner(HeapTemporary().assembly(MAX_MARK_BYTES))


def scan(*parts: bytes) -> tuple[Found, Scanner]:
    """The marks in these parts, each with how many bytes it ends behind."""
    found: Found = []
    scanned, at = scanner(), 0
    for part in parts:
        left = part
        while True:
            count = scanned.scan(left)
            at += count
            left = left[count:]
            if scanned.mark is None:
                assert not left
                break
            found.append((at, scanned.mark))
    return found, scanned


@pytest.mark.parametrize("end", [b"\x07", b"\x1b\\", b"\x9c"])
def test_a_mark_ends_with_any_of_three_terminators(end: bytes) -> None:
    sent = b"out\x1b]133;D;1" + end
    found, _ = scan(sent + b"$ ")
    assert found == [(len(sent), Mark(b"133", b"D;1"))]


@pytest.mark.parametrize("end", [b"\x18", b"\x1a", b"\x1b[m", b"\x1b]0;x\x07"])
def test_what_is_broken_off_is_no_mark(end: bytes) -> None:
    found, scanned = scan(b"\x1b]133;A" + end + b"\x07")
    assert found == []
    assert scanned.stats().malformed == 1


@pytest.mark.parametrize("control", [b"\n", b"\r", b"\x00", b"\x7f"])
def test_what_holds_a_control_is_no_mark(control: bytes) -> None:
    found, scanned = scan(b'\x1b]51;E"a' + control + b'b"\x07')
    assert found == []
    assert scanned.stats().malformed == 1


@pytest.mark.parametrize("text", ["Ü", "漢字\u671c", "\U0001f51c"])
def test_a_character_is_not_cut_at_a_byte_that_looks_like_a_terminator(text: str) -> None:
    sent = f"/{text}x".encode()
    assert b"\x9c" in sent
    for cut in range(len(sent)):
        found, _ = scan(b"\x1b]7;" + sent[:cut], sent[cut:] + b"\x07")
        assert [mark for _, mark in found] == [Mark(b"7", sent)]


def test_what_is_too_long_is_let_go_and_nothing_of_it_kept() -> None:
    assembly = HeapTemporary().assembly(MAX_MARK_BYTES)
    scanned = Scanner(assembly)
    scanned.scan(b"\x1b]7;/")
    for _ in range(1000):
        scanned.scan(b"a" * 4096)
        assert len(assembly) <= MAX_MARK_BYTES
    assert len(assembly) == 0
    assert scanned.stats().oversize == 1
    found = scanned.scan(b"a\x07\x1b]133;A\x07$")
    assert (found, scanned.mark) == (10, Mark(b"133", b"A"))


def test_other_sequences_are_kept_no_byte_of() -> None:
    assembly = HeapTemporary().assembly(MAX_MARK_BYTES)
    scanned = Scanner(assembly)
    for sent in (
        b"\x1b]8;;http://x\x1b\\",
        b"\x1b]52;c;",
        b"\x1b]1337;File=",
        b"\x1bP1;2|",
        b"x\x1b[",
    ):
        scanned.scan(sent)
        assert len(assembly) == 0
        assert scanned.mark is None


@given(st.lists(st.sampled_from(PIECES), max_size=8), st.data())
def test_any_cut_of_the_output_gives_the_same_marks(
    pieces: list[bytes], data: st.DataObject
) -> None:
    sent = b"".join(pieces)
    cuts = data.draw(st.lists(st.integers(0, len(sent)), max_size=12).map(sorted))
    parts = [sent[a:b] for a, b in pairwise([0, *cuts, len(sent)])]
    whole, scanned = scan(sent)
    cut, scanned_cut = scan(*parts)
    assert cut == whole
    assert scanned_cut.stats() == scanned.stats()


@given(st.binary(max_size=400))
def test_anything_may_come(sent: bytes) -> None:
    whole, _ = scan(sent)
    single, _ = scan(*(sent[at : at + 1] for at in range(len(sent))))
    assert single == whole
