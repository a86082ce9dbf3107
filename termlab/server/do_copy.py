"""Commands of copy mode: they act on the focused pane's view; without one they do nothing."""

from collections.abc import Callable
from typing import Final

from termlab.commands.parse import Call
from termlab.server import motions
from termlab.server.caller import Caller
from termlab.server.copies import keep
from termlab.server.motions import Spot
from termlab.server.view import LINE_END, View

Act = Callable[[View], None]
# Words are looked for so far: further, a turn would be felt by others.
NEAR_ROWS: Final = 200


def acting(act: Act) -> Callable[[Caller, Call], str]:
    """A command that does ``act`` to the view; a search under way ends with it."""

    def perform(caller: Caller, call: Call) -> str:
        attachment = caller.screen()
        view = attachment.views.get(attachment.focused().id)
        if view is not None:
            view.still()
            act(view)
            attachment.state_changed()
        return ""

    return perform


def _in_line(column_of: Callable[[View, Spot], int]) -> Act:
    def act(view: View) -> None:
        spot = view.spot
        view.go(Spot(spot.row, column_of(view, spot)))

    return act


def _to_view_row(row_of: Callable[[int], int]) -> Act:
    """To a row of what is shown; ``row_of`` gets how many those are."""
    return lambda view: view.go(Spot(view.top + row_of(view.pane.emulator.size.rows), view.x))


def _right(view: View, spot: Spot) -> int:
    line, column = view.read(spot.row), spot.column + 1
    while column < len(line) and not line[column]:
        column += 1
    return column if column < len(line) or view.kind == "block" else spot.column


def _far(view: View, spot: Spot) -> int:
    return min(spot.row + NEAR_ROWS, view.last_row)


def _next_word(view: View) -> None:
    spot = view.spot
    view.go(motions.next_word(view.read, spot, _far(view, spot), view.wraps))


def _next_word_end(view: View) -> None:
    spot = view.spot
    view.go(motions.next_word_end(view.read, spot, _far(view, spot), view.wraps))


def _previous_word(view: View) -> None:
    spot = view.spot
    nearest = max(spot.row - NEAR_ROWS, 0)
    view.go(motions.previous_word(view.read, spot, nearest, view.wraps))


def select_word(view: View) -> None:
    """Select the word at the cursor."""
    spot = view.spot
    first, last = motions.word_at(view.read, spot, view.wraps)
    view.mark(first, "char")
    view.go(last)


ACTS: Final[dict[str, Act]] = {
    "cursor-up": lambda view: view.step(-1),
    "cursor-down": lambda view: view.step(1),
    "cursor-left": _in_line(lambda view, spot: spot.column - 1),
    "cursor-right": _in_line(_right),
    "start-of-line": _in_line(lambda view, spot: 0),
    "end-of-line": _in_line(lambda view, spot: LINE_END),
    "back-to-indentation": _in_line(lambda view, spot: motions.indent_of(view.read(spot.row))),
    "next-word": _next_word,
    "next-word-end": _next_word_end,
    "previous-word": _previous_word,
    "top-line": _to_view_row(lambda rows: 0),
    "middle-line": _to_view_row(lambda rows: (rows - 1) // 2),
    "bottom-line": _to_view_row(lambda rows: rows - 1),
    "history-top": lambda view: view.go(Spot(0, view.x)),
    "history-bottom": lambda view: view.go(Spot(view.last_row, view.x)),
    "begin-selection": lambda view: view.select("char"),
    "select-line": lambda view: view.select("line"),
    "select-block": lambda view: view.select("block"),
    "select-word": select_word,
    "other-end": View.other_end,
    "clear-selection": View.deselect,
}


def copy_selection(caller: Caller, call: Call) -> str:
    attachment = caller.screen()
    pane = attachment.focused()
    view = attachment.views.get(pane.id)
    if view is not None:
        text = view.selected_text()
        attachment.leave_view(pane)
        attachment.state_changed()
        keep(caller.server, attachment, text)
    return ""
