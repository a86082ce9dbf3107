"""The same two streams behind threads, on pipes: nothing of it needs Windows."""

import os
import select

from termlab.server.bridge.stream_pumps import PumpedSink, PumpedSource
from tests.backends.child import DEADLINE_S


def ready(fd: int) -> None:
    assert select.select([fd], [], [], DEADLINE_S)[0]


def test_input_comes_whole_and_then_its_end(pipe: tuple[int, int]) -> None:
    source, span, seen = PumpedSource(pipe[0]), memoryview(bytearray(64 * 1024)), b""
    assert source.readv((span,)) is None
    data = bytes(range(256)) * 100
    os.write(pipe[1], data)
    os.close(pipe[1])
    while True:
        ready(source.fileno())
        count = source.readv((span,))
        assert count is not None
        if not count:
            break
        seen += span[:count]
    assert seen == data
    source.close()


def test_output_is_written_whole_before_the_end(pipe: tuple[int, int]) -> None:
    sink = PumpedSink(pipe[1])
    assert sink.writev((memoryview(b"some output"),)) == 11
    sink.close(finish=True)
    assert os.read(pipe[0], 100) == b"some output"


def test_a_reader_that_stalls_fills_bounded_queues(pipe: tuple[int, int]) -> None:
    sink, data, taken = PumpedSink(pipe[1]), memoryview(bytes(64 * 1024)), 0
    while select.select([], [sink.fileno()], [], 0.2)[1]:
        taken += sink.writev((data,)) or 0
        assert taken < 8 << 20
    got = 0
    while got < taken:
        got += len(os.read(pipe[0], 1 << 20))
    sink.close(finish=True)
    assert got == taken


def test_that_nobody_reads_any_more_is_told(pipe: tuple[int, int]) -> None:
    sink = PumpedSink(pipe[1])
    os.close(pipe[0])
    assert sink.writev((memoryview(b"x"),)) == 1
    ready(sink.fileno())  # how a loop hears of it that writes nothing
    assert sink.writev((memoryview(b"x"),)) is None
    sink.close(finish=True)
