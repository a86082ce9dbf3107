"""`termlab profile`: a command under measurement, live in a session of its own or headless here.

All that is wrong with the words or the file to write is told before the command runs.
"""

import os
import sys
from typing import Final

from termlab.cli.answer import print_text
from termlab.client.start import WINDOWS, begin
from termlab.commands.parse import Call, parse
from termlab.errors import ServerError, UsageError
from termlab.model.geometry import Size
from termlab.runs.keep import check_file, write_file
from termlab.wire.jsontext import to_json

MAX_RUNS: Final = 10_000
# The same everywhere, so that runs can be compared.
HEADLESS_SIZE: Final = Size(80, 24)


def profile(path: str, words: list[str]) -> int:
    """Run a command and report on it: the exit code."""
    call = parse(words)
    runs = call.number("runs", 1)
    if not 1 <= runs <= MAX_RUNS:
        raise UsageError(f"profile: {runs} runs can't be: give -n from 1 to {MAX_RUNS}")
    json_path = _json_path(call)
    if call.flag("headless") or not (os.isatty(0) and os.isatty(1)):
        return _headless(path, call.rest("command"), runs, json_path)
    if runs > 1:
        raise UsageError(f"profile: -n {runs} needs --headless: only one run can be shown")
    if os.environ.get("TERMLAB") and not call.flag("nest"):
        raise UsageError(
            "this is a pane of termlab already: measure with `termlab profile --headless`, or "
            "show the command inside it with `termlab profile --nest`"
        )
    return _live(path, call.rest("command"), json_path)


def _json_path(call: Call) -> str:
    """Where to write JSON, "" for nowhere. Raises ``UsageError`` where that can't be."""
    if call.values.get("json") is None:
        return ""
    try:
        return check_file(call.text("json"))
    except UsageError as error:
        raise UsageError(f"profile: {error}") from error


def _headless(path: str, command: tuple[str, ...], runs: int, json_path: str) -> int:
    from termlab.client.origin import origin
    from termlab.model.metrics import Profile, Run
    from termlab.probes.machine import machine
    from termlab.runs.export import document
    from termlab.runs.report import report

    place = origin(path, os.environ, programs=True)
    done: list[Run] = []
    if sys.platform != "win32":
        from termlab.server.configured import configure
        from termlab.server.headless import Signals, run_once

        settings, problem = configure(os.environ)
        if problem:
            sys.stderr.write(f"termlab: the defaults hold: {problem}\n")
        with Signals() as signals:
            while len(done) < runs and not signals.stops:
                done.append(run_once(command, place, HEADLESS_SIZE, signals, settings))
                signals.take()
        size = HEADLESS_SIZE
        result = Profile(command, machine(), size.cols, size.rows, tuple(done), runs)
        print_text(report(result))
        if json_path:
            write_file(json_path, to_json(document(result)))
        return 128 + signals.terminated if signals.terminated else 0
    raise ServerError(WINDOWS)


def _live(path: str, command: tuple[str, ...], json_path: str) -> int:
    from termlab.wire.messages import ProfileAsked

    asked = ProfileAsked(json_path)
    if sys.platform != "win32":
        from termlab.client.attach import run

        return run(path, begin(path), create=True, fresh=True, argv=command, profile=asked)
    raise ServerError(WINDOWS)
