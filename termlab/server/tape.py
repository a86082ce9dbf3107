"""What a program under measurement printed and was typed, with times, as an asciicast: only where
somebody asked, for it may hold secrets. Kept in memory until the run has ended, within a bound.
"""

import codecs
import json
from collections.abc import Sequence
from typing import Final

from termlab.model.geometry import Size
from termlab.model.recording import INPUT, MARKER, OUTPUT

# What comes beyond is not kept; a mark says where that began.
MAX_BYTES: Final = 64 << 20
# What an event takes besides its text: a program may write byte by byte for hours.
EVENT_BYTES: Final = 160


_Event = tuple[float, str, str]


class Tape:
    """One run's, from ``began_at`` on."""

    def __init__(self, began_at: float) -> None:
        self._began_at = began_at
        self._events: list[_Event] = []
        self._bytes = 0
        self._full = False
        # A character may be cut in two by the end of a read.
        self._decoders = {
            code: codecs.getincrementaldecoder("utf-8")("replace") for code in (OUTPUT, INPUT)
        }

    def came(self, spans: Sequence[memoryview], count: int, now: float) -> None:
        """A read brought the first ``count`` bytes of ``spans``."""
        self._keep(OUTPUT, b"".join(_first(spans, count)), now)

    def typed(self, data: bytes, now: float) -> None:
        """These bytes of input are written."""
        self._keep(INPUT, data, now)

    def mark(self, at_s: float, label: str) -> None:
        """Something to be known of that moment since the beginning."""
        self._events.append((at_s, MARKER, label))

    def cast(self, size: Size, title: str, began_at_s: float) -> bytes:
        """All of it as a file; ``began_at_s`` is the wall clock's."""
        return _file(self._events, size, title, began_at_s)

    def keys(self, size: Size, title: str, began_at_s: float) -> bytes:
        """What was typed alone: a script for `termlab profile --keys`."""
        typed = [event for event in self._events if event[1] == INPUT]
        return _file(typed, size, title, began_at_s)

    def _keep(self, code: str, data: bytes, now: float) -> None:
        if self._full or not data:
            return
        at_s = max(now - self._began_at, 0.0)
        self._bytes += len(data) + EVENT_BYTES
        if self._bytes > MAX_BYTES:
            self._full = True
            self.mark(at_s, f"not recorded from here on: it takes more than {MAX_BYTES >> 20} MiB")
            return
        text = self._decoders[code].decode(data)
        if text:
            self._events.append((at_s, code, text))


def _file(events: list[_Event], size: Size, title: str, began_at_s: float) -> bytes:
    header = {
        "version": 2,
        "width": size.cols,
        "height": size.rows,
        "timestamp": int(began_at_s),
        "title": title,
    }
    lines = [_line(header)]
    ordered = sorted(events, key=lambda event: event[0])
    lines += [_line((round(at_s, 6), code, data)) for at_s, code, data in ordered]
    return "".join(lines).encode()


def _line(what: object) -> str:
    return json.dumps(what, ensure_ascii=False, separators=(",", ":")) + "\n"


def _first(spans: Sequence[memoryview], count: int) -> list[memoryview]:
    kept = []
    for span in spans:
        kept.append(span[:count])
        count -= len(kept[-1])
        if not count:
            break
    return kept
