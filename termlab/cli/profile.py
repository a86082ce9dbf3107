"""`termlab profile`: a command under measurement, live in a session of its own or headless here.

All that is wrong with the words or the files named is told before the command runs.
"""

import os
import sys
from typing import TYPE_CHECKING, Final

from termlab.cli.answer import print_text
from termlab.cli.profile_words import asked_of, other_command
from termlab.client.start import WINDOWS, begin
from termlab.commands.parse import Call, parse
from termlab.errors import ServerError, UsageError
from termlab.model.geometry import Size

if TYPE_CHECKING:
    from termlab.config.settings import Settings
    from termlab.model.profile_asked import ProfileAsked
    from termlab.server.conclusion import Measurement

# The same everywhere, so that runs can be compared.
HEADLESS_SIZE: Final = Size(80, 24)


def profile(path: str, words: list[str]) -> int:
    """Run a command and report on it: the exit code."""
    call = parse(words)
    asked = asked_of(call, os.environ)
    commands = [call.rest("command"), *other_command(call)]
    if call.flag("headless") or not (os.isatty(0) and os.isatty(1)):
        if asked.keys_path:
            raise UsageError("profile: --record-keys needs a terminal to type on")
        return _headless(path, commands, asked)
    _check_live(call, asked)
    return _live(path, commands[0], asked)


def _check_live(call: Call, asked: "ProfileAsked") -> None:
    """Raises ``UsageError`` for what a session can't show."""
    if asked.runs > 1 and asked.script is None:
        raise UsageError(
            f"profile: -n {asked.runs} needs --headless, or --keys with what to type into each run"
        )
    if call.text("vs"):
        raise UsageError("profile: --vs needs --headless: a session shows one command")
    if os.environ.get("TERMLAB") and not call.flag("nest"):
        raise UsageError(
            "this is a pane of termlab already: measure with `termlab profile --headless`, or "
            "show the command inside it with `termlab profile --nest`"
        )


def _headless(path: str, commands: list[tuple[str, ...]], asked: "ProfileAsked") -> int:
    if sys.platform != "win32":
        from termlab.cli.progress import Progress
        from termlab.client.origin import origin
        from termlab.server.headless import Signals
        from termlab.server.series import run_series

        place = origin(path, os.environ, programs=True)
        size = Size(asked.cols, asked.rows) if asked.cols else HEADLESS_SIZE
        settings = _settings()
        with Signals() as signals, Progress(asked, commands) as progress:
            measured = run_series(commands, place, size, signals, settings, asked, progress.begins)
        code = _told(measured, asked, settings.runs.keep)
        return 128 + signals.terminated if signals.terminated else code
    raise ServerError(WINDOWS)


def _settings() -> "Settings":
    from termlab.server.configured import configure

    settings, problem = configure(os.environ)
    if problem:
        sys.stderr.write(f"termlab: the defaults hold: {problem}\n")
    return settings


def _told(measured: "tuple[Measurement, ...]", asked: "ProfileAsked", keep: int) -> int:
    """Print what came of it: the exit code."""
    from termlab.server.conclusion import conclude

    conclusion = conclude(measured, asked, keep)
    print_text(conclusion.report)
    if conclusion.problem:
        sys.stderr.write(f"termlab: {conclusion.problem}\n")
    return conclusion.code


def _live(path: str, command: tuple[str, ...], asked: "ProfileAsked") -> int:
    if sys.platform != "win32":
        from termlab.client.attach import run
        from termlab.model.profile_asked import pack_asked

        packed = pack_asked(asked)
        return run(path, begin(path), create=True, fresh=True, argv=command, profile=packed)
    raise ServerError(WINDOWS)
