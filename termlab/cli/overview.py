"""Help, made by click from the command table: of everything, and of one command."""

from collections.abc import Sequence
from typing import Final

import click

from termlab.commands.examples import EXAMPLES, NOTES
from termlab.commands.keytable import asks_first, split_command
from termlab.commands.parse import click_command
from termlab.commands.table import COMMANDS, CommandRow, find
from termlab.config.loader import load_defaults
from termlab.errors import UsageError
from termlab.model.bindings import PREFIX_TABLE, Binding

_OPTIONS: Final = (
    ("-L NAME", "the server: a name, or the path of its socket (else $TERMLAB_SOCKET)"),
    ("--nest", "show a session even inside a pane"),
    ("--version", "print the version"),
    ("--help", "print this; `termlab COMMAND --help` prints a command's own"),
)
_EXIT_CODES: Final = (
    ("0", "done"),
    ("1", "failed, or a run is worse than another one or passes a limit"),
    ("2", "bad usage"),
    ("3", "no such session, window, pane or run"),
    ("4", "the server can't be reached or started"),
    ("5", "the program could not be started, or the recording not be played"),
    ("124", "`wait` timed out"),
)
EXAMPLES_OF_USE: Final = (
    ("termlab", "attach to the session used last, or start one"),
    ("termlab new -s work -c ~/src", "start a session with a name, in a directory"),
    ("termlab split -h htop", "run htop in a pane to the right"),
    ("termlab profile make", "run make, and report what it used"),
)
_TARGETS: Final = (
    "A target is %PANE, @WINDOW or $SESSION as `termlab ls --json` has them, or "
    "NAME:WINDOW.PANE, each part optional. Without one it is the pane the command is run in, "
    "else what the session used last shows."
)


def overview() -> str:
    """`termlab --help`."""
    out = click.HelpFormatter()
    out.write_usage("termlab", "[-L NAME] [COMMAND [ARGS]...]")
    out.write_paragraph()
    out.write_text(
        "A terminal multiplexer that is also the profiler of everything that runs in it. Without "
        "a command it attaches to the session used last, and starts one if there is none."
    )
    _section(out, "Examples", EXAMPLES_OF_USE)
    _section(out, "Options", _OPTIONS)
    typed = [row for row in COMMANDS if row.where in ("server", "local")]
    _section(out, "Commands", [_line(row) for row in typed])
    keys = [row for row in COMMANDS if row.where not in ("server", "local")]
    _section(out, "For keys, in an attached terminal", [_line(row) for row in keys])
    _section(out, "Exit codes", _EXIT_CODES)
    out.write_paragraph()
    out.write_text(_TARGETS)
    return out.getvalue()


def command_help(words: Sequence[str]) -> str | None:
    """`termlab COMMAND --help`; None if --help is a word of something else."""
    row = find(words[0])
    assert row is not None
    asked: list[bool] = []
    command = click_command(row, help_option=False)
    command.params.append(_help_option(asked))
    context = click.Context(command, info_name=f"termlab {row.name}", **command.context_settings)
    try:
        command.parse_args(context, list(words[1:]))
    except click.ClickException as error:
        if not asked:
            raise UsageError(f"{row.name}: {error.format_message()}") from error
    if not asked:
        return None
    return _with_notes(row, command.get_help(context))


def _help_option(asked: list[bool]) -> click.Option:
    def noted(context: click.Context, option: click.Parameter, value: bool) -> None:
        if value:
            asked.append(True)

    return click.Option(
        ["--help"], is_flag=True, is_eager=True, expose_value=False, callback=noted,
        help="print this",
    )  # fmt: skip


def _with_notes(row: CommandRow, text: str) -> str:
    """Click's help, and what its row alone does not say."""
    out = click.HelpFormatter()
    out.write(text.rstrip() + "\n")
    example, keys = EXAMPLES.get(row.name, ""), _keys(row)
    for title, lines in (("Example", [example] if example else []), ("Keys", keys)):
        if lines:
            with out.section(title):
                out.write("".join(f"  {line}\n" for line in lines))
    for note in NOTES.get(row.name, ()):
        out.write_paragraph()
        out.write_text(note)
    if row.aliases:
        out.write_paragraph()
        out.write_text(f"Also: {', '.join(row.aliases)}.")
    if any(parameter.name == "target" for parameter in row.parameters):
        out.write_paragraph()
        out.write_text(_TARGETS)
    return out.getvalue()


def _keys(row: CommandRow) -> list[str]:
    """The keys that run a command as termlab comes, each with what it does."""
    settings = load_defaults()
    return [
        f"{f'{settings.prefix} ' if table == PREFIX_TABLE else ''}{binding.key}  ({binding.note})"
        for table, bindings in settings.keys.items()
        for binding in bindings
        if _runs(binding, row)
    ]


def _runs(binding: Binding, row: CommandRow) -> bool:
    asked = asks_first(binding)
    words = split_command(asked[1].command if asked else binding.command)
    return find(words[0]) is row


def _section(out: click.HelpFormatter, title: str, lines: Sequence[tuple[str, str]]) -> None:
    with out.section(title):
        out.write_dl(list(lines))


def _line(row: CommandRow) -> tuple[str, str]:
    return ", ".join((*row.aliases, row.name)), row.summary
