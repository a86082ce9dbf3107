"""The commands on a pane's screen: each with its places, which the engine follows.

Few at a time: an engine reflows the slower the more it follows. Those whose rows can't change any
more are `settled_lines`'.
"""

from collections import deque
from collections.abc import Iterator
from typing import Final

from termlab.terminal.emulator import Emulator
from termlab.terminal.settled_lines import Place, Places

PROMPT, INPUT, OUTPUT, END = range(4)
# As many as a usual screen has rows.
MAX_FOLLOWED: Final = 64


class Followed:
    """A command: a handle and a column of each place. ``marked``: the engine knows its prompt."""

    __slots__ = ("directory", "ended", "held", "marked", "started", "status")

    def __init__(self, directory: str, marked: bool) -> None:
        self.directory = directory
        self.marked = marked
        self.held: list[tuple[int, int] | None] = [None, None, None, None]
        self.status: int | None = None
        self.started: float | None = None
        self.ended: float | None = None

    @property
    def started_one(self) -> bool:
        """Whether anything was run at its prompt."""
        return self.held[OUTPUT] is not None

    @property
    def runs(self) -> bool:
        """Whether that goes on, as far as anybody told."""
        return self.held[OUTPUT] is not None and self.held[END] is None


class OnScreen:
    """Those of one pane, oldest first."""

    def __init__(self, emulator: Emulator) -> None:
        self._emulator = emulator
        self._all: deque[Followed] = deque()
        self._at_cursor: list[tuple[Followed, int]] = []

    def __len__(self) -> int:
        return len(self._all)

    def __reversed__(self) -> Iterator[Followed]:
        return reversed(self._all)

    @property
    def newest(self) -> Followed | None:
        return self._all[-1] if self._all else None

    def begin(self, entry: Followed, place: Place) -> None:
        """The newest: what was known of its row and those below it is no more."""
        while self._all:
            row = self.row(self._all[-1], PROMPT)
            if row is not None and row < place.row:
                break
            self._let_go(self._all.pop())
        self._all.append(entry)
        self.hold(entry, PROMPT, place)

    def put_back(self, entry: Followed, places: Places) -> None:
        """The oldest, again."""
        self._all.appendleft(entry)
        for which, place in enumerate(places):
            if place is not None:
                self.hold(entry, which, place)
        if (prompt := places[PROMPT]) is not None:
            entry.marked = self._emulator.prompt_at(prompt.row)

    def hold(self, entry: Followed, which: int, place: Place) -> None:
        """One of its places is here; one in the row of the prompt is followed with that."""
        old, prompt = entry.held[which], entry.held[PROMPT]
        if old is not None and old[0] not in self._others(entry, which):
            self._emulator.untrack(old[0])
        if which == INPUT and prompt is not None and self.row(entry, PROMPT) == place.row:
            entry.held[which] = prompt[0], place.column
        else:
            entry.held[which] = self._emulator.track(place.row), place.column

    def row(self, entry: Followed, which: int) -> int | None:
        """The row of one of its places now."""
        held = entry.held[which]
        return None if held is None else self._emulator.tracked_row(held[0])

    def rows(self) -> list[int]:
        """Of all prompts."""
        found = (self.row(entry, PROMPT) for entry in self._all)
        return [row for row in found if row is not None]

    def places(self, entry: Followed, below: int) -> Places | None:
        """Where it is now, between its prompt and the next one, in row ``below``; None once its
        prompt is gone."""
        cols, found = self._emulator.size.cols, list[Place | None]()
        first = self.row(entry, PROMPT)
        if first is None:
            return None
        for which, held in enumerate(entry.held):
            row = self.row(entry, which)
            if row is None or held is None:
                found.append(None)
            else:  # a row that wrapped since has its later columns in the next
                place = Place(row + held[1] // cols, held[1] % cols)
                found.append(max(min(place, Place(below, 0)), Place(first, 0)))
        return tuple(found)

    def take_settled(self) -> tuple[Followed, Places] | None:
        """The oldest, if it can't change any more or there are too many: it is not followed now."""
        while len(self._all) > 1:
            entry = self._all[0]
            below = self.row(self._all[1], PROMPT) or 0
            if below >= self._emulator.history_rows() and len(self._all) <= MAX_FOLLOWED:
                return None
            places = self.places(entry, below)
            first = self.row(entry, PROMPT)
            self._let_go(self._all.popleft())
            if places is not None and first is not None and self._stands(entry, first):
                return entry, places
        return None

    def before_reflow(self) -> None:
        """The width is about to change. A row with nothing in it the engine may move elsewhere, but
        for the cursor's: so what is in that goes by the cursor."""
        found = self._emulator.cursor_place()
        if found is None:
            return
        self.forget_erased()
        for entry in self._all:
            for which, held in enumerate(entry.held):
                if held is not None and self.row(entry, which) == found[0]:
                    self._at_cursor.append((entry, which))

    def reflowed(self) -> None:
        """It has."""
        found = self._emulator.cursor_place()
        for entry, which in self._at_cursor:
            held = entry.held[which]
            if found is not None and held is not None and held[1] == 0 and which != PROMPT:
                self.hold(entry, which, Place(found[0], 0))
        self._at_cursor.clear()
        for entry in self._all:
            row = self.row(entry, PROMPT)
            # Behind a row that is full, the engine forgets that a prompt stands there.
            entry.marked = entry.marked and row is not None and self._emulator.prompt_at(row)

    def forget_erased(self) -> None:
        """Whatever erased a prompt, its command goes with it."""
        kept = deque[Followed]()
        for entry in self._all:
            row = self.row(entry, PROMPT)
            if row is not None and self._stands(entry, row):
                kept.append(entry)
            else:
                self._let_go(entry)
        self._all = kept

    def _stands(self, entry: Followed, row: int) -> bool:
        """Nothing may be there yet while the prompt is being drawn."""
        return entry.held[INPUT] is None or stands(self._emulator, row, entry.marked)

    def _others(self, entry: Followed, which: int) -> list[int]:
        return [held[0] for at, held in enumerate(entry.held) if held is not None and at != which]

    def _let_go(self, entry: Followed) -> None:
        for handle in {held[0] for held in entry.held if held is not None}:
            self._emulator.untrack(handle)


def stands(emulator: Emulator, row: int, marked: bool) -> bool:
    """Whether a prompt is still to be seen in a row: there is anything and, where the engine was
    told of the prompt, it knows of it still."""
    if marked and "prompt rows" not in emulator.lacks and not emulator.prompt_at(row):
        return False
    return any(emulator.text_at(row, 1))
