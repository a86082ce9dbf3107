"""Bytes of a child to text, controls and sequences: what pyte's own parser can't be trusted with.

pyte prints what it does not know (kitty graphics, sixel, ``CSI 4:3 m``), takes ``CSI > m`` for
``CSI m``, keeps strings without an end and fails on odd parameters. So nothing reaches it but
through here. Sequences may be cut anywhere; what is kept of an unfinished one is bounded.
"""

import codecs
import re
from collections.abc import Callable
from typing import Final, Protocol

MAX_PARAMETER_CHARS: Final = 256
MAX_STRING_CHARS: Final = 8192  # titles, directories, colours: no string used here is longer
MAX_NUMBER: Final = 9999

ESC: Final = "\x1b"
_CANCEL: Final = "\x18\x1a"
_TEXT: Final = re.compile(r"[^\x00-\x1f\x7f-\x9f]+")
_CSI: Final = re.compile(r"\x1b\[([<=>?]?)([0-9:;]{0,128})([ -/]{0,4})([@-~])")
_GATHERED: Final = re.compile(r"([<=>?]?)([0-9:;]*)([ -/]*)")
_STRING_END: Final = re.compile(r"[\x07\x18\x1a\x1b]")
_SWALLOW_END: Final = re.compile(r"[\x18\x1a\x1b]")


class Sink(Protocol):
    """What is told of a child's output. Nothing here may raise."""

    def text(self, text: str) -> None:
        """Characters to show: no controls among them."""

    def control(self, char: str) -> None:
        """A C0 control."""

    def escape(self, name: str) -> None:
        """``ESC name``: intermediate characters and the final one."""

    def csi(self, name: str, parameters: str) -> None:
        """``CSI``; ``name`` is prefix, intermediates and final (``?h``, ``!p``)."""

    def osc(self, text: str, end: str) -> None:
        """An operating system command and what ended it, for the answer to end alike."""


class Filter:
    """One child's output."""

    __slots__ = ("_decode", "_kept", "_sink", "_state", "_too_long")

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._state: Callable[[str, int], int] = self._ground
        self._kept = ""  # of an unfinished sequence
        self._too_long = False

    def feed(self, data: bytes | memoryview) -> None:
        """Tell the sink of all that is complete."""
        text = self._decode(bytes(data))
        position, end = 0, len(text)
        while position < end:
            position = self._state(text, position)

    def _ground(self, text: str, position: int) -> int:
        if match := _TEXT.match(text, position):
            self._sink.text(match[0])
            return match.end()
        if text[position] == ESC:
            if match := _CSI.match(text, position):
                prefix, parameters, intermediates, final = match.groups()
                self._sink.csi(prefix + intermediates + final, parameters)
                return match.end()
            self._begin(self._escape)
        elif text[position] < " ":
            self._sink.control(text[position])
        return position + 1

    def _begin(self, state: Callable[[str, int], int]) -> None:
        self._state = state
        self._kept = ""
        self._too_long = False

    def _escape(self, text: str, position: int) -> int:
        char = text[position]
        if char in "[]PX^_" and not self._kept:
            states = {"[": self._csi, "]": self._osc}
            self._begin(states.get(char, self._swallow))
        elif " " <= char < "0":
            self._keep(char, MAX_PARAMETER_CHARS)
        elif "0" <= char < "\x7f":
            self._state = self._ground
            if not self._too_long:
                self._sink.escape(self._kept + char)
        else:
            return self._inside(char, position)
        return position + 1

    def _csi(self, text: str, position: int) -> int:
        char = text[position]
        if " " <= char < "@":
            self._keep(char, MAX_PARAMETER_CHARS)
        elif "@" <= char < "\x7f":
            self._state = self._ground
            match = _GATHERED.fullmatch(self._kept)
            if match and not self._too_long:
                self._sink.csi(match[1] + match[3] + char, match[2])
        else:
            return self._inside(char, position)
        return position + 1

    def _inside(self, char: str, position: int) -> int:
        """A control within a sequence: most act as if they stood before it."""
        if char in _CANCEL:
            self._state = self._ground
        elif char == ESC:
            self._begin(self._escape)
        elif char < " ":
            self._sink.control(char)
        elif char > "\x9f":  # no part of any sequence
            self._state = self._ground
            return position
        return position + 1

    def _osc(self, text: str, position: int) -> int:
        match = _STRING_END.search(text, position)
        self._keep(text[position : match.start() if match else None], MAX_STRING_CHARS)
        if match is None:
            return len(text)
        self._state = self._ground
        kept, too_long = self._kept, self._too_long
        if match[0] == ESC:
            self._begin(self._escape)
        if match[0] not in _CANCEL and not too_long:
            self._sink.osc(kept, "\x1b\\" if match[0] == ESC else match[0])
        return match.end()

    def _swallow(self, text: str, position: int) -> int:
        """DCS, APC, PM, SOS: images and questions that are not for this engine."""
        match = _SWALLOW_END.search(text, position)
        if match is None:
            return len(text)
        self._begin(self._escape if match[0] == ESC else self._ground)
        return match.end()

    def _keep(self, more: str, limit: int) -> None:
        if len(self._kept) + len(more) > limit:
            self._too_long = True
        else:
            self._kept += more


def numbers(parameters: str) -> list[int]:
    """The numbers of a sequence, 0 where one is missing; of ``4:3`` the first."""
    if not parameters:
        return []
    return [number(part.partition(":")[0]) for part in parameters.split(";")]


def number(digits: str) -> int:
    return min(int(digits), MAX_NUMBER) if digits else 0
