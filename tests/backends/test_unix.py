"""What the unix backend promises beyond the contract: sessions, signals, descriptors, children."""

import os
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from termlab.errors import SpawnError
from tests.backends.child import Child, python, wait_exit

if sys.platform != "win32":
    from termlab.backends.unix import UnixBackend
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"

BACKEND = UnixBackend()


def test_the_child_leads_its_session_in_front_of_its_own_terminal() -> None:
    source = """
import os
pid = os.getpid()
print(os.getsid(0) == os.getpgrp() == os.tcgetpgrp(0) == pid)
print(os.ttyname(0) == os.ttyname(1) == os.ttyname(2), os.open("/dev/tty", os.O_RDWR) > 2)
"""
    with Child(BACKEND, python(source)) as child:
        assert child.read_to_end().split() == [b"True", b"True", b"True"]


def test_the_child_starts_with_default_signals_and_none_blocked() -> None:
    # A shell can't set a signal back that was ignored when it started: ask by being ended by it.
    source = """
import signal
print(signal.pthread_sigmask(signal.SIG_BLOCK, ()))
print([n for n in signal.valid_signals() if signal.getsignal(n) is signal.SIG_IGN])
"""
    held = {signal.SIGHUP: signal.SIG_IGN, signal.SIGQUIT: signal.SIG_IGN}
    before = {number: signal.signal(number, how) for number, how in held.items()}
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
    try:
        with Child(BACKEND, python(source)) as child:
            shown = child.read_to_end().decode()
        with Child(BACKEND, ["sh", "-c", "kill -PIPE $$"]) as child:
            assert child.status() == -signal.SIGPIPE
        assert signal.pthread_sigmask(signal.SIG_BLOCK, ()) == mask | {signal.SIGUSR1}
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        for number, how in before.items():
            signal.signal(number, how)
    # Python itself ignores these two.
    ignored = [signal.SIGPIPE, signal.SIGXFSZ]
    assert shown.split("\r\n")[:2] == ["set()", repr(sorted(ignored))]


def test_the_child_inherits_no_descriptor_but_its_terminal() -> None:
    read, write = os.pipe()
    os.set_inheritable(write, True)
    try:
        source = "import os; print(sorted(int(fd) for fd in os.listdir('/dev/fd')))"
        with Child(BACKEND, ["cat"]), Child(BACKEND, python(source)) as child:
            # The fourth is the listing's own.
            assert child.read_to_end() == b"[0, 1, 2, 3]\r\n"
    finally:
        os.close(read)
        os.close(write)


def test_our_descriptor_is_not_inherited_and_never_blocks() -> None:
    with Child(BACKEND, ["cat"]) as child:
        assert not os.get_inheritable(child.pty.fileno())
        assert not os.get_blocking(child.pty.fileno())


def test_an_interactive_shell_has_job_control() -> None:
    argv = ["bash", "--norc", "--noprofile", "-i"]
    with Child(BACKEND, argv) as child:
        child.read_until(b"$ ")
        child.write(b"sh -c 'echo up; exec cat'\r")
        child.read_until(b"up\r\n")
        child.write(b"\x1a")
        child.read_until(b"Stopped")
        child.read_until(b"$ ")
        child.write(b"fg\r")
        child.read_until(b"exec cat'\r\n")
        # The shell names the job before it hands over the terminal; cat's answer comes after.
        child.write(b"here\r")
        child.read_until(b"here\r\nhere\r\n")
        child.write(b"\x03")
        child.read_until(b"$ ")
        child.write(b"echo $?.\r")
        child.read_until(b"130.")
        child.write(b"exit 5\r")
        assert child.status() == 5


def test_closing_reaches_the_jobs_of_a_shell() -> None:
    with Child(BACKEND, ["bash", "--norc", "--noprofile", "-i"]) as child:
        child.write(b"PS1=rea''dy; sleep 1000 & echo job $!.\r")
        child.read_until(b"\r\njob ")
        job = int(child.read_until(b".").strip(b"."))
        child.read_until(b"ready")  # only a bash at its prompt hands a hang-up on
        child.pty.close()
        wait_exit(job)


def test_erasing_takes_a_whole_utf8_character() -> None:
    with Child(BACKEND, ["sh", "-c", "stty -echo; echo go; read x; printf '<%s>' $x"]) as child:
        child.read_until(b"go")
        child.write("aé\x7fb\n".encode())
        child.read_until(b"<ab>")


def test_more_buffers_than_the_system_takes_are_written_in_part() -> None:
    with Child(BACKEND, ["cat"]) as child:
        taken = child.pty.writev([b"x"] * 5000)
        assert 0 < taken < 5000


def test_a_hundred_children_leave_no_descriptor_and_no_zombie() -> None:
    before = open_descriptors()
    for _ in range(100):
        with Child(BACKEND, ["/bin/true"]) as child:
            assert child.status() == 0
    assert open_descriptors() == before
    assert not reap_any()


def test_failed_starts_leave_no_descriptor_and_no_zombie(tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.write_text("#!/nowhere/interpreter\n")
    broken.chmod(0o755)
    before = open_descriptors()
    for _ in range(20):
        with pytest.raises(SpawnError, match="its interpreter does not exist"):
            Child(BACKEND, [str(broken)])
    assert open_descriptors() == before
    assert not reap_any()


def test_closing_hangs_the_child_up() -> None:
    with Child(BACKEND, ["cat"]) as child:
        child.write(b"x")
        child.read_until(b"x")
        child.pty.close()
        assert child.status() == -signal.SIGHUP


def test_a_signal_reaches_the_whole_group_and_is_nothing_after_the_end() -> None:
    with Child(BACKEND, ["sh", "-c", "cat | cat; exit 7"]) as child:
        child.pty.signal(signal.SIGKILL)
        assert child.read_to_end() == b""
        assert child.status() == -signal.SIGKILL
        child.pty.signal(signal.SIGTERM)


def open_descriptors() -> list[str]:
    return os.listdir("/dev/fd")


def test_a_directory_that_goes_away_before_the_child_enters_it_is_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("termlab.backends.unix.resolve", lambda command: "/bin/sh")
    with pytest.raises(SpawnError, match="can't run 'sh' in '/no/such': it does not exist"):
        Child(BACKEND, ["sh"], directory="/no/such")
    assert not reap_any()


def test_what_python_refuses_in_the_child_is_an_error_here_and_no_second_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("termlab.backends.unix.resolve", lambda command: "/bin/sh")
    with pytest.raises(SpawnError, match="can't run 'sh': embedded null byte"):
        Child(BACKEND, ["sh", "a\0b"])
    assert not reap_any()


def test_a_child_can_be_started_from_any_thread() -> None:
    with ThreadPoolExecutor(1) as pool:
        child = pool.submit(Child, BACKEND, ["sh", "-c", "exit 6"]).result()
    with child:
        assert child.status() == 6


def reap_any() -> int:
    """The process number of a zombie that was left, else 0."""
    try:
        return os.waitpid(-1, os.WNOHANG)[0]
    except ChildProcessError:
        return 0
