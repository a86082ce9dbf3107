"""Completion by click: a shell's script, and what that script asks for at each Tab.

Commands and options come from the command table, names of runs from the file they are kept in,
targets from the running server, which has a moment to tell them: without one, or without a server,
there are none, and nothing is said.
"""

import os
from collections.abc import Mapping
from typing import Final

import click
from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    ShellComplete,
    ZshComplete,
)

from termlab.cli.answer import print_text
from termlab.client.connection import Connection
from termlab.client.start import begin
from termlab.commands.parse import click_command, parse
from termlab.commands.table import COMMANDS, CommandRow
from termlab.errors import TermlabError
from termlab.model.listing import SessionListing
from termlab.runs.place import store_path
from termlab.runs.plain import command_line
from termlab.runs.refs import LAST
from termlab.runs.store import Store
from termlab.wire.address import runtime_directory, socket_path
from termlab.wire.jsontext import from_json

# As click names it from the program's name; `cli.main` looks for it.
VARIABLE: Final = "_TERMLAB_COMPLETE"
# A person at the Tab key notices more.
ANSWER_S: Final = 0.3
_PROGRAM: Final = "termlab"
# The parameters that name a run that is kept.
_RUNS: Final = {
    "compare": ("a", "b"),
    "profile": ("baseline",),
    "report": ("run",),
    "runs": ("words",),
}


class WholeWords(BashComplete):
    """bash cuts words at ``:``, and replaces what is behind the last one only."""

    _cut = 0

    def get_completion_args(self) -> tuple[list[str], str]:
        args, incomplete = super().get_completion_args()
        words: list[str] = []
        for word in (*args, incomplete):
            if words and (word == ":" or words[-1].endswith(":")):
                words[-1] += word
            else:
                words.append(word)
        self._cut = words[-1].rfind(":") + 1
        return words[:-1], words[-1]

    def format_completion(self, item: CompletionItem[str]) -> str:
        return f"{item.type},{item.value[self._cut :]}"


_SHELLS: Final[dict[str, type[ShellComplete]]] = {
    "bash": WholeWords,
    "zsh": ZshComplete,
    "fish": FishComplete,
}


class _Answered(click.ParamType[str]):
    """Words that somebody has to be asked for."""

    name = "answered"

    def __init__(self, what: str) -> None:
        self._what = what

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem[str]]:
        if self._what == "RUN":
            pairs = runs()
        else:
            pairs = _servers() if self._what == "NAME" else targets(self._what, _path(ctx))
        return [
            CompletionItem(value, help=what)
            for value, what in pairs
            if value.startswith(incomplete)
        ]


def completion(words: list[str]) -> int:
    """`termlab completion SHELL`."""
    shell = parse(words).text("shell")
    print_text(_SHELLS[shell](program(), {}, _PROGRAM, VARIABLE).source())
    return 0


def complete(environment: Mapping[str, str]) -> int:
    """What a shell's script asks for, in its variables; 1 if that is no such question."""
    shell, _, what = environment[VARIABLE].partition("_")
    asker = _SHELLS.get(shell)
    if asker is None or what != "complete" or not {"COMP_WORDS", "COMP_CWORD"} <= set(environment):
        return 1
    if text := asker(program(), {}, _PROGRAM, VARIABLE).complete():
        print_text(text + "\n")
    return 0


def program() -> click.Group:
    """The whole command line as click's, for completion alone."""
    server = click.Option(["-L", "server"], type=_Answered("NAME"), help="the server")
    flags = (("--nest", "even inside a pane"), ("--version", "the version"))
    group = click.Group(
        _PROGRAM, params=[server, *(click.Option([f], is_flag=True, help=h) for f, h in flags)]
    )
    for row in COMMANDS:
        if row.where in ("server", "local"):
            for name in (row.name, *row.aliases):
                group.add_command(_command(row), name)
    return group


def _command(row: CommandRow) -> click.Command:
    command = click_command(row)
    for parameter in command.params:
        if parameter.name == "target" and parameter.metavar is not None:
            parameter.type = _Answered(parameter.metavar)
        elif parameter.name in _RUNS.get(row.name, ()):
            parameter.type = _Answered("RUN")
        elif parameter.name == "directory":
            parameter.type = click.Path(file_okay=False)
        elif parameter.name == "file":
            parameter.type = click.Path()
    return command


def targets(what: str, path: str) -> list[tuple[str, str]]:
    """The sessions, windows or panes ("SESSION", "WINDOW", "PANE") of the server at ``path`` as a
    target names them, and what each is; none where no server answers."""
    found: list[tuple[str, str]] = []
    for session in _sessions(path):
        if what == "SESSION":
            names = ", ".join(window.name for window in session.windows)
            found.append((session.name, names))
        for window in session.windows:
            place = f"{session.name}:{window.index}"
            if what == "WINDOW":
                found.append((place, window.name))
            if what == "PANE":
                found += [(pane.id, f"{place} {pane.command}") for pane in window.panes]
    # A shell would make several words of them.
    return [(value, said) for value, said in found if not set(value) & set(" \t'\"\\`$*?&;|<>()")]


def runs() -> list[tuple[str, str]]:
    """The runs that are kept by their names, the newest first, and what each was of."""
    try:
        kept = Store(store_path(os.environ)).list()
    except TermlabError:
        return []
    named = {run.name: command_line(run.command) for run in kept if run.name}
    return [*reversed(named.items()), *([(LAST, "the newest of all")] if kept else [])]


def _sessions(path: str) -> tuple[SessionListing, ...]:
    """What the server lists; nothing if it does not in time."""
    try:
        start = begin(path, start=False)
        stream = start.finish()
        try:
            connection = Connection(
                stream, any_protocol=True, address=start.address, greeting_s=ANSWER_S
            )
            code, text = connection.call(("list-sessions", "--json"), None, ANSWER_S)
        finally:
            stream.close()
        return from_json(text, tuple[SessionListing, ...]) if code == 0 else ()
    except TermlabError:
        return ()


def _path(context: click.Context) -> str:
    """The server the line so far is about."""
    name = context.find_root().params.get("server")
    try:
        return socket_path(name, os.environ)
    except TermlabError:
        return ""


def _servers() -> list[tuple[str, str]]:
    """Names of servers: what lies where their sockets are."""
    try:
        names = sorted(os.listdir(runtime_directory(os.environ)))
    except OSError:
        return []
    return [(name, "") for name in names if "." not in name]
