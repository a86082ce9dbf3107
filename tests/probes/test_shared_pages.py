"""PSS of real processes, and of those that show none."""

import mmap
import os
import sys
from pathlib import Path

import pytest

from termlab.model.figure import Missing
from termlab.probes.process_tree import look
from termlab.probes.shared_pages import NOBODY, OLD_KERNEL, Pss, parse_rollup, pss

assert sys.platform != "win32"
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")

MIB = 1 << 20


def test_pages_that_two_share_count_once() -> None:
    shared = mmap.mmap(-1, 64 * MIB)
    shared.write(b"x" * (64 * MIB))
    reader, writer = os.pipe()
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        sum(shared[:: mmap.PAGESIZE])
        os.write(tell, b"x")
        os.read(reader, 1)
        os._exit(0)
    os.read(told, 1)
    both = pss([os.getpid(), child])
    os.write(writer, b"x")
    os.waitpid(child, 0)
    for fd in (reader, writer, told, tell):
        os.close(fd)
    shared.close()
    assert isinstance(both, Pss)
    assert (both.processes, both.unseen) == (2, 0)
    ours = look(os.getpid()).processes
    assert 64 * MIB < both.bytes < 64 * MIB + 1.5 * sum(each.rss_bytes for each in ours.values())


def test_nobody_has_none_and_no_zero() -> None:
    assert pss([1 << 30]) is NOBODY
    assert pss([]) is NOBODY


def test_a_kernel_without_the_file_is_told_from_a_process_that_has_gone(tmp_path: Path) -> None:
    (tmp_path / "7").mkdir()
    (tmp_path / "7" / "stat").write_text("7 (x) S")
    assert pss([7], str(tmp_path)) is OLD_KERNEL


def test_those_that_show_nothing_are_counted(tmp_path: Path) -> None:
    for pid in ("7", "8"):
        (tmp_path / pid).mkdir()
        (tmp_path / pid / "smaps_rollup").write_text("a-b ---p\nRss: 9 kB\nPss:  5 kB\nPss_Anon: 1")
    assert pss([7, 8], str(tmp_path)) == Pss(10 * 1024, 2, 0)
    (tmp_path / "8" / "smaps_rollup").write_text("")  # of a zombie
    assert pss([7, 8], str(tmp_path)) == Pss(5 * 1024, 1, 0)


def test_what_is_no_rollup_is_refused() -> None:
    with pytest.raises(ValueError, match="no PSS"):
        parse_rollup(b"Rss: 1 kB")


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become another user")
def test_another_user_s_pages_are_not_shown_and_that_is_said() -> None:
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
        found = pss([os.getppid()])
        os.write(writer, found.reason.encode() if isinstance(found, Missing) else b"shown")
        os._exit(0)
    os.waitpid(child, 0)
    text = os.read(reader, 1000)
    os.close(reader)
    os.close(writer)
    assert b"another user" in text
