"""Commands about a pane's prompts and what was run at them, as its shell has marked them."""

import time
from collections.abc import Callable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Final

from termlab.commands.parse import Call
from termlab.errors import UsageError
from termlab.model.listing import CommandListing
from termlab.server.caller import Caller
from termlab.server.motions import Spot
from termlab.server.pane import Pane
from termlab.server.selection import MAX_ROWS
from termlab.server.view import LINE_END, View
from termlab.wire.jsontext import to_json

if TYPE_CHECKING:
    from termlab.terminal.lines import Command, Lines

DEFAULT_COUNT: Final = 100
MAX_COUNT: Final = 10_000
# A command line that wrapped more often is told in part.
MAX_COMMAND_ROWS: Final = 50
MAX_COMMAND_CHARS: Final = 4096


def jump(find: Callable[["Lines", int], int | None], where: str) -> Callable[[Caller, Call], str]:
    """A command that puts the copy cursor on a prompt; it opens copy mode."""

    def perform(caller: Caller, call: Call) -> str:
        attachment = caller.screen()
        pane = attachment.focused()
        lines = _lines(pane)
        view = attachment.view_of(pane)
        view.still()
        row = find(lines, view.top + view.y)
        if row is not None:
            view.go(Spot(row, 0))
        attachment.state_changed()
        if row is None:
            raise UsageError(f"there is no prompt {where}")
        return ""

    return perform


def select_output(caller: Caller, call: Call) -> str:
    """The newest that printed anything or, where that is selected, the one before it."""
    attachment = caller.screen()
    pane = attachment.focused()
    lines = _lines(pane)
    view = attachment.view_of(pane)
    view.still()
    selection = view.selection()
    above = selection.first.row if selection is not None else view.last_row + 1
    spans = (_output(pane, command) for command in lines.commands())
    found = next((span for span in spans if span and span[0].row < above), None)
    if found is not None:
        _select(view, *found)
    attachment.state_changed()
    if found is None:
        raise UsageError("no command is known here that printed anything")
    return ""


def _select(view: View, first: Spot, last: Spot) -> None:
    view.mark(first, "char")
    view.go(first)  # as much of it as there is room for is seen from its beginning
    view.go(last)


def last_output(pane: Pane) -> str:
    """What the last command printed. Raises ``UsageError`` if none is known, or it is too much."""
    found = next((c for c in _lines(pane).commands() if c.output is not None), None)
    if found is None:
        raise UsageError(f"no command is known that was run in pane %{pane.id}")
    span = _output(pane, found)
    if span is None:
        return ""
    first, last = span
    count = last.row - first.row + 1
    if count > MAX_ROWS:
        raise UsageError(
            f"{count} rows are too many to print at once: at most {MAX_ROWS}, or write the history "
            "to a file with `termlab capture --scrollback`"
        )
    rows = pane.emulator.text_at(first.row, count)
    if last.column != LINE_END:
        rows[-1] = rows[-1][: last.column + 1]
    wraps = pane.emulator.wraps_at(first.row, count)
    ends = ["" if wrapped else "\n" for wrapped in wraps[: count - 1]]
    return "".join(row + end for row, end in zip(rows, [*ends, "\n"], strict=True))


def list_history(caller: Caller, call: Call) -> str:
    pane = caller.target(call).pane
    count = call.number("last", DEFAULT_COUNT)
    if not 1 <= count <= MAX_COUNT:
        raise UsageError(f"{count} commands can't be listed: give a number from 1 to {MAX_COUNT}")
    now = caller.server.loop.clock()
    epoch = time.time() - now
    found = [_listing(pane, each, epoch, now) for each in islice(_ran(pane), count)][::-1]
    if call.flag("json"):
        return to_json(found)
    return "".join(map(_line, found))


def last_listing(pane: Pane, now: float) -> CommandListing | None:
    """The last command of a pane; None if none is known."""
    found = None if pane.lines is None else next(_ran(pane), None)
    return None if found is None else _listing(pane, found, time.time() - now, now)


def _ran(pane: Pane) -> Iterator["Command"]:
    """The newest first."""
    return (each for each in _lines(pane).commands() if each.output is not None)


def _lines(pane: Pane) -> "Lines":
    if pane.lines is None:
        raise UsageError(f"%{pane.id}'s shell marks no prompts: see `termlab shell-init bash`")
    return pane.lines


def _output(pane: Pane, command: "Command") -> tuple[Spot, Spot] | None:
    """The first and last cell of what a command has printed so far; None if that is nothing."""
    if command.output is None:
        return None
    first = Spot(command.output.row, 0)
    end = command.end or pane.emulator.cursor_place()
    if end is None:
        return None
    row, column = end
    last = Spot(row, column - 1) if column else Spot(row - 1, LINE_END)
    return (first, last) if last >= first else None


def _listing(pane: Pane, command: "Command", epoch: float, now: float) -> CommandListing:
    span = _output(pane, command)
    started, ended = command.started, command.ended
    return CommandListing(
        command=_typed(pane, command),
        directory=command.directory,
        started_at_s=None if started is None else epoch + started,
        duration_s=None if started is None else (now if ended is None else ended) - started,
        running=command.end is None,
        exit_status=command.status,
        row=command.prompt.row,
        output_row=span[0].row if span else None,
        output_rows=span[1].row - span[0].row + 1 if span else 0,
    )


def _typed(pane: Pane, command: "Command") -> str:
    """The command line as the screen shows it; "" if its shell does not mark where it begins."""
    if command.input is None or command.output is None:
        return ""
    (first, column), end = command.input, command.output.row
    count = min(end - first, MAX_COMMAND_ROWS)
    if count < 1:
        return ""
    rows = pane.emulator.text_at(first, count)
    wraps = pane.emulator.wraps_at(first, count)
    rows[0] = rows[0][column:]
    ends = ["" if wrapped else "\n" for wrapped in wraps]
    text = "".join(row + end for row, end in zip(rows, ends, strict=True))
    return text.strip()[:MAX_COMMAND_CHARS]


def _line(each: CommandListing) -> str:
    """A line for people: when, how long, how it ended, what."""
    when = "-" if each.started_at_s is None else _clock_time(each.started_at_s)
    took = "-" if each.duration_s is None else f"{each.duration_s:.1f}s"
    how = "runs" if each.running else "?" if each.exit_status is None else str(each.exit_status)
    command = each.command.replace("\n", " ")
    return f"{when}  {took:>8}  {how:>4}  {command}\n"


def _clock_time(at_s: float) -> str:
    return time.strftime("%H:%M:%S", time.localtime(at_s))
