"""What a program's output is made of, counted from its bytes: how it clears, colours and moves.

It is fed as output is read, in any pieces, and the counts are the same however it is cut: what may
go on in the next piece waits, up to `HELD_BYTES`. All searching is done by regular expressions in
C; of colours each group of sequences is one look-up. Nothing of the output is kept. A sequence
inside a string (a title) is none to a terminal either, for ESC ends the string.
"""

import re
from typing import Final, NamedTuple

from termlab.terminal.pyte_style import PLAIN_PEN, Pen, apply_sgr

# The longest start of a sequence, or group of them, that waits for its rest; longer ones are cut.
HELD_BYTES: Final = 256
# Pens and steps between them that are remembered; beyond that all are learned anew.
MAX_STEPS: Final = 4096

_PEN: Final = re.compile(rb"\x1b\[([0-9;:]*)m")
_ONE_COLOUR: Final = re.compile(
    rb"([34]8);(5;[1-9]?[0-9]|2;[1-9]?[0-9]{1,2};[1-9]?[0-9]{1,2};[1-9]?[0-9]{1,2})"
)
# A pen of which nothing is known.
_UNKNOWN: Final = Pen(frozenset((-1,)), -1, "?", "?", "?")
_HOME: Final = rb"\x1b\[(?:0*1?(?:;0*1?)?)?[Hf]"
_ERASE: Final = rb"\x1b\[[0-3]?J"
_WIPES: Final = rb"(?:\x1bc|" + _HOME + rb"|" + _ERASE + rb")"
# At the end of a piece: what is judged together, colours aside, and the start of a sequence.
_UNFINISHED: Final = re.compile(
    rb"(?:" + _WIPES + rb"(?:" + _WIPES + rb"|\x1b\[[0-9;:]*m)*)?(?:\x1b(?:\[[0-?]*[ -/]*)?)?\Z"
)
_WHOLE: Final = re.compile(_WIPES + rb"|\x1b\[[0-9;:]*m")
# Where the cursor is put: the four directions, lines, columns, a place, back to where it was.
_MOVES: Final = re.compile(rb"\x1b(?:\[[0-9;]*[A-Hadef`]|[78])")
# What erases the whole screen, and whatever of the same belongs to it: `clear` says three.
_CLEAR: Final = rb"(?:\x1b\[2J|\x1bc|" + _HOME + rb"\x1b\[0?J)" + _WIPES + rb"*"
_SYNC: Final = rb"\x1b\[\?[0-9;]*[hl]"
_SCENES: Final = re.compile(rb"(" + _SYNC + rb")|" + _CLEAR)
_ALTERNATE: Final = frozenset((b"47", b"1047", b"1049"))
_SYNC_MODE: Final = re.compile(rb"\x1b\[\?(?:[0-9;]*;)?2026[;hl]")


class ByteCounts(NamedTuple):
    """Since the census began. A clear is ``unsynced`` outside of synchronised output (mode 2026);
    entering the alternate screen is none, and has a count of its own. A colour change is redundant
    where the pen is the same behind it, or behind all that stand together with it. Of ``skimmed``
    bytes neither moves nor colours were counted."""

    bytes: int = 0
    sync_frames: int = 0
    full_clears: int = 0
    full_clears_unsynced: int = 0
    cursor_moves: int = 0
    colour_changes: int = 0
    colour_changes_redundant: int = 0
    alternate_screens: int = 0
    skimmed: int = 0


class Census:
    """One stream's."""

    def __init__(self) -> None:
        self._bytes = self._frames = self._clears = self._unsynced = 0
        self._moves = self._colours = self._redundant = self._alternates = self._skimmed = 0
        self._held = b""
        self._synchronised = False
        self._pen = self._pen_before = 0  # now, and before the colours that stand together
        self._together = self._together_redundant = 0
        self._pens: list[Pen] = [PLAIN_PEN]
        self._numbers: dict[Pen, int] = {PLAIN_PEN: 0}
        # A pen and the parameters of one change: the pen behind it.
        self._steps: dict[tuple[int, bytes], int] = {}

    def take(self, data: bytes) -> bytes:
        """The next piece: what of it, and of what waited, could be judged, without its colours."""
        data = self._whole(data)
        if b"\x1b" in data:
            return self._judge(data)
        self._end_of_colours(data)
        return data

    def skim(self, data: bytes) -> None:
        """The next piece of what comes too fast for more: its clears and frames alone."""
        self._skimmed += len(data)
        data = self._whole(data)
        self._end_of_colours(data)
        if _may_stage(data):
            self._staged(_PEN.sub(b"", data))
        # Whatever was set meanwhile: nothing is taken for the same until all is set anew.
        self._pen = self._pen_before = self._number(_UNKNOWN)

    def _whole(self, data: bytes) -> bytes:
        """What waited and the next piece, up to what waits for more."""
        self._bytes += len(data)
        if self._held:
            data = self._held + data
            self._held = b""
        if data.rfind(b"\x1b", -HELD_BYTES) >= 0:
            found = _UNFINISHED.search(data, max(len(data) - HELD_BYTES, 0))
            if found is not None:
                self._held, data = data[found.start() :], data[: found.start()]
        return data

    def settle(self) -> bytes:
        """The output pauses: what waited is judged, but for a sequence that has only begun; what
        could be judged, as by `take`."""
        last = max(self._held.rfind(b"\x1b"), 0)
        cut = len(self._held) if _WHOLE.fullmatch(self._held, last) else last
        data, self._held = self._held[:cut], self._held[cut:]
        return self._judge(data) if data else data

    def counts(self) -> ByteCounts:
        """What was judged; of ``bytes`` all that came."""
        together = self._pen == self._pen_before
        open_redundant = self._together if together else self._together_redundant
        return ByteCounts(
            self._bytes,
            self._frames,
            self._clears,
            self._unsynced,
            self._moves,
            self._colours,
            self._redundant + open_redundant,
            self._alternates,
            self._skimmed,
        )

    def _judge(self, data: bytes) -> bytes:
        """Whole sequences; what is left without the colours."""
        parts = _PEN.split(data)
        if len(parts) > 1:
            self._coloured(parts)
            data = b"".join(parts[::2])
        else:
            self._end_of_colours(data)
        if b"\x1b" in data:
            self._moves += len(_MOVES.findall(data))
            if _may_stage(data):
                self._staged(data)
        return data

    def _coloured(self, parts: list[bytes]) -> None:
        """Text, a change of colours, text, a change ... text. Written out, for it is what costs."""
        pen, before, steps = self._pen, self._pen_before, self._steps
        together, nothing, redundant = self._together, self._together_redundant, 0
        for text, change in zip(parts[::2], parts[1::2], strict=False):
            if text and together:
                redundant += together if pen == before else nothing
                together = nothing = 0
                before = pen
            after = steps.get((pen, change), -1)
            if after < 0:
                before, pen, after = self._learn(before, pen, change)
            together += 1
            if after == pen:
                nothing += 1
            pen = after
        self._pen, self._pen_before = pen, before
        self._together, self._together_redundant = together, nothing
        self._colours += len(parts) // 2
        self._redundant += redundant
        self._end_of_colours(parts[-1])

    def _end_of_colours(self, text: bytes) -> None:
        """Something else came: those that stood together are judged together."""
        if self._together and text:
            same = self._pen == self._pen_before
            self._redundant += self._together if same else self._together_redundant
            self._together = self._together_redundant = 0
            self._pen_before = self._pen

    def _learn(self, before: int, pen: int, change: bytes) -> tuple[int, int, int]:
        """The numbers of these pens, which may be others now, and of the pen behind a change."""
        first, last = self._pens[before], self._pens[pen]
        behind = _applied(last, change)
        if len(self._steps) >= MAX_STEPS:
            self._steps.clear()
            self._numbers.clear()
            self._pens.clear()
            before, pen = self._number(first), self._number(last)
        after = self._number(behind)
        if len(change) <= HELD_BYTES:
            self._steps[pen, change] = after
        return before, pen, after

    def _number(self, pen: Pen) -> int:
        number = self._numbers.setdefault(pen, len(self._pens))
        if number == len(self._pens):
            self._pens.append(pen)
        return number

    def _staged(self, data: bytes) -> None:
        """Clears, and what is synchronised, in their order."""
        for found in _SCENES.finditer(data):
            mode = found[1]
            if mode is None:
                self._clears += 1
                self._unsynced += not self._synchronised
            elif b"2026" in mode and _SYNC_MODE.match(mode):
                on = mode.endswith(b"h")
                self._frames += self._synchronised and not on
                self._synchronised = on
            elif mode.endswith(b"h") and not _ALTERNATE.isdisjoint(mode[3:-1].split(b";")):
                self._alternates += 1


def _may_stage(data: bytes) -> bool:
    """Whether `_SCENES` may be in it."""
    return b"J" in data or b"\x1b[?" in data or b"\x1bc" in data


def _applied(pen: Pen, change: bytes) -> Pen:
    """The pen behind a change; one colour by its number, of which programs set most, at once."""
    found = _ONE_COLOUR.fullmatch(change)
    if found is None:
        return apply_sgr(pen, change[:HELD_BYTES].decode("ascii"))
    colour = found[2].decode("ascii")
    if found[1] == b"38":
        return pen._replace(foreground=colour)
    return pen._replace(background=colour)
