"""The contract of `backends.pty`, run on every backend of this platform."""

import selectors
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from termlab.backends.pty import BYTES, PIXELS, SIGNALS, Backend
from termlab.errors import PtyError, SpawnError
from termlab.model.geometry import Size
from tests.backends.child import PLAIN, SIZE, Child, python, wait_ready
from tests.backends.subjects import NAMES, PROGRAMS, SIZES, SUBJECTS, TYPING, those_with

SHOW_SIZE = """
import fcntl, struct, termios
rows, cols, x, y = struct.unpack("HHHH", fcntl.ioctl(0, termios.TIOCGWINSZ, bytes(8)))
print(f"size {cols}x{rows} pixels {x}x{y}.")
"""


def need(child: Child, ability: str) -> None:
    if ability in child.pty.lacks:
        pytest.skip(f"this backend lacks {ability}")


@those_with()
def test_output_is_read_to_its_end(backend: Backend) -> None:
    with Child(backend, ["sh", "-c", "printf 'one\\ntwo'"]) as child:
        assert child.read_to_end() == b"one\r\ntwo"
        assert child.pty.readv([memoryview(bytearray(10))]) == 0


@those_with()
def test_a_megabyte_arrives_whole_and_in_order(backend: Backend) -> None:
    source = "import sys; sys.stdout.write(''.join(f'{n:07}\\n' for n in range(131072)))"
    with Child(backend, python(source)) as child:
        lines = child.read_to_end().split()
        assert lines == [b"%07d" % number for number in range(131072)]


@those_with()
def test_bytes_that_are_not_text_arrive_unchanged(backend: Backend) -> None:
    source = "import os, tty; tty.setraw(1); os.write(1, bytes(range(256)))"
    with Child(backend, python(source)) as child:
        need(child, BYTES)
        assert child.read_to_end() == bytes(range(256))


@those_with(TYPING)
def test_a_read_fills_the_spans_in_order(backend: Backend) -> None:
    with Child(
        backend, ["sh", "-c", "stty -echo; echo go; read x; printf abcdef; read x"]
    ) as child:
        child.read_until(b"go\r\n")
        child.write(b"\n")
        first, second = bytearray(2), bytearray(8)
        while (count := child.pty.readv([memoryview(first), memoryview(second)])) is None:
            wait_ready(child.pty.fileno(), selectors.EVENT_READ)
        assert (count, bytes(first), bytes(second[:4])) == (6, b"ab", b"cdef")


@those_with(TYPING)
def test_without_room_or_output_a_read_says_nothing_waits(backend: Backend) -> None:
    with Child(backend, ["cat"]) as child:
        assert child.pty.readv([memoryview(bytearray(10))]) is None
        child.write(b"x")
        child.read_until(b"x")
        assert child.pty.readv([]) is None
        assert child.pty.readv([memoryview(bytearray())]) is None


@those_with(TYPING)
def test_what_is_typed_is_echoed_and_reaches_the_child(backend: Backend) -> None:
    with Child(backend, ["cat"]) as child:
        child.write(b"hello\n")
        assert child.read_until(b"hello\r\nhello\r\n") == b"hello\r\nhello\r\n"


@those_with(TYPING)
def test_several_buffers_are_written_in_order(backend: Backend) -> None:
    with Child(backend, ["cat"]) as child:
        assert child.pty.writev([b"ab", memoryview(b"cd"), b"", b"\n"]) == 5
        child.read_until(b"abcd\r\nabcd")


@those_with(TYPING)
def test_a_full_terminal_takes_a_part_then_nothing(backend: Backend) -> None:
    with Child(backend, ["sh", "-c", "stty raw -echo; echo go; read x"]) as child:
        child.read_until(b"go")
        big = bytes(10_000_000)
        assert 0 < child.pty.writev([big]) < len(big)
        # The kernel goes on making room while it hands over: full is where a write takes nothing.
        while child.pty.writev([big]):
            pass


@pytest.mark.parametrize("code", [0, 1, 3, 255])
@those_with()
def test_the_exit_code_is_told(backend: Backend, code: int) -> None:
    with Child(backend, ["sh", "-c", f"exit {code}"]) as child:
        assert child.status() == code
        assert child.pty.exit_status() == code


@those_with()
def test_a_running_child_has_no_status(backend: Backend) -> None:
    with Child(backend, ["cat"]) as child:
        assert child.pty.exit_status() is None


@those_with()
def test_a_child_ended_by_a_signal_has_its_negative_number(backend: Backend) -> None:
    with Child(backend, ["cat"]) as child:
        need(child, SIGNALS)
        child.pty.signal(signal.SIGTERM)
        assert child.status() == -signal.SIGTERM


@those_with()
def test_an_impossible_signal_is_an_error(backend: Backend) -> None:
    with Child(backend, ["cat"]) as child:
        need(child, SIGNALS)
        with pytest.raises(PtyError, match="can't send signal 999 to"):
            child.pty.signal(999)


@those_with(SIZES)
def test_the_size_is_there_before_the_first_instruction(backend: Backend) -> None:
    with Child(backend, python(SHOW_SIZE), size=Size(97, 31, 970, 620)) as child:
        shown = child.read_to_end()
        assert b"size 97x31" in shown
        need(child, PIXELS)
        assert b"pixels 970x620." in shown


@those_with(SIZES)
def test_the_child_is_told_of_a_new_size_in_cells_and_pixels(backend: Backend) -> None:
    source = f"""
import signal
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGWINCH])
print("go", flush=True)
while signal.sigwait([signal.SIGWINCH]):
    {"; ".join(SHOW_SIZE.strip().splitlines())}
    print(flush=True)
"""
    with Child(backend, python(source)) as child:
        child.read_until(b"go")
        child.pty.resize(Size(120, 40, 1200, 800))
        child.read_until(b"size 120x40")
        need(child, PIXELS)
        child.read_until(b"pixels 1200x800.")
        child.pty.resize(Size(4096, 4096, 100_000, -1))
        child.read_until(b"size 4096x4096 pixels 0x0.")


@pytest.mark.parametrize("size", [Size(0, 24), Size(80, 0), Size(100_000, 24), Size(80, -1)])
@those_with(SIZES, TYPING)
def test_an_impossible_size_is_refused_and_changes_nothing(backend: Backend, size: Size) -> None:
    with pytest.raises(PtyError, match="a terminal can't be"):
        Child(backend, ["cat"], size=size)
    with Child(backend, ["sh", "-c", "read x; stty size"]) as child:
        with pytest.raises(PtyError, match="give columns and rows from 1 to 4096"):
            child.pty.resize(size)
        child.write(b"\n")
        child.read_until(b"24 80")


@those_with(PROGRAMS)
def test_environment_and_directory_are_exactly_those_asked_for(
    backend: Backend, tmp_path: Path
) -> None:
    place = tmp_path / "größe"
    place.mkdir()
    source = "import os; print(os.getcwd(), sorted(os.environ.items()), '.')"
    environment = {"PATH": PLAIN["PATH"], "A": "1 ü", "LC_CTYPE": "C.UTF-8"}
    child = Child(backend, python(source), environment=environment, directory=str(place))
    with child:
        assert child.read_to_end().decode() == f"{place} {sorted(environment.items())} .\r\n"


@those_with(PROGRAMS)
def test_the_program_is_looked_up_on_the_panes_path(backend: Backend, tmp_path: Path) -> None:
    (tmp_path / "greet").symlink_to("/bin/sh")
    environment = {"PATH": "nowhere:bin"}
    (tmp_path / "bin").symlink_to(tmp_path)
    argv = ["greet", "-c", "echo $0 0; exit 4"]
    with Child(backend, argv, environment=environment, directory=str(tmp_path)) as child:
        assert child.read_to_end().endswith(b"greet 0\r\n")
        assert child.status() == 4


@those_with(PROGRAMS, NAMES)
def test_a_program_keeps_the_name_it_was_asked_for_by(backend: Backend) -> None:
    with Child(backend, ["sh", "-c", "echo $0"]) as child:
        assert child.read_to_end() == b"sh\r\n"


@those_with(PROGRAMS)
def test_a_program_may_be_named_by_a_path_in_the_directory(
    backend: Backend, tmp_path: Path
) -> None:
    script = tmp_path / "run"
    script.write_text("#!/bin/sh\necho ran $0\n")
    script.chmod(0o755)
    with Child(backend, ["./run"], directory=str(tmp_path)) as child:
        assert child.read_to_end().startswith(b"ran ")


@those_with(PROGRAMS, TYPING)
def test_the_program_in_front_is_named(backend: Backend) -> None:
    with Child(backend, ["bash", "--norc", "--noprofile", "-i"]) as child:
        child.read_until(b"$ ")
        if not child.pty.foreground():
            pytest.skip("this backend can't tell")
        assert child.pty.foreground() == "bash"
        child.write(b"sh -c 'echo up; exec cat'\r")
        child.read_until(b"up\r\n")
        child.write(b"x\r")
        child.read_until(b"x\r\nx\r\n")
        assert child.pty.foreground() == "cat"


@those_with()
def test_after_close_every_call_but_two_is_an_error(backend: Backend) -> None:
    child = Child(backend, ["sh", "-c", "exit 3"])
    assert child.status() == 3
    pty = child.pty
    pty.close()
    pty.close()
    calls: list[Callable[[], object]] = [
        pty.fileno,
        pty.foreground,
        lambda: pty.readv([memoryview(bytearray(1))]),
        lambda: pty.writev([b"x"]),
        lambda: pty.resize(SIZE),
        lambda: pty.signal(signal.SIGTERM),
    ]
    for call in calls:
        with pytest.raises(PtyError, match=r"the terminal of .* is closed"):
            call()
    assert pty.exit_status() == 3


@those_with(PROGRAMS)
def test_too_long_an_argument_is_refused_by_the_system_in_our_words(backend: Backend) -> None:
    with pytest.raises(SpawnError, match=r"can't run 'echo': its arguments .* are too long: pass"):
        Child(backend, ["echo", "x" * 10_000_000])


@those_with()
def test_output_written_just_before_the_end_is_not_lost(backend: Backend) -> None:
    for _ in range(20):
        with Child(backend, ["sh", "-c", "echo last words"]) as child:
            child.status()
            assert child.read_to_end() == b"last words\r\n"


@those_with()
def test_what_is_typed_after_the_end_is_not_an_error(backend: Backend) -> None:
    with Child(backend, ["true"]) as child:
        child.status()
        assert child.pty.writev([b"abc"]) >= 0


def test_backends_are_named_apart() -> None:
    assert len({subject.backend.name for subject in SUBJECTS}) == len(SUBJECTS)
