"""What a child does not read yet is kept in order and bounded."""

from collections.abc import Callable, Sequence

from termlab.backends.pty import ChildUsage
from termlab.errors import PtyError
from termlab.model.geometry import Size
from termlab.server.stdin import MAX_INPUT_BYTES, Stdin


class Narrow:
    """A terminal that takes ``room`` bytes, and no more until more is given."""

    pid = 1
    lacks: frozenset[str] = frozenset()
    last_look: Callable[[int], None] | None = None

    def __init__(self) -> None:
        self.room = 0
        self.taken = b""
        self.gone = False

    def writev(self, buffers: Sequence[bytes | memoryview]) -> int:
        if self.gone:
            raise PtyError("it has gone")
        data = b"".join(bytes(buffer) for buffer in buffers)[: self.room]
        self.taken += data
        self.room -= len(data)
        return len(data)

    def fileno(self) -> int:
        return -1

    def readv(self, spans: Sequence[memoryview]) -> int | None:
        return None

    def resize(self, size: Size) -> None: ...

    def signal(self, number: int) -> None: ...

    def insist(self, number: int) -> bool:
        return False

    def foreground(self) -> str:
        return ""

    def exit_status(self) -> int | None:
        return None

    def usage(self) -> ChildUsage | None:
        return None

    def line_modes(self) -> None:
        return None

    def unread_input(self) -> None:
        return None

    def close(self) -> None: ...


def test_what_fits_goes_at_once_and_the_rest_in_order() -> None:
    pty = Narrow()
    stdin = Stdin(pty)
    pty.room = 3
    assert stdin.write(b"abcde")
    assert stdin.write(b"fg")
    assert (pty.taken, stdin.waiting) == (b"abc", 4)
    pty.room = 3
    stdin.flush()
    assert (pty.taken, stdin.waiting) == (b"abcdef", 1)
    pty.room = 9
    stdin.flush()
    assert (pty.taken, stdin.waiting) == (b"abcdefg", 0)


def test_what_is_over_the_limit_is_refused_whole() -> None:
    pty = Narrow()
    stdin = Stdin(pty)
    assert stdin.write(b"x" * MAX_INPUT_BYTES)
    assert not stdin.write(b"yz")
    pty.room = 2 * MAX_INPUT_BYTES
    stdin.flush()
    assert pty.taken == b"x" * MAX_INPUT_BYTES


def test_a_terminal_that_has_gone_keeps_nobody_waiting() -> None:
    pty = Narrow()
    stdin = Stdin(pty)
    stdin.write(b"abc")
    pty.gone = True
    assert not stdin.write(b"x" * MAX_INPUT_BYTES)
    stdin.flush()
    assert stdin.waiting == 0
    assert not stdin.write(b"d")
