"""Standard streams of every kind: read and written without waiting, their flags left alone."""

import fcntl
import os
import socket
import sys
import termios
from pathlib import Path

import pytest

from termlab.errors import TermlabError

if sys.platform != "win32":
    from termlab.server.bridge.streams import FileStream, open_sink, open_source

assert sys.platform != "win32"


def room() -> memoryview:
    return memoryview(bytearray(64 * 1024))


def test_a_pipe_is_read_as_it_comes_and_never_waited_for(pipe: tuple[int, int]) -> None:
    source, span = open_source(pipe[0]), room()
    assert source.readv((span,)) is None
    os.write(pipe[1], b"abc")
    assert source.readv((span,)) == 3
    assert bytes(span[:3]) == b"abc"
    os.close(pipe[1])
    assert source.readv((span,)) == 0
    assert os.get_blocking(pipe[0])
    source.close()


def test_a_full_pipe_takes_nothing_and_keeps_its_flag(pipe: tuple[int, int]) -> None:
    sink, data = open_sink(pipe[1]), memoryview(bytes(1 << 20))
    taken = sink.writev((data,))
    assert taken == fcntl.fcntl(pipe[1], fcntl.F_GETPIPE_SZ)
    assert sink.writev((data,)) == 0
    assert os.get_blocking(pipe[1])
    os.read(pipe[0], 1 << 20)
    assert sink.writev((data[:10],)) == 10
    os.close(pipe[0])
    assert sink.writev((data,)) is None
    sink.close(finish=True)


def test_without_an_open_file_of_our_own_it_writes_what_fits_for_sure(
    pipe: tuple[int, int],
) -> None:
    """As where there is no /proc: the descriptor waits, so it is asked before each write."""
    sink, data = FileStream(pipe[1], pipe[1], 4096), memoryview(bytes(1 << 20))
    total = 0
    while taken := sink.writev((data,)):
        assert taken <= 4096
        total += taken
    assert total >= 4096
    assert os.get_blocking(pipe[1])
    os.close(pipe[0])
    assert sink.writev((data,)) is None


def test_a_socket_is_asked_not_to_wait() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        fd = theirs.fileno()
        source, sink, span = open_source(fd), open_sink(fd), room()
        assert source.readv((span,)) is None
        ours.sendall(b"abc")
        assert source.readv((span,)) == 3
        while sink.writev((span,)):
            pass
        assert sink.writev((span,)) == 0
        assert os.get_blocking(fd)
        ours.close()
        assert sink.writev((span,)) is None
        assert source.readv((span,)) == 0
        source.close()
        sink.close(finish=True)
        os.fstat(fd)  # it is still the one who gave it us


def test_a_terminal_is_opened_anew_and_its_end_is_one() -> None:
    ours, theirs = os.openpty()
    source, sink, span = open_source(theirs), open_sink(theirs), room()
    assert source.is_terminal
    assert source.readv((span,)) is None
    while sink.writev((span,)):
        pass
    assert os.get_blocking(theirs)
    os.close(ours)
    assert source.readv((span,)) == 0
    assert sink.writev((span,)) is None
    source.close()
    sink.close(finish=True)
    os.close(theirs)


def test_a_masters_side_is_not_opened_anew() -> None:
    """That would make another terminal."""
    ours, theirs = os.openpty()
    sink = open_sink(ours)
    attributes = termios.tcgetattr(theirs)
    attributes[3] &= ~termios.ICANON
    termios.tcsetattr(theirs, termios.TCSANOW, attributes)
    assert sink.writev((memoryview(b"typed"),)) == 5
    assert os.read(theirs, 5) == b"typed"
    os.close(ours)
    os.close(theirs)


def test_a_file_is_read_from_where_it_stands_and_written_where_it_stands(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"first second")
    with file.open("r+b", buffering=0) as opened:
        opened.read(6)
        span = room()
        assert open_source(opened.fileno()).readv((span,)) == 6
        assert bytes(span[:6]) == b"second"
        assert open_sink(opened.fileno()).writev((memoryview(b" third"),)) == 6
    assert file.read_bytes() == b"first second third"


def test_what_can_not_be_read_or_written_says_so(tmp_path: Path) -> None:
    directory = os.open(tmp_path, os.O_RDONLY)
    try:
        with pytest.raises(TermlabError, match="can't read from standard input: Is a directory"):
            open_source(directory).readv((room(),))
    finally:
        os.close(directory)
    with open("/dev/full", "wb", buffering=0) as full:
        sink = open_sink(full.fileno())
        with pytest.raises(TermlabError, match="can't write to standard output: No space left"):
            sink.writev((memoryview(b"x"),))
