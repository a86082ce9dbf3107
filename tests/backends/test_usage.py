"""What a child on a real PTY used, and the last look at it."""

import sys

import pytest

from tests.backends.child import Child, python

if sys.platform != "win32":
    from termlab.backends.unix import UnixBackend

assert sys.platform != "win32"

BACKEND = UnixBackend()
BURN = "import time\nwhile time.process_time() < {}: pass"


def test_nothing_is_known_before_the_end_and_the_same_ever_after() -> None:
    with Child(BACKEND, ["cat"]) as child:
        assert child.pty.usage() is None
        child.write(b"\x04")
        child.status()
        usage = child.pty.usage()
        assert usage is not None
        child.pty.close()
        assert child.pty.usage() == usage


def test_cpu_time_is_that_of_the_child_and_of_descendants_it_waited_for() -> None:
    burn = BURN.format(0.2)
    script = '"$0" -I -S -c "$1"; "$0" -I -S -c "$1"'
    with Child(BACKEND, ["sh", "-c", script, sys.executable, burn]) as child:
        child.status()
    usage = child.pty.usage()
    assert usage is not None
    assert usage.cpu_s == pytest.approx(0.4, abs=0.15)
    assert usage.cpu_s == usage.user_s + usage.system_s


def test_what_this_process_costs_until_the_program_begins_is_not_the_childs() -> None:
    # Forking a process with this much costs about 10 ms in the child, which `true` does not.
    ballast = bytearray(300 << 20)
    ballast[::4096] = b"x" * len(ballast[::4096])
    with Child(BACKEND, ["true"]) as child:
        child.status()
    usage = child.pty.usage()
    assert usage is not None
    assert usage.floor_bytes > len(ballast)
    assert usage.peak_bytes < usage.floor_bytes + (1 << 20)


def test_wakeups_and_page_faults_are_the_programs_alone() -> None:
    # The copy of a process with this much has a fault for each page it writes, which are not its.
    touch = "b = bytearray(20 << 20); b[::4096] = b'x' * 5120"
    script = f"import time; {touch}; [time.sleep(0.001) for _ in range(40)]"
    usages = []
    for argv in (python(script), python("pass")):
        with Child(BACKEND, argv) as child:
            child.status()
        usage = child.pty.usage()
        assert usage is not None
        usages.append(usage)
    (wakeups, minor, major), (less, fewer, _) = (
        (usage.wakeups, usage.minor_faults, usage.major_faults) for usage in usages
    )
    assert wakeups is not None
    assert less is not None
    assert minor is not None
    assert fewer is not None
    assert major is not None
    assert 38 <= wakeups - less <= 60
    assert 5000 <= minor - fewer <= 5800
    assert major >= 0


def test_a_peak_above_the_floor_is_the_programs_own() -> None:
    with Child(BACKEND, python("b = bytearray(400 << 20); b[::4096] = b'x' * 102400")) as child:
        child.status()
    usage = child.pty.usage()
    assert usage is not None
    assert 400 << 20 < usage.peak_bytes < 600 << 20


@pytest.mark.skipif(sys.platform != "linux", reason="only there is something to look at")
def test_the_last_look_is_once_after_the_end_and_before_the_child_is_reaped() -> None:
    states = []

    def look(pid: int) -> None:
        with open(f"/proc/{pid}/stat", encoding="ascii") as file:
            states.append(file.read().rpartition(") ")[2][0])

    with Child(BACKEND, ["sh", "-c", "read x; exit 3"]) as child:
        child.pty.last_look = look
        assert child.pty.exit_status() is None
        assert states == []
        child.write(b"\n")
        assert child.status() == 3
        assert child.pty.exit_status() == 3
    assert states == ["Z"]
