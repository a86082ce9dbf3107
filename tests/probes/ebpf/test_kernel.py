"""The system call itself: maps that keep what they are given, refusals in the kernel's words."""

import os
import sys
from collections.abc import Iterator

import pytest

from termlab.probes.ebpf import kernel
from termlab.probes.ebpf.assembler import R1, R2, Assembler

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has eBPF")
MANY = 1000


@pytest.fixture
def table() -> Iterator[int]:
    try:
        fd = kernel.make_map(kernel.HASH, 8, 2 * MANY)
    except OSError as error:
        pytest.skip(f"eBPF maps can't be made here: {error}")
    yield fd
    os.close(fd)


def test_all_entries_are_read_back_however_many(table: int) -> None:
    for key in range(MANY):
        kernel.update(table, key, key.to_bytes(8, "little"))
    found = dict(kernel.entries(table, 8))
    assert found == {key: key.to_bytes(8, "little") for key in range(MANY)}


def test_an_empty_map_has_no_entries(table: int) -> None:
    assert kernel.entries(table, 8) == []


def test_what_is_deleted_is_gone_and_may_be_deleted_again(table: int) -> None:
    kernel.update(table, 7, bytes(8))
    kernel.delete(table, 7)
    kernel.delete(table, 7)
    assert kernel.entries(table, 8) == []


def test_a_new_entry_does_not_take_anothers_place(table: int) -> None:
    kernel.update(table, 7, bytes(8))
    with pytest.raises(FileExistsError):
        kernel.update(table, 7, b"\1" * 8, kernel.NEW_ONLY)
    assert kernel.entries(table, 8) == [(7, bytes(8))]


def test_a_program_that_reads_where_it_may_not_is_refused_with_a_reason(table: int) -> None:
    a = Assembler()
    a.load(R2, R1, 8)
    a.load(R2, R2, 0)  # any address: not checked
    a.end()
    with pytest.raises(OSError, match=r"invalid mem access|R2") as refused:
        kernel.load(a.assemble())
    assert refused.value.errno


def test_an_unknown_tracepoint_is_an_error(table: int) -> None:
    a = Assembler()
    a.end()
    program = kernel.load(a.assemble())
    with pytest.raises(FileNotFoundError):
        kernel.attach("no_such_tracepoint", program)
    os.close(program)
