"""The segments of the status row: a table of small functions by name, each a few runs or none.

`model.status_row` has their names and what each shows. Pure, as the rest of the frame is.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final, NamedTuple

from termlab.client.chrome import ALERT, CURRENT, SESSION, SYNC, WIDE_COLS, Scroll
from termlab.client.style import DIM, PLAIN, Line, Run, fit
from termlab.client.width import clip_text, printable
from termlab.model.dock import MIN_COLS, MIN_ROWS, dock_cols
from termlab.model.layout import Arrangement
from termlab.model.state import PaneInfo, State
from termlab.model.status_row import LEFT, RIGHT, quoted

_GAP: Final = Run(" ", PLAIN)
LAB: Final = " lab "


class Moment(NamedTuple):
    """What a segment may look at. ``cols`` is the whole row's."""

    state: State
    placed: Arrangement
    cols: int
    scroll: Scroll | None

    @property
    def wide(self) -> bool:
        """Whether there is room for a sentence."""
        return self.cols >= WIDE_COLS

    @property
    def focused(self) -> PaneInfo | None:
        view = self.state.view
        return next((pane for pane in view.panes if pane.id == view.active), None)


def status(
    state: State,
    placed: Arrangement,
    cols: int,
    scroll: Scroll | None,
    left: Iterable[str] = LEFT,
    right: Iterable[str] = RIGHT,
) -> Line:
    """The status row, of these segments; a name that is none shows nothing."""
    moment = Moment(state, placed, cols, scroll)
    return fit(_runs(left, moment), _runs(right, moment), cols)


def _runs(names: Iterable[str], moment: Moment) -> Line:
    return tuple(run for name in names for run in _segment(name, moment))


def _segment(name: str, moment: Moment) -> Line:
    text = quoted(name)
    if text is not None:
        return (Run(f" {printable(text)} ", PLAIN),)
    draw = DRAWN.get(name)
    return draw(moment) if draw is not None else ()


def _session(moment: Moment) -> Line:
    return (Run(f" {printable(moment.state.session)} ", SESSION), _GAP)


def _windows(moment: Moment) -> Line:
    runs: list[Run] = []
    for tab in moment.state.tabs:
        marks = ("*" if tab.current else "-" if tab.last else "") + ("Z" if tab.zoomed else "")
        style = CURRENT if tab.current else ALERT if tab.bell else PLAIN
        runs += [Run(f"{tab.index}:{printable(tab.name)}{marks}", style, tab.id), _GAP]
    return tuple(runs)


def _sync(moment: Moment) -> Line:
    if not moment.state.view.synchronised:
        return ()
    count = sum(not pane.ended for pane in moment.state.view.panes)
    panes = "1 pane" if count == 1 else f"all {count} panes"
    return (Run(f"{SYNC}keys go to {panes} " if moment.wide else SYNC, ALERT),)


def _hidden(moment: Moment) -> Line:
    count = moment.placed.hidden
    if not count:
        return ()
    panes = "pane" if count == 1 else "panes"
    words = f"{panes} hidden: window too small" if moment.wide else "hidden"
    return (Run(f" {count} {words} ", ALERT),)


def _ended(moment: Moment) -> Line:
    focused = moment.focused
    if focused is None or not focused.ended:
        return ()
    closing = "" if moment.state.read_only or not moment.wide else " · Enter closes"
    return (Run(f" {focused.ended}{closing} ", ALERT),)


def _read_only(moment: Moment) -> Line:
    return (Run(" read-only ", ALERT),) if moment.state.read_only else ()


def _engine(moment: Moment) -> Line:
    engine = moment.state.engine
    return (Run(f" degraded: {printable(engine)} ", ALERT),) if engine else ()


def _scroll(moment: Moment) -> Line:
    scroll = moment.scroll
    if scroll is None:
        return ()
    note = f" {printable(scroll.note)} " if scroll.note else ""
    return (Run(f"{note} {scroll.history - scroll.above}/{scroll.history} ", ALERT),)


def _zoom(moment: Moment) -> Line:
    return (Run(" zoomed ", PLAIN),) if moment.state.view.zoomed else ()


def _title(moment: Moment) -> Line:
    """Of a pane without a line of its own; where it is scrolled back that is what matters."""
    focused = moment.focused
    alone = moment.scroll is None and not moment.placed.titles
    if not alone or focused is None or not focused.title.strip():
        return ()
    return (Run(clip_text(f" {printable(focused.title)}", moment.cols // 2), DIM),)


def _command(moment: Moment) -> Line:
    focused = moment.focused
    return (Run(f" {printable(focused.command)} ", PLAIN),) if focused and focused.command else ()


def _lab(moment: Moment) -> Line:
    """A press shows the lab dock, or hides it; nothing where none has room."""
    dock = moment.state.dock
    if not dock_cols(dock or MIN_COLS, moment.cols, MIN_ROWS):
        return ()
    return (Run(LAB, CURRENT if dock else DIM, command=("toggle-dock",)),)


DRAWN: Final[Mapping[str, Callable[[Moment], Line]]] = {
    "session": _session,
    "windows": _windows,
    "sync": _sync,
    "hidden": _hidden,
    "ended": _ended,
    "read-only": _read_only,
    "engine": _engine,
    "scroll": _scroll,
    "zoom": _zoom,
    "title": _title,
    "command": _command,
    "lab": _lab,
}
