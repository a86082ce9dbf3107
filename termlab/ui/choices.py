"""What a person can choose in the command palette: commands, sessions, windows and panes. Pure.

Commands come from the table and the keys as they are, the rest from what the server lists.
"""

import shlex
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from termlab.client.width import printable
from termlab.commands.copying import COPYING
from termlab.commands.keytable import asks_first, split_command
from termlab.commands.row import CommandRow
from termlab.commands.table import COMMANDS, find
from termlab.model.bindings import PREFIX_TABLE, SCROLL_TABLE, Binding
from termlab.model.listing import SessionListing
from termlab.wire.messages import ClientOptions

# Their answer is for a program, or they are the palette itself.
_NOT_OFFERED: Final = frozenset(
    {"command-palette", "list-sessions", "list-buffers", "list-running", "show-buffer", "stats"}
    | {"capture-pane", "move-border", "confirm-before", "wait"}
)
# Each shows a window by its number: windows are chosen by themselves.
_NUMBERED: Final = frozenset({"select-window"})
_LOOKING_BACK: Final = ("scroll-", "search-", "page-", "halfpage-")
# They say what they need only when they are run.
_NEED_WORDS: Final = frozenset(
    {
        "fold-dock",
        "join-pane",
        "resize-dock",
        "resize-pane",
        "select-layout",
        "select-pane",
        "select-window",
    }
    | {"swap-pane", "switch-client"}
)
# A longer command is said by its first word.
_MAX_COMMAND: Final = 36
# What they end can't be had back: each asks first.
_ENDING: Final = "kill-"
# A title is a program's: no more of it is looked through.
MAX_CHARS: Final = 100


class Choice(NamedTuple):
    """``text`` is looked through, ``help`` is said beside it, ``run`` is what it does."""

    text: str
    help: str
    run: tuple[str, ...]


# Commands


def command_choices(options: ClientOptions) -> list[Choice]:
    """What has a key, in the order of the keys; then the other commands, by name."""
    bound: dict[str, list[Binding]] = {}
    for binding in options.tables.get(PREFIX_TABLE, ()):
        if _asked(binding)[0] not in _NOT_OFFERED | _NUMBERED:
            bound.setdefault(binding.command, []).append(binding)
    own = [_bound(options.prefix, bindings) for bindings in bound.values()]
    covered = {shlex.join(_asked(bindings[0])) for bindings in bound.values()}
    of_mode = {_asked(each)[0] for each in options.tables.get(SCROLL_TABLE, ())}
    of_mode -= {command.split()[0] for command in covered}
    rest = [
        _unbound(row)
        for row in sorted(COMMANDS)
        if row.where != "local"
        and row.name not in covered | of_mode | _NOT_OFFERED
        and not _of_copy_mode(row)
    ]
    return own + rest


def _asked(binding: Binding) -> list[str]:
    """The words of a binding's command; of the one it asks about, where it asks first."""
    asked = asks_first(binding)
    return split_command(asked[1].command if asked else binding.command)


def _of_copy_mode(row: CommandRow) -> bool:
    """Whether it means nothing but while looking back, whatever keys it has."""
    names = dict(COPYING)
    return row.name in names or (row.where != "server" and row.name.startswith(_LOOKING_BACK))


def _bound(prefix: str, bindings: Sequence[Binding]) -> Choice:
    first = bindings[0]
    words = _asked(first)
    row = find(words[0])
    note = printable(first.note)
    command = printable(shlex.join(words))
    text = command if len(command) <= _MAX_COMMAND else words[0]
    keys = ", ".join(f"{prefix} {printable(each.key)}" for each in bindings)
    summary = row.summary if row is not None else ""
    run = tuple(split_command(first.command))
    return Choice(f"{text}: {note}" if note else text, f"{keys} · {summary}", run)


def _unbound(row: CommandRow) -> Choice:
    if row.name in _NEED_WORDS or any(parameter.required for parameter in row.parameters):
        # The person types the rest.
        return Choice(f"{row.name} …", row.summary, ("command-prompt", "-I", f"{row.name} "))
    if row.name.startswith(_ENDING):
        return Choice(row.name, row.summary, ("confirm-before", row.name))
    return Choice(row.name, row.summary, (row.name,))


# Places


def session_choices(listed: Iterable[SessionListing], current: str) -> list[Choice]:
    """``current`` is the name of the session that is shown."""
    return [
        Choice(
            f"session {printable(each.name)}",
            _count(len(each.windows), "window") + _here(each.name == current),
            _show(each.id),
        )
        for each in listed
    ]


def window_choices(listed: Iterable[SessionListing], current: str) -> list[Choice]:
    return [
        Choice(
            f"window {printable(session.name)}:{window.index} {printable(window.name)}",
            _count(len(window.panes), "pane")
            + _here(session.name == current and window.current)
            + (", it rang" if window.bell else ""),
            _show(window.id),
        )
        for session in listed
        for window in session.windows
    ]


def pane_choices(listed: Iterable[SessionListing], current: str) -> list[Choice]:
    return [
        Choice(
            f"pane {pane.id} {printable(pane.title or pane.command)[:MAX_CHARS]}",
            f"{printable(session.name)}:{window.index}, {printable(pane.command)}"
            + _here(session.name == current and window.current and pane.active)
            + (f", {printable(pane.ended)}" if pane.ended else ""),
            _show(pane.id),
        )
        for session in listed
        for window in session.windows
        for pane in window.panes
    ]


def _show(target: str) -> tuple[str, ...]:
    return ("switch-client", "-t", target)


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"


def _here(here: bool) -> str:
    return ", shown" if here else ""
