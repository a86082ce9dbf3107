"""What a pane knows of its lines: directory, prompts, commands, when and how each of those ended.

Told by the marks that a shell puts into its output (OSC 133, 7, 51, 1337), each while the engine's
cursor stands where the mark did (`marks`). Commands on the screen are followed by the engine, those
in the history are `settled_lines`'. Nothing here is sure of what it is told: marks may come in any
order, twice, or from a program that means no good. On the alternate screen they mean nothing.

A prompt takes the rows from its own on: what was known of them, from before the screen was cleared
or drawn over, is forgotten then, and whatever was erased is left out when somebody asks.
"""

import struct
from collections import deque
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from termlab.terminal.arena import Persistent
from termlab.terminal.asked import Asked
from termlab.terminal.emulator import Emulator
from termlab.terminal.followed_lines import (
    END,
    INPUT,
    OUTPUT,
    PROMPT,
    Followed,
    OnScreen,
    stands,
)
from termlab.terminal.marks import Mark
from termlab.terminal.reported import local_path, prompt_path
from termlab.terminal.settled_lines import Place, Places, Settled

NO_STATUS: Final = -(1 << 31)
_NEVER: Final = -1.0
# More commands end in no turn but that of a script.
STATUSES: Final = 16
_KEPT: Final = struct.Struct("<idd")


class Command(NamedTuple):
    """A prompt and what was run at it. Places are as of now; one that is unknown is None. Times are
    those of the clock. Without ``output`` nothing was run, without ``end`` it runs (or nobody told
    that it ended)."""

    prompt: Place
    input: Place | None
    output: Place | None
    end: Place | None
    directory: str
    status: int | None
    started: float | None
    ended: float | None


class LineStats(NamedTuple):
    """``commands`` are kept now. ``taken`` marks, of them ``ignored`` ones, that said nothing here,
    and those whose status was no number. ``dropped``: there were too many commands. Asked: for
    commands of termlab's, by OSC 51;E (`asked.Asked`)."""

    commands: int
    taken: int
    ignored: int
    malformed: int
    dropped: int
    asked: int
    asked_waiting: int
    asked_refused: int
    asked_denied: int


class Lines:
    """Of one pane. ``directory`` is what its shell told last, "" if nothing."""

    def __init__(
        self,
        emulator: Emulator,
        persistent: Persistent,
        asked: Asked,
        host: str,
        clock: Callable[[], float],
    ) -> None:
        self.directory = ""
        self._moved = False
        self.finished = 0  # commands, and how the last of them ended
        self.statuses: deque[int | None] = deque(maxlen=STATUSES)
        self._told = True
        self.asked = asked
        self._emulator = emulator
        self._host = host
        self._clock = clock
        self._screen = OnScreen(emulator)
        self._settled = Settled(emulator, persistent)
        self._taken = self._ignored = self._malformed = 0

    # The pane's side

    def take_move(self) -> str:
        """The directory, if the shell has told one since the last call, else ""."""
        moved, self._moved = self._moved, False
        return self.directory if moved else ""

    def take_finished(self) -> bool:
        """Whether a command has ended since the last call."""
        told, self._told = self._told, True
        return not told

    def before_resize(self, cols: int) -> None:
        """The pane is about to be ``cols`` wide."""
        if cols != self._emulator.size.cols:
            self._screen.before_reflow()
            self._settled.before_reflow()

    def resized(self) -> None:
        """It is."""
        self._screen.reflowed()
        history, settled = self._emulator.history_rows(), self._settled
        # What came back from the history can change again.
        while (last := settled.last_row()) is not None and last >= history:
            settled.refresh()
            if not (count := len(settled)):
                break
            places, kept = settled.places(count - 1), settled.data(count - 1)
            self._screen.put_back(_unpack(kept), places)
            settled.cut(count - 1)

    # What is asked

    def commands(self) -> Iterator[Command]:
        """All that are on the screen and in the history, the newest first. Nothing may be fed
        before the last one was taken."""
        if not self._look():
            return
        below = self._emulator.history_rows() + self._emulator.size.rows
        for entry in reversed(self._screen):
            if (places := self._screen.places(entry, below)) is not None:
                command = _command(places, below, _pack(entry))
                below = command.prompt.row
                yield command
        for index in range(len(self._settled) - 1, -1, -1):
            command = _command(self._settled.places(index), below, self._settled.data(index))
            below = command.prompt.row
            yield command

    def prompt_above(self, row: int) -> int | None:
        """The row of the nearest prompt above ``row``."""
        if not self._look():
            return None
        above = [each for each in self._screen.rows() if each < row]
        if above:
            return above[-1]
        index = self._settled.first_at(row)
        return self._settled_row(index - 1) if index else None

    def prompt_below(self, row: int) -> int | None:
        """The row of the nearest prompt below ``row``."""
        if not self._look():
            return None
        index = self._settled.first_at(row + 1)
        if index < len(self._settled):
            return self._settled_row(index)
        return next((each for each in self._screen.rows() if each > row), None)

    def stats(self) -> LineStats:
        return LineStats(
            commands=len(self._screen) + len(self._settled),
            taken=self._taken,
            ignored=self._ignored,
            malformed=self._malformed,
            dropped=self._settled.dropped,
            asked=self.asked.asked,
            asked_waiting=len(self.asked),
            asked_refused=self.asked.refused,
            asked_denied=self.asked.denied,
        )

    def take(self, mark: Mark) -> None:
        """The engine's cursor stands where this mark did."""
        self._taken += 1
        if mark.kind == b"133":
            self._shell(mark.value)
        elif mark.kind != b"51":
            self._go(local_path(mark.value, self._host))
        elif mark.value[:1] == b"A":
            self._go(prompt_path(mark.value[1:], self._host))
            self._prompted()
        elif mark.value[:1] == b"E":
            self.asked.put(mark.value[1:], self._settled.generation)
        else:
            self._ignored += 1

    def _go(self, path: str | None) -> None:
        """The shell is in a directory; None: one that can't be, or is on another machine."""
        if path is None:
            self._ignored += 1
            return
        self.directory, self._moved = path, True
        newest = self._screen.newest
        if newest is not None and not newest.started_one:
            newest.directory = path

    def _shell(self, value: bytes) -> None:
        kind, _, options = value.partition(b";")
        found = self._emulator.cursor_place()
        second = kind == b"A" and b"k=s" in options.split(b";")  # the second line of a command
        if found is None or second or kind not in (b"A", b"B", b"C", b"D"):
            self._ignored += 1
            return
        place = Place(*found)
        if kind == b"A":
            self._begin(place, marked=True)
        elif kind == b"B":
            self._input(place)
        elif kind == b"C":
            self._output(place)
        else:
            self._done(place, options)

    def _begin(self, place: Place, marked: bool) -> None:
        """A prompt begins; what was under way has ended, though nobody said so."""
        self._finish(place, None)
        self._screen.begin(Followed(self.directory, marked), place)
        if len(self._screen) == 1 and len(self._settled):
            self._settled.refresh()
            self._settled.cut(self._settled.first_at(place.row))
        while (found := self._screen.take_settled()) is not None:
            entry, places = found
            self._settled.add(places, _pack(entry))

    def _input(self, place: Place) -> None:
        """The prompt ends, and what is typed at it begins."""
        newest = self._screen.newest
        if newest is None or newest.started_one:
            self._begin(place, marked=False)
            newest = self._screen.newest
        if newest is not None:
            self._screen.hold(newest, INPUT, place)

    def _output(self, place: Place) -> None:
        """A command starts."""
        newest = self._screen.newest
        if newest is not None and newest.runs:
            self._ignored += 1
            return
        if newest is None or newest.started_one:
            self._begin(place, marked=False)
            newest = self._screen.newest
        if newest is not None:
            self._screen.hold(newest, OUTPUT, place)
            newest.started = self._clock()

    def _done(self, place: Place, options: bytes) -> None:
        """A command has ended."""
        status = _status(options)
        if status is None and options:
            self._malformed += 1
        if not self._finish(place, status):
            self._ignored += 1

    def _finish(self, place: Place, status: int | None) -> bool:
        """The command under way has ended; False if none is."""
        newest = self._screen.newest
        if newest is None or not newest.runs:
            return False
        self._screen.hold(newest, END, place)
        newest.status, newest.ended = status, self._clock()
        self.finished += 1
        self.statuses.append(status)
        self._told = False
        return True

    def _prompted(self) -> None:
        """OSC 51;A stands where a prompt ends; some shells send nothing else."""
        found = self._emulator.cursor_place()
        if found is None:
            return
        newest = self._screen.newest
        typed = None if newest is None else self._screen.row(newest, INPUT)
        if newest is None or newest.started_one or typed not in (None, found[0]):
            self._begin(Place(found[0], 0), marked=False)
        self._input(Place(*found))

    # What is left

    def _look(self) -> bool:
        """Forget what is not there any more. False on the alternate screen: it has no lines."""
        emulator = self._emulator
        if emulator.cursor_place() is None:
            return False
        self._screen.forget_erased()
        self._settled.refresh()
        while count := len(self._settled):
            row = self._settled_row(count - 1)
            if row < emulator.history_rows() or stands(emulator, row, marked=False):
                break
            self._settled.cut(count - 1)
        return True

    def _settled_row(self, index: int) -> int:
        place = self._settled.places(index)[PROMPT]
        return place.row if place is not None else 0


def _pack(entry: Followed) -> bytes:
    """What is kept of a command beside its places."""
    status = NO_STATUS if entry.status is None else entry.status
    started = _NEVER if entry.started is None else entry.started
    ended = _NEVER if entry.ended is None else entry.ended
    return _KEPT.pack(status, started, ended) + entry.directory.encode("utf-8", "replace")


def _unpack(kept: bytes) -> Followed:
    """The same as it was."""
    command = _command((None, None, None, None), 0, kept)
    entry = Followed(command.directory, marked=False)
    entry.status, entry.started, entry.ended = command.status, command.started, command.ended
    return entry


def _command(places: Places, below: int, kept: bytes) -> Command:
    """The next prompt is in row ``below``: what was drawn over by that has no rows there."""
    status, started, ended = _KEPT.unpack_from(kept)
    end = Place(below, 0)
    typed, output, ended_at = (place and min(place, end) for place in places[INPUT:])
    return Command(
        places[PROMPT] or Place(0, 0),
        typed,
        output,
        ended_at,
        kept[_KEPT.size :].decode("utf-8", "replace"),
        None if status == NO_STATUS else status,
        None if started == _NEVER else started,
        None if ended == _NEVER else ended,
    )


def _status(options: bytes) -> int | None:
    """An exit status as programs have them; None if none was told, or no such one."""
    told = options.partition(b";")[0]
    return int(told) if told.isdigit() and len(told) <= 10 and int(told) < 1 << 31 else None
