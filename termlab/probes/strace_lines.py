"""What strace says, line by line, as sums: bounded whatever comes.

Arguments are asked for raw, as numbers, so nothing that the program chooses (names of files, text)
is in what is read here. A call counts where it begins, its time and error where it returns.
"""

import re
from typing import Final

from termlab.model.calls import SMALL_BYTES
from termlab.probes.call_source import CallSum

# What strace is asked for besides where to write: children too, each call's time, raw arguments.
OPTIONS: Final = ("-f", "-qq", "-T", "-a", "1", "-e", "raw=all", "-e", "signal=none")
MAX_LINE_BYTES: Final = 4096
MAX_NAMES: Final = 1024
_CALL: Final = re.compile(rb"^\d{1,10} +(<\.\.\. )?([a-z_0-9]{1,40})(?:\(| resumed>)")
_EVENT: Final = re.compile(rb"^\d{1,10} \+\+\+ ")  # such as an exec by a thread
_RESULT: Final = re.compile(
    rb"= (0x[0-9a-f]{1,16}|-?\d{1,20}|\?)(?: (E[A-Z0-9]+))?[^<=]*<(\d+)\.(\d{6})>$"
)


class StraceLines:
    """The sums of what was fed so far. ``strange`` counts lines that say something else."""

    def __init__(self) -> None:
        self.strange = 0
        self.total = 0
        self._sums: dict[str, list[int]] = {}  # calls, ns, errors, small
        self._rest = b""
        self._skipping = False  # the rest of a line that is too long

    def feed(self, data: bytes) -> None:
        """What strace wrote next, cut anywhere."""
        lines = (self._rest + data).split(b"\n")
        self._rest = lines.pop()
        if lines and self._skipping:
            self._skipping = False
            del lines[0]
        for line in lines:
            self._line(line)
        if len(self._rest) > MAX_LINE_BYTES:
            self.strange += not self._skipping
            self._rest, self._skipping = b"", True

    def by_name(self) -> dict[str, CallSum]:
        """Each call by now."""
        return {name: CallSum(*each) for name, each in self._sums.items()}

    def _line(self, line: bytes) -> None:
        found = _CALL.match(line)
        sums = self._sums_of(found[2].decode()) if found is not None else None
        if found is None or sums is None:
            self.strange += _EVENT.match(line) is None
            return
        if found[1] is None:
            sums[0] += 1
            self.total += 1
        if line.endswith(b"<unfinished ...>"):
            return
        result = _RESULT.search(line)
        if result is None:
            return  # a call that does not return, such as exit
        value, error, seconds, micros = result.groups()
        sums[1] += int(seconds) * 1_000_000_000 + int(micros) * 1000
        if error is not None:
            sums[2] += 1
        elif value != b"?":
            base = 16 if value.startswith(b"0x") else 10
            sums[3] += 0 < int(value, base) < SMALL_BYTES

    def _sums_of(self, name: str) -> list[int] | None:
        if name not in self._sums and len(self._sums) >= MAX_NAMES:
            return None
        return self._sums.setdefault(name, [0, 0, 0, 0])
