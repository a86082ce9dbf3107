"""Handles that follow a row of a ghostty terminal through scrolling, reflow and the end of history.

The engine forgets a followed cell when the history limit drops its page. But where rows are erased
(``CSI 3 J``, which ``clear`` sends, or no history kept) it moves the cell to the first column of
the oldest row. So the second column is followed: found in the first of the oldest row, it is gone.
"""

from typing import Any, NamedTuple

from termlab.terminal.ghostty_lib import Library

FOLLOWED_COLUMN = 1


class _Follower(NamedTuple):
    ref: Any
    column: int


class Tracks:
    """The followed rows of one terminal, by handle; free them before the terminal."""

    def __init__(self, library: Library, terminal: Any) -> None:
        self._library = library
        self._lib = library.lib
        self._terminal = terminal
        self._followers: dict[int, _Follower] = {}
        self._handles = 0
        self._point = library.ffi.new("GhosttyPointCoordinate *")

    def track(self, row: int, cols: int) -> int:
        """A new handle; one for a row that is not there follows nothing."""
        self._handles += 1
        column = min(FOLLOWED_COLUMN, cols - 1)
        point = self._library.ffi.new("GhosttyPointS *")
        point.tag = self._lib.GHOSTTY_POINT_TAG_SCREEN
        point.value.x, point.value.y = column, max(row, 0)
        ref = self._library.ffi.new("GhosttyTrackedGridRef *")
        if not self._library.track(self._terminal, point[0], ref):
            self._followers[self._handles] = _Follower(ref[0], column)
        return self._handles

    def row(self, handle: int) -> int | None:
        """Where the row is now, counted from the oldest kept; None once it was dropped."""
        follower = self._followers.get(handle)
        if follower is None or not self._lib.ghostty_tracked_grid_ref_has_value(follower.ref):
            return None
        point = self._point
        if self._lib.ghostty_tracked_grid_ref_point(
            follower.ref, self._lib.GHOSTTY_POINT_TAG_SCREEN, point
        ):
            return None
        erased = follower.column and (point.x, point.y) == (0, 0)
        return None if erased else int(point.y)

    def untrack(self, handle: int) -> None:
        """Let go of a handle; unknown ones are ignored."""
        follower = self._followers.pop(handle, None)
        if follower is not None:
            self._lib.ghostty_tracked_grid_ref_free(follower.ref)

    def close(self) -> None:
        """Let go of all."""
        for handle in list(self._followers):
            self.untrack(handle)
