"""Fields of the kernel's records, found in its own description."""

import struct
import sys

import pytest

from termlab.probes.ebpf.btf import Btf, running

STRINGS = b"\0task\0pid\0flags\0"
TASK, PID, FLAGS = 1, 6, 10


def described(*types: bytes) -> Btf:
    body = b"".join(types)
    head = struct.pack("<HBBIIIII", 0xEB9F, 1, 0, 24, 0, len(body), len(body), len(STRINGS))
    return Btf(head + body + STRINGS)


def record(name: int, members: list[tuple[int, int]], bit_fields: bool = False) -> bytes:
    info = 4 << 24 | len(members) | (1 << 31 if bit_fields else 0)
    return struct.pack("<III", name, info, 64) + b"".join(
        struct.pack("<III", each, 1, offset) for each, offset in members
    )


def test_an_offset_is_told_in_bytes() -> None:
    assert described(record(TASK, [(FLAGS, 0), (PID, 96)])).offset("task", "pid") == 12


def test_in_a_record_with_bit_fields_the_width_is_left_out() -> None:
    found = described(record(TASK, [(FLAGS, 3 << 24), (PID, 128)], bit_fields=True))
    assert found.offset("task", "pid") == 16


def test_a_member_of_the_records_name_is_not_the_record() -> None:
    other = record(FLAGS, [(TASK, 0), (PID, 32)])
    assert described(other, record(TASK, [(PID, 64)])).offset("task", "pid") == 8


def test_what_is_not_there_is_said() -> None:
    found = described(record(TASK, [(PID, 0)]))
    with pytest.raises(LookupError, match="task has no flags"):
        found.offset("task", "flags")
    with pytest.raises(LookupError, match="does not know the word inode"):
        found.offset("inode", "flags")
    with pytest.raises(LookupError, match="no such record"):
        found.offset("pid", "flags")


@pytest.mark.parametrize("data", [b"", b"\xeb\x9f", bytes(64)])
def test_other_bytes_are_no_description(data: bytes) -> None:
    with pytest.raises(ValueError, match="no description"):
        Btf(data)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux describes its types so")
def test_the_running_kernels_process_has_its_numbers_side_by_side() -> None:
    try:
        kernel = running()
    except OSError as error:
        pytest.skip(f"this kernel does not describe its types: {error}")
    assert kernel.offset("task_struct", "tgid") == kernel.offset("task_struct", "pid") + 4
