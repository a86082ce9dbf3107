"""Sessions, windows and panes as the server holds them: who belongs to whom, and in which order.

Nothing here starts, ends or draws anything. Ids grow and never come back.
"""

from collections.abc import Callable, Iterator

from termlab.model.dock import Dock
from termlab.model.geometry import Rect, Size
from termlab.model.layout import Arrangement, Leaf, Node, arrange, panes_of
from termlab.model.layout_edit import remove_pane, rename_panes
from termlab.server.pane import Pane


class Window:
    """A layout of panes. ``active`` is the pane focused last by anybody."""

    def __init__(self, number: int, index: int, pane: Pane, cols: int, rows: int) -> None:
        self.id = number
        self.index = index
        self.name = ""  # "": the command in front
        self.tree: Node = Leaf(pane.id)
        self.panes = {pane.id: pane}
        self.active = pane.id
        self.zoomed = False
        self.synchronised = False  # keys go to all its panes
        self.preset = ""  # the named layout applied last
        self.earlier: Node | None = None  # the tree before that
        self.bell = False
        self.cols = cols
        self.rows = rows
        self.fixed: Size | None = None  # it has this size, whoever shows it
        self._recent: list[int] = []  # the panes focused before the active one, the last at the end
        self._arranged: tuple[tuple[Node, int, int, int, bool], Arrangement] | None = None

    def label(self) -> str:
        """The name a person reads."""
        return self.name or self.panes[self.active].command or "window"

    def arrangement(self) -> Arrangement:
        """Where its panes stand: asked for with every key and frame, computed on a change."""
        inputs = (self.tree, self.cols, self.rows, self.active, self.zoomed)
        if self._arranged is None or self._arranged[0] != inputs:
            self._arranged = (inputs, arrange(*inputs))
        return self._arranged[1]

    @property
    def only_active_shows(self) -> bool:
        """Whether the active pane has the whole window: zoomed, or there is no room for all."""
        return len(self.panes) == 1 or self.zoomed or self.arrangement().hidden > 0

    def rects(self) -> dict[int, Rect]:
        return self.arrangement().panes

    def ordered(self) -> list[Pane]:
        """Its panes in layout order."""
        return [self.panes[pane] for pane in panes_of(self.tree)]

    def focus(self, pane: int) -> None:
        """Make ``pane`` the active one; another one than the zoomed ends the zoom."""
        if pane != self.active:
            self._recent = [each for each in self._recent if each != pane] + [self.active]
            self.active = pane
            self.zoomed = False

    @property
    def last_active(self) -> int | None:
        """The pane focused before the active one, of those still there."""
        return self._recent[-1] if self._recent else None

    def place(self, pane: Pane, tree: Node) -> None:
        """Take a pane in, where ``tree`` has it."""
        self.tree = tree
        self.panes[pane.id] = pane
        self.zoomed = False

    def take_out(self, pane: int) -> bool:
        """Let go of a pane, the focus to the one focused before it; False if it is the last."""
        tree = remove_pane(self.tree, pane)
        if tree is None:
            return False
        self.tree = tree
        del self.panes[pane]
        self._recent = [each for each in self._recent if each != pane]
        self.zoomed = self.zoomed and len(self.panes) > 1
        if self.active == pane:
            self.zoomed = False
            self.active = self._recent.pop() if self._recent else next(panes_of(tree))
        return True

    def exchange(self, pane: int, other: Pane) -> None:
        """Let a pane of another window have the place and the focus of ``pane``."""
        self.tree = rename_panes(self.tree, {pane: other.id})
        del self.panes[pane]
        self.panes[other.id] = other
        self._recent = [other.id if each == pane else each for each in self._recent]
        self.active = other.id if self.active == pane else self.active
        self.zoomed = False


class Session:
    """Windows under a name. ``current`` is the window shown last by anybody."""

    def __init__(self, number: int, name: str, window: Window, created_at: float) -> None:
        self.id = number
        self.name = name
        self.windows = [window]
        self.current = window
        self.last: Window | None = None
        self.dock: Dock | None = None  # as somebody had it last
        self.created_at = created_at
        self.used_at = created_at
        # The last word, the exit code, and a report, for those whom its end lets go.
        self.farewell: Callable[[], tuple[str, int, str]] = lambda: ("[exited]", 0, "")

    def show(self, window: Window) -> None:
        """Make ``window`` the current one."""
        if window is not self.current:
            self.last = self.current
            self.current = window

    def free_index(self) -> int:
        """The lowest index no window has."""
        taken = {window.index for window in self.windows}
        return next(i for i in range(len(taken) + 1) if i not in taken)

    def add(self, window: Window) -> None:
        self.windows.append(window)
        self.windows.sort(key=lambda each: each.index)

    def after_removal(self, window: Window) -> Window:
        """The window to show when ``window`` goes: the last one shown, else a neighbour."""
        rest = [each for each in self.windows if each is not window]
        if self.last in rest and self.last is not None:
            return self.last
        return min(rest, key=lambda each: (abs(each.index - window.index), each.index))

    def remove(self, window: Window) -> Window:
        """Take a window out, never the only one: the window to show in its place."""
        follow = self.after_removal(window)
        self.windows.remove(window)
        if self.current is window:
            self.current = follow
        if self.last in (window, self.current):
            self.last = None
        return follow


class Sessions:
    """All of them, in the order they were made."""

    def __init__(self) -> None:
        self.all: dict[int, Session] = {}
        self._ids = {"session": 0, "window": 0, "pane": 0, "client": 0}

    def next_id(self, kind: str) -> int:
        self._ids[kind] += 1
        return self._ids[kind] - 1

    def named(self, name: str) -> Session | None:
        return next((each for each in self.all.values() if each.name == name), None)

    def free_name(self) -> str:
        """The lowest number no session has for a name, as in tmux."""
        names = {session.name for session in self.all.values()}
        return next(str(i) for i in range(len(names) + 1) if str(i) not in names)

    def latest(self) -> Session | None:
        """The session used last."""
        return max(self.all.values(), key=lambda each: each.used_at, default=None)

    def windows(self) -> Iterator[tuple[Session, Window]]:
        for session in self.all.values():
            for window in session.windows:
                yield session, window

    def panes(self) -> Iterator[tuple[Session, Window, Pane]]:
        for session, window in self.windows():
            for pane in window.ordered():
                yield session, window, pane

    def where(self, pane: Pane) -> tuple[Session, Window] | None:
        """The session and window a pane is in; None once it was removed."""
        for session, window in self.windows():
            if window.panes.get(pane.id) is pane:
                return session, window
        return None
