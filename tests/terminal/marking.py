"""A terminal whose shell marks what it does, fed as a pane feeds one."""

from collections.abc import Callable, Iterator
from itertools import cycle

from termlab.model.geometry import Size
from termlab.terminal.asked import Asked
from termlab.terminal.emulator import Emulator
from termlab.terminal.heap_arena import HeapPersistent, HeapTemporary
from termlab.terminal.lines import Command, Lines
from termlab.terminal.marks import MAX_MARK_BYTES, Marks

HOST = "here"


class Marked:
    """An emulator with `Lines`. ``now`` is its clock; output comes in parts of ``sizes``."""

    def __init__(self, emulator: Emulator, sizes: tuple[int, ...] = (1 << 20,)) -> None:
        self.emulator = emulator
        self.now = 0.0
        self.persistent = HeapPersistent()
        self.came: list[str] = []
        self.asked = Asked(self.persistent, lambda: True, lambda: self.came.append("asked"))
        self.lines = Lines(emulator, self.persistent, self.asked, HOST, lambda: self.now)
        self._marks = Marks(HeapTemporary().assembly(MAX_MARK_BYTES), lambda: self.lines)
        self._sizes: Iterator[int] = cycle(sizes)

    def feed(self, data: bytes) -> None:
        left = memoryview(data)
        while left:
            part, left = (lambda n: (left[:n], left[n:]))(next(self._sizes))
            while part:
                chunk = self._marks.cut(part)
                self.emulator.feed(chunk)
                self._marks.fed()
                part = part[len(chunk) :]

    def run(
        self, command: str, output: str = "", status: int | str = 0, prompt: str = "$ "
    ) -> None:
        """A prompt, a command typed at it, and what that prints."""
        self.feed(f"\x1b]133;A\x07{prompt}\x1b]133;B\x07{command}\r\n\x1b]133;C\x07".encode())
        self.feed(output.replace("\n", "\r\n").encode() + f"\x1b]133;D;{status}\x07".encode())

    def prompt(self, text: str = "$ ") -> None:
        self.feed(f"\x1b]133;A\x07{text}\x1b]133;B\x07".encode())

    def resize(self, size: Size) -> None:
        self.lines.before_resize(size.cols)
        self.emulator.resize(size)
        self.lines.resized()

    def rows(self) -> list[str]:
        return self.emulator.text_at(0, self.emulator.history_rows() + self.emulator.size.rows)

    def commands(self) -> list[Command]:
        """The oldest first."""
        return list(self.lines.commands())[::-1]

    def prompts(self) -> list[str]:
        """What stands in the rows of prompts."""
        rows = self.rows()
        return [rows[command.prompt.row] for command in self.commands()]


Make = Callable[[Size], Emulator]
