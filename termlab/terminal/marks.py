"""Marks of a shell in the bytes of its output: OSC 7, 51, 133 and 1337, found before the engine.

The engine does not say where in its output one of them stood. So the output is cut behind each, and
whoever feeds the engine knows where its cursor was. Any cut of the output gives the same marks.
What a program sends without end is let go: a sequence longer than `MAX_MARK_BYTES` is no mark, and
nothing of it is kept. An ``ESC ]`` begins a sequence wherever it stands, so nothing else has to be
followed: one `find` over text that has none.
"""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from termlab.terminal.arena import Assembly
    from termlab.terminal.lines import Lines

BEGIN: Final = b"\x1b]"
# What may follow it; nothing is kept of a sequence that begins otherwise.
KINDS: Final = (b"133;", b"7;", b"51;", b"1337;CurrentDir=")
# A path of PATH_MAX, each byte of it written as %xx, and a host.
MAX_MARK_BYTES: Final = 3 * 4096 + 512
_MAX_KIND: Final = max(map(len, KINDS))
# What ends a sequence or breaks it off: BEL, ESC, the C1 ST; CAN, SUB.
_END: Final = re.compile(rb"[\x07\x18\x1a\x1b\x9c]")
_CONTROL: Final = re.compile(rb"[\x00-\x1f\x7f]")
_ESC: Final = 0x1B
_BACKSLASH: Final = 0x5C
_ST: Final = 0x9C
_BROKEN_OFF: Final = b"\x18\x1a"


class Mark(NamedTuple):
    """``kind`` as in `KINDS`, without its end (b"133"); what followed."""

    kind: bytes
    value: bytes


class ScanStats(NamedTuple):
    """Marks found; sequences that began as one but were too long, broken off, or held a control."""

    found: int
    oversize: int
    malformed: int


class Scanner:
    """Finds marks in output that comes in parts. In ``assembly``, bounded by `MAX_MARK_BYTES`, a
    sequence waits for its end."""

    __slots__ = (
        "_assembly",
        "_escaped",
        "_found",
        "_inside",
        "_malformed",
        "_oversize",
        "mark",
    )

    def __init__(self, assembly: "Assembly") -> None:
        self.mark: Mark | None = None  # that the part scanned last ends with
        self._assembly = assembly
        self._inside = False  # a sequence has begun; its bytes so far are in the assembly
        self._escaped = False  # and the last one is an ESC
        self._found = self._oversize = self._malformed = 0

    def scan(self, data: bytes) -> int:
        """How many of these bytes go to the engine before anything else is to be done: all, or up
        to the end of a `mark`."""
        self.mark = None
        if self._inside or self._escaped:
            at = self._resume(data)
            if self.mark is not None:
                return at
        else:
            at = 0
            # One byte is found 20 times as fast as two.
            if data.find(_ESC) < 0 or (data.find(BEGIN[1]) < 0 and data[-1] != _ESC):
                return len(data)
        while (begin := data.find(BEGIN, at)) >= 0:
            at = self._sequence(data, begin + len(BEGIN))
            if self.mark is not None:
                return at
        if at <= len(data) - 1 and data[-1] == _ESC and not self._inside:
            self._escaped = True
        return len(data)

    def stats(self) -> ScanStats:
        return ScanStats(self._found, self._oversize, self._malformed)

    def _resume(self, data: bytes) -> int:
        """Go on with what the last part left open: where to look on from."""
        if not data:
            return 0
        if self._escaped:
            self._escaped = False
            if self._inside:
                self._inside = False
                if data[0] == _BACKSLASH:
                    self._complete(self._assembly.take())
                    return 1
                self._break_off()
            return self._sequence(data, 1) if data[0] == BEGIN[1] else 0
        self._inside = False
        return self._sequence(data, 0)

    def _sequence(self, data: bytes, at: int) -> int:
        """Within a sequence, from ``at`` on: where to look on from."""
        before = len(self._assembly)
        if before < _MAX_KIND and not self._may_be_mark(data[at : at + _MAX_KIND - before]):
            self._assembly.clear()
            return at
        start = at
        while (end := _END.search(data, at)) is not None:
            stop = end.start()
            if data[stop] == _ST and self._within_character(data, start, stop):
                at = stop + 1
                continue
            return self._end(data, start, stop)
        if self._keep(memoryview(data)[start:]):
            self._inside = True
        return len(data)

    def _end(self, data: bytes, start: int, stop: int) -> int:
        """A byte that may end the sequence is at ``stop``."""
        if not self._keep(memoryview(data)[start:stop]):
            return stop
        if data[stop] == _ESC:
            if stop + 1 == len(data):
                self._inside = self._escaped = True
                return len(data)
            if data[stop + 1] != _BACKSLASH:
                self._break_off()
                return stop
            self._complete(self._assembly.take())
            return stop + 2
        if data[stop] in _BROKEN_OFF:
            self._break_off()
        else:
            self._complete(self._assembly.take())
        return stop + 1

    def _may_be_mark(self, head: bytes) -> bool:
        """Whether a sequence with this behind what is kept can be, or become, one of `KINDS`."""
        if len(self._assembly):
            kept = self._assembly.take()
            self._assembly.append(kept)
            head = kept + head
        return any(head.startswith(kind) or kind.startswith(head) for kind in KINDS)

    def _within_character(self, data: bytes, start: int, stop: int) -> bool:
        """Whether the 0x9c at ``stop`` is part of a character of several bytes, not the C1 ST."""
        before = data[max(start, stop - 3) : stop]
        if len(before) < 3 and len(self._assembly):
            kept = self._assembly.take()
            self._assembly.append(kept)
            before = (kept + before)[-3:]
        for distance, byte in enumerate(reversed(before), 1):
            if not 0x80 <= byte <= 0xBF:
                return byte >= (0xC2, 0xE0, 0xF0)[distance - 1]
        return False

    def _keep(self, part: memoryview) -> bool:
        """Add to what is kept; False if that is too much: it is forgotten."""
        if self._assembly.append(part):
            return True
        self._assembly.clear()
        self._oversize += 1
        return False

    def _break_off(self) -> None:
        self._assembly.clear()
        self._malformed += 1

    def _complete(self, whole: bytes) -> None:
        """A sequence has ended: it is a mark unless it is only like one."""
        for kind in KINDS:
            if whole.startswith(kind):
                if _CONTROL.search(whole) is not None:
                    self._malformed += 1
                    return
                self._found += 1
                self.mark = Mark(kind[:-1], whole[len(kind) :])
                return


class Marks:
    """Cuts what a pane's engine is fed behind each mark, and has ``lines`` take them. Those are
    made with the first mark: most programs send none."""

    __slots__ = ("_make", "_scanner", "lines")

    def __init__(self, assembly: "Assembly", make: "Callable[[], Lines]") -> None:
        self.lines: Lines | None = None
        self._make = make
        self._scanner = Scanner(assembly)

    def cut(self, chunk: memoryview) -> memoryview:
        """``chunk``, up to behind the first mark in it."""
        count = self._scanner.scan(bytes(chunk))
        return chunk if count == len(chunk) else chunk[:count]

    def fed(self) -> None:
        """The engine has what `cut` gave: its cursor stands where the mark did."""
        mark = self._scanner.mark
        if mark is None:
            return
        self._scanner.mark = None
        if self.lines is None:
            self.lines = self._make()
        self.lines.take(mark)

    def stats(self) -> ScanStats:
        return self._scanner.stats()
