"""The command `termlab`: its words to what they ask for, and every failure to an exit code.

Bare `termlab` starts the server before anything else is imported: this module imports neither
click nor the wire.
"""

import os
import sys

from termlab.errors import TermlabError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

INTERRUPTED = 130
# Set by the shells' completion functions: the name is click's rule for this program.
COMPLETING = "_TERMLAB_COMPLETE"
# Commands that run here, each with the module and function that gets its words; those of the second
# table get the server's path before them.
_HERE = {
    "bridge": ("bridging", "bridge"),
    "compare": ("comparing", "compare_runs"),
    "completion": ("completion", "completion"),
    "probe-helper": ("probe_helper", "probe_helper"),
    "config": ("configure", "configure"),
    "findings": ("list_rules", "list_rules"),
    "report": ("reporting", "report_run"),
    "runs": ("stored_runs", "stored_runs"),
    "shell-init": ("shell_init", "shell_init"),
}
_WITH_PATH = {
    "doctor": ("doctor", "doctor"),
    "batch": ("batch", "batch"),
    "events": ("follow_events", "follow_events"),
    "profile": ("profile", "profile"),
    "replay": ("play", "play"),
    "web": ("browse", "browse"),
}


def main(argv: "Sequence[str] | None" = None) -> int:
    """Do what the words of the command line say: the exit code."""
    try:
        return _run(list(sys.argv[1:] if argv is None else argv))
    except TermlabError as error:
        print(f"termlab: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED


def _run(words: list[str]) -> int:
    if COMPLETING in os.environ:
        from termlab.cli.completion import complete

        return complete(os.environ)
    name: str | None = None
    nest = False
    while words and words[0].startswith("-"):
        option = words.pop(0)
        if option == "--nest":
            nest = True
        elif option == "-L":
            name = _value(option, words)
        elif option.startswith("-L"):
            name = option[2:]
        else:
            return _about(option)
    from termlab.wire.address import socket_path

    if name == "":
        raise UsageError("-L names no server: give a name or a path")
    path = socket_path(name, os.environ)
    if not words:
        from termlab.cli.show import show_latest

        return show_latest(path, nest)
    if nest:
        raise UsageError(f"--nest comes after the command: `termlab {words[0]} --nest`")
    return _command(path, words)


def _value(option: str, words: list[str]) -> str:
    if not words:
        raise UsageError(f"{option} needs a value: see `termlab --help`")
    return words.pop(0)


def _about(option: str) -> int:
    """What termlab says of itself."""
    from termlab.cli.answer import print_text

    if option in ("--version", "-V"):
        from termlab.version import VERSION

        print_text(f"termlab {VERSION}\n")
    elif option in ("--help", "-h"):
        from termlab.cli.overview import overview

        print_text(overview())
    else:
        raise UsageError(f"there is no option {option}: see `termlab --help`")
    return 0


def _command(path: str, words: list[str]) -> int:
    from termlab.commands.table import find

    row = find(words[0])
    if row is None:
        from termlab.commands.spelling import unknown_command

        raise UsageError(unknown_command(words[0]))
    if "--help" in words:
        from termlab.cli.overview import command_help

        if (text := command_help(words)) is not None:
            from termlab.cli.answer import print_text

            print_text(text)
            return 0
    if row.where in ("attached", "client"):
        raise UsageError(
            f"{row.name} acts on an attached terminal: press its key there, or bind one to it"
        )
    return _perform(path, words, row.name)


def _perform(path: str, words: list[str], name: str) -> int:
    """Only what the command needs is imported."""
    if name in _HERE:
        from importlib import import_module

        module, function = _HERE[name]
        return int(getattr(import_module(f"termlab.cli.{module}"), function)(words))
    if name in _WITH_PATH:
        from importlib import import_module

        module, function = _WITH_PATH[name]
        return int(getattr(import_module(f"termlab.cli.{module}"), function)(path, words))
    if name in ("new-session", "attach-session"):
        from termlab.cli.show import show

        return show(path, words)
    if name == "stats" and "--follow" in words:
        from termlab.cli.follow import follow

        return follow(path, words)
    from termlab.cli.ask import ask

    return ask(path, words)
