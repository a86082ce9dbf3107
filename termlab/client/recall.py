"""Going back through a prompt's history: line by line, or by what a line has in it. Pure."""

from collections.abc import Sequence


class Recall:
    """One line's. ``lines`` are the history, the newest last; ``draft`` is what was typed."""

    def __init__(self, lines: Sequence[str] = ()) -> None:
        self._lines = lines
        self._at = len(lines)
        self._draft = ""
        self.pattern: str | None = None  # what is searched for, while it is
        self.found = True

    @property
    def searching(self) -> bool:
        return self.pattern is not None

    def step(self, text: str, by: int) -> str | None:
        """The line before or after the one shown; None where there is none. What was typed is
        the newest of all."""
        to = self._at + by
        if not 0 <= to <= len(self._lines):
            return None
        if self._at == len(self._lines):
            self._draft = text
        self._at = to
        return self._draft if to == len(self._lines) else self._lines[to]

    def search(self, text: str) -> str | None:
        """Search backwards: begin, or go on to an older line; the line found."""
        if self.pattern is None:
            self.pattern, self.found = "", True
            if self._at == len(self._lines):
                self._draft = text
            return None
        return self._look(self._at - 1) if self.pattern else None

    def narrow(self, pattern: str) -> str | None:
        """Search for another text, from the newest line on; the line found."""
        self.pattern = pattern
        return self._look(len(self._lines) - 1) if pattern else None

    def accept(self) -> None:
        """The line found is the one to be edited."""
        self.pattern = None

    def cancel(self) -> str:
        """What was typed before the search."""
        self.pattern, self._at = None, len(self._lines)
        return self._draft

    def _look(self, start: int) -> str | None:
        assert self.pattern is not None
        for at in range(start, -1, -1):
            if self.pattern in self._lines[at]:
                self._at, self.found = at, True
                return self._lines[at]
        self.found = False
        return None
