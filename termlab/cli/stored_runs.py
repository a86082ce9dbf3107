"""`termlab runs`: what there is of the runs that were measured, and what to do with it."""

import os
import shutil
import sys
from collections.abc import Callable
from typing import Final

from termlab.cli.answer import print_text
from termlab.commands.parse import Call, parse
from termlab.errors import TargetError, UsageError
from termlab.runs.place import store_path
from termlab.runs.store import Store
from termlab.wire.jsontext import to_json

# How many words each takes at least and at most, and what they are.
_WORDS: Final[dict[str, tuple[int, int, str]]] = {
    "ls": (0, 1, "[NAME]"),
    "show": (1, 1, "RUN"),
    "rm": (1, 1000, "RUN..."),
    "tag": (1, 100, "RUN [+TAG]... [-TAG]..."),
    "name": (1, 2, "RUN [NAME]"),
    "trend": (1, 1, "NAME [--figure FIGURE]"),
}


def stored_runs(words: list[str]) -> int:
    """Do what the words say: the exit code. Raises ``TargetError`` where there is no such run."""
    call = parse(_tags_guarded(words))
    what, named = call.text("what"), call.rest("words")
    least, most, usage = _WORDS[what]
    if not least <= len(named) <= most:
        raise UsageError(f"runs {what}: write `termlab runs {what} {usage}`")
    for option in ("figure", "all"):
        if call.values.get(option) and what != {"figure": "trend", "all": "show"}[option]:
            raise UsageError(f"runs {what} takes no --{option}")
    _DO[what](call, Store(store_path(os.environ)), named)
    return 0


def _list(call: Call, store: Store, words: tuple[str, ...]) -> None:
    from termlab.runs.stored_text import listed, stored_documents

    name = words[0] if words else ""
    runs = store.list(name)
    if name and not runs:
        raise TargetError(f"there is no run called {name!r}: see `termlab runs ls`")
    cols = shutil.get_terminal_size().columns if sys.stdout and sys.stdout.isatty() else 0
    print_text(to_json(stored_documents(runs)) if call.flag("json") else listed(runs, cols))


def _show(call: Call, store: Store, words: tuple[str, ...]) -> None:
    from termlab.runs.report import report

    run = store.find(words[0])
    if call.flag("json"):
        from termlab.runs.export import document

        print_text(to_json(document(run.profile)))
        return
    everything = call.flag("all")
    text = report(run.profile, everything)
    print_text(f"run {run.id}{_titled(run.name, run.tags)}\n{text}")
    if everything:
        kept = store.attachments(run.id)
        lines = [f"  {name}: {size:,} bytes\n" for name, size in kept.items()]
        print_text("\nkept with it\n" + "".join(lines or ["  nothing\n"]))


def _remove(call: Call, store: Store, words: tuple[str, ...]) -> None:
    numbers = store.remove(*words)
    print_text(_said(call, {"removed": numbers}, f"{len(numbers)} removed"))


def _tag(call: Call, store: Store, words: tuple[str, ...]) -> None:
    ref, *tags = words
    more = [tag.removeprefix("+") for tag in tags if not tag.startswith("-")]
    less = [tag[1:] for tag in tags if tag.startswith("-")]
    run = store.tag(ref, more, less) if tags else store.find(ref)
    said = f"run {run.id}{_titled(run.name, run.tags) or ' has no tags'}"
    print_text(_said(call, {"run": run.id, "name": run.name or None, "tags": run.tags}, said))


def _name(call: Call, store: Store, words: tuple[str, ...]) -> None:
    run = store.rename(words[0], words[1] if words[1:] else "")
    said = f"run {run.id}{_titled(run.name, run.tags) or ' has no name'}"
    print_text(_said(call, {"run": run.id, "name": run.name or None, "tags": run.tags}, said))


def _trend(call: Call, store: Store, words: tuple[str, ...]) -> None:
    from termlab.runs.trend import (
        DEFAULT,
        figure_row,
        points,
        trend_chart,
        trend_documents,
        trend_table,
    )

    figure, name = figure_row(call.text("figure") or DEFAULT), words[0]
    found = points(store, name, figure)
    if not found:
        there = (
            "no run of that name has it"
            if store.list(name)
            else "no run is called so (`termlab runs name`)"
        )
        raise TargetError(f"there is no trend of {name!r}, {figure.name}: {there}")
    if call.flag("json"):
        document = {"name": name, "figure": figure.name, "unit": figure.unit}
        print_text(to_json({**document, "runs": trend_documents(found)}))
        return
    if len(found) > 1:
        print_text(trend_chart(found, figure, name, shutil.get_terminal_size().columns))
    print_text(trend_table(found, figure))


def _titled(name: str, tags: tuple[str, ...]) -> str:
    return "".join([f": {name}" if name else "", *(f" +{tag}" for tag in tags)])


def _said(call: Call, document: dict[str, object], text: str) -> str:
    return to_json(document) if call.flag("json") else f"{text}\n"


def _tags_guarded(words: list[str]) -> list[str]:
    """A tag to take away begins as an option does: what is none of `runs`' options is one."""
    if words[1:2] != ["tag"]:
        return words
    options = [word for word in words if word in ("--json", "--help")]
    return ["runs", *options, "--", *(word for word in words[1:] if word not in options)]


_DO: Final[dict[str, Callable[[Call, Store, tuple[str, ...]], None]]] = {
    "ls": _list,
    "show": _show,
    "rm": _remove,
    "tag": _tag,
    "name": _name,
    "trend": _trend,
}
