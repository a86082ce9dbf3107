"""Counters as text for a person: all of them as lists, or what has changed as one line. Pure.

Their names are those of the JSON.
"""

import time
from collections.abc import Iterable
from typing import Final

from termlab.model.counted import Counted, Counter, PartCounters, Snapshot
from termlab.model.figure import Missing
from termlab.runs.report import show

_PART_CHARS: Final = 12
_NAME_CHARS: Final = 22
_VALUE_CHARS: Final = 12
_COMMAND_CHARS: Final = 14
_UNITS: Final = ("bytes", "ms", "s")
_MINUTE_S: Final = 60

# A line of what changed: the column, the part and counters it adds up, whether it is a level.
_COLUMNS: Final = (
    ("OUTPUT", "coalescer", ("bytes",), False),
    ("READS", "coalescer", ("reads",), False),
    ("FLUSHES", "coalescer", ("flushes_",), False),
    ("FRAMES", "output", ("frames",), False),
    ("INPUT", "input", ("bytes",), False),
    ("RING MAX", "ring", ("high_water",), True),
)
_COLUMN_CHARS: Final = 10


def table(snapshot: Snapshot) -> str:
    """Everything, lines ended."""
    things = [
        *((f"server, {each.about}", each) for each in [snapshot.server] if each is not None),
        *((f"pane {each.id}, {_plain(each.about)}", each) for each in snapshot.panes),
        *((f"connection {each.id}, {_plain(each.about)}", each) for each in snapshot.connections),
    ]
    lines = [_counted(snapshot)]
    for title, each in things:
        lines += ["", title]
        for part in each.parts:
            lines += _part(part)
    return "\n".join(lines) + "\n"


def _counted(snapshot: Snapshot) -> str:
    since = "the last `stats --reset`" if snapshot.resets else "the server began"
    return f"counted over {_long(snapshot.counted_s)}, since {since}; sizes (=) as they are now"


def _long(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), _MINUTE_S)
    hours, minutes = divmod(minutes, _MINUTE_S)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else show("s", seconds)


def _part(part: PartCounters) -> list[str]:
    if part.missing:
        return [f"  {part.name.ljust(_PART_CHARS)} not available: {part.missing}"]
    names = [part.name] + [""] * len(part.counters)
    return [
        f"  {name.ljust(_PART_CHARS)} {_line(each)}".rstrip()
        for name, each in zip(names, part.counters, strict=False)
    ]


def _line(counter: Counter) -> str:
    name, value = counter.name.ljust(_NAME_CHARS), counter.value
    if isinstance(value, Missing):
        return f"{name} not available: {value.reason}"
    if isinstance(value, bool):
        return f"{name} {'yes' if value else 'no'}"
    if isinstance(value, str):
        return f"{name} {_plain(value)}"
    text = show(_unit(counter.name), value).rjust(_VALUE_CHARS)
    return f"{name} {text}{' =' if counter.level else ''}"


def _unit(name: str) -> str:
    if name.endswith("_per_s"):
        return "count"
    return next((each for each in _UNITS if name == each or name.endswith(f"_{each}")), "count")


def heading() -> str:
    """Above the lines of `changes`."""
    columns = "".join(title.rjust(_COLUMN_CHARS) for title, *_ in _COLUMNS)
    return f"{'TIME'.ljust(9)}{'PANE'.ljust(6)}{'COMMAND'.ljust(_COMMAND_CHARS)}{columns}\n"


def changes(before: Snapshot, now: Snapshot) -> str:
    """A line for each pane whose counters differ: what came since ``before``."""
    old = {each.id: each for each in before.panes}
    stamp = time.strftime("%H:%M:%S", time.localtime(now.at_s))
    lines = [
        f"{stamp} {each.id.ljust(6)}{_name(each.about)}{_columns(old.get(each.id), each)}\n"
        for each in now.panes
        if old.get(each.id) != each
    ]
    gone = old.keys() - {each.id for each in now.panes}
    lines += [f"{stamp} {each.ljust(6)}has ended\n" for each in sorted(gone)]
    return "".join(lines)


def _name(about: str) -> str:
    return _plain(about)[: _COMMAND_CHARS - 1].ljust(_COMMAND_CHARS)


def _columns(before: Counted | None, now: Counted) -> str:
    texts = []
    for _, part, names, level in _COLUMNS:
        value = _sum(now, part, names)
        if before is not None and not level:
            # A reset in between: then all there is has come since.
            had = _sum(before, part, names)
            value = value - had if value >= had else value
        unit = "bytes" if level or names == ("bytes",) else "count"
        texts.append(show(unit, value).rjust(_COLUMN_CHARS))
    return "".join(texts)


def _sum(thing: Counted, part: str, names: Iterable[str]) -> float:
    """Of the counters with one of these names, or, for one that ends in ``_``, beginning so."""
    found = [each for each in thing.parts if each.name == part]
    return sum(
        counter.value
        for each in found
        for counter in each.counters
        if isinstance(counter.value, (int, float))
        and any(
            counter.name == n or (n.endswith("_") and counter.name.startswith(n)) for n in names
        )
    )


def _plain(text: str) -> str:
    """What a program called itself must not act on the terminal."""
    return "".join(char if char.isprintable() else "?" for char in text)
