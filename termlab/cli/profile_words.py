"""The words of `termlab profile` as what is asked: each checked, each file looked at, before any
command runs.
"""

import os
import shlex
from collections.abc import Mapping
from typing import Final, cast

from termlab.commands.parse import Call
from termlab.commands.scripted_keys import read_script
from termlab.errors import PtyError, TermlabError, UsageError
from termlab.model.calls import Tier
from termlab.model.geometry import Size, check_size
from termlab.model.key_script import KeyScript
from termlab.model.profile_asked import ProfileAsked
from termlab.model.recording import MAX_FILE_BYTES
from termlab.runs.keep import check_file
from termlab.runs.place import store_path
from termlab.runs.refs import check_name, check_tag

MAX_RUNS: Final = 10_000
MAX_DURATION_S: Final = 7 * 24 * 3600.0


def asked_of(call: Call, environment: Mapping[str, str]) -> ProfileAsked:
    """What these words ask. Raises ``UsageError`` for what can't be, ``TargetError`` where there is
    no such run to compare with."""
    runs, warmup = call.number("runs", 1), call.number("warmup", 0)
    if not 1 <= runs <= MAX_RUNS:
        raise UsageError(f"profile: {runs} runs can't be: give -n from 1 to {MAX_RUNS}")
    if not 0 <= warmup <= MAX_RUNS:
        raise UsageError(f"profile: {warmup} runs to warm up can't be: give 0 to {MAX_RUNS}")
    if call.text("vs") and not call.values.get("warmup"):
        warmup = 1  # one of each: what is loaded once is no difference between two commands
    size = _size(call)
    store = store_path(environment)
    budget = _budget(call)
    return ProfileAsked(
        json_path=_file(call, "json"),
        store_path=store,
        name=check_name(call.text("save")) if call.values.get("save") is not None else "",
        tags=tuple(check_tag(tag) for tag in call.rest("tag")),
        runs=runs,
        warmup=warmup,
        duration_s=_duration(call),
        script=_script(call),
        cols=size.cols,
        rows=size.rows,
        environment=_variables(call),
        baseline=_baseline(call, store),
        budget_path=budget,
        junit_path=_file(call, "junit"),
        github=call.flag("github"),
        exit_code=call.flag("exit_code"),
        record=call.flag("record"),
        keys_path=_file(call, "record_keys"),
        tier=cast(Tier, call.text("syscalls")) or None,
        flame=call.flag("flame"),
        heap=call.flag("heap"),
        everything=call.flag("all"),
    )


def other_command(call: Call) -> tuple[tuple[str, ...], ...]:
    """The command that --vs names, if it does."""
    if call.values.get("vs") is None:
        return ()
    try:
        words = tuple(shlex.split(call.text("vs")))
    except ValueError as error:
        raise UsageError(f"profile: --vs {call.text('vs')!r} can't be read: {error}") from error
    if not words:
        raise UsageError("profile: --vs names no command: give one in quotes, as --vs 'ls -R'")
    from importlib.util import find_spec

    from termlab.runs.statistics import MIN_RESAMPLED, NEEDED

    if call.number("runs", 1) >= MIN_RESAMPLED and find_spec("scipy") is None:
        raise UsageError(f"profile: --vs: {NEEDED}")
    return (words,)


def _file(call: Call, name: str) -> str:
    """Where to write, "" for nowhere. Raises ``UsageError`` where that can't be."""
    if call.values.get(name) is None:
        return ""
    try:
        return check_file(call.text(name))
    except UsageError as error:
        raise UsageError(f"profile: {error}") from error


def _duration(call: Call) -> float:
    if call.values.get("duration") is None:
        return 0.0
    text = call.text("duration")
    number = text.removesuffix("s")
    try:
        value = float(number) if number[:1].isdigit() else 0.0
    except ValueError:
        value = 0.0
    if not 0 < value <= MAX_DURATION_S:
        raise UsageError(
            f"profile: {text!r} can't be a duration: give seconds, more than 0 and at most a week"
        )
    return value


def _size(call: Call) -> Size:
    """The size asked for, zeros for none."""
    if call.values.get("size") is None:
        return Size(0, 0)
    text = call.text("size")
    cols, _, rows = text.partition("x")
    try:
        if not (cols.isascii() and cols.isdigit() and rows.isascii() and rows.isdigit()):
            raise UsageError(f"profile: {text!r} is no size: write it as 80x24")
        return check_size(Size(int(cols[:9]), int(rows[:9])))
    except PtyError as error:
        raise UsageError(f"profile: the size {text} can't be: {error}") from error


def _variables(call: Call) -> tuple[tuple[str, str], ...]:
    found = []
    for text in call.rest("env"):
        name, equals, value = text.partition("=")
        if not name or not equals or "\0" in text:
            raise UsageError(f"profile: {text!r} sets no variable: write it as NAME=VALUE")
        found.append((name, value))
    return tuple(found)


def _script(call: Call) -> KeyScript | None:
    if call.values.get("keys") is None:
        return None
    try:
        return read_script(_read(call.text("keys")), call.text("keys"))
    except UsageError as error:
        raise UsageError(f"profile: {error}") from error


def _read(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise UsageError(f"the script of keys {path!r} can't be read: {error.strerror}") from error
    except ValueError as error:
        raise UsageError(f"the script of keys {path!r} can't be read: {error}") from error


def _baseline(call: Call, store: str) -> str:
    """The number of the run to compare with, "" for none: a name may be another's by the end."""
    if call.values.get("baseline") is None:
        return ""
    from termlab.runs.store import Store

    return str(Store(store).find(call.text("baseline")).id)


def _budget(call: Call) -> str:
    """The file of limits, read once to see that it can be; and whether what shows them has any."""
    budget, baseline, other = (call.values.get(name) for name in ("budget", "baseline", "vs"))
    if other is not None and (budget is not None or baseline is not None):
        raise UsageError("profile: --budget and --baseline are for one command: leave out --vs")
    if budget is None:
        for name in ("junit", "github"):
            if call.values.get(name) and baseline is None and other is None:
                raise UsageError(f"profile: --{name} shows limits: give --budget or --baseline")
        return ""
    from termlab.runs.budgets import load

    path = os.path.abspath(call.text("budget"))
    try:
        limits = load(path)
    except TermlabError as error:
        raise UsageError(f"profile: {error}") from error
    if limits.relative and baseline is None:
        raise UsageError(
            f"profile: {call.text('budget')} has limits relative to a baseline: give --baseline RUN"
        )
    return path
