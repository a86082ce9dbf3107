"""System calls by name, as rows: those that lead by what the dock lists them by. Pure."""

from collections.abc import Callable, Sequence
from typing import Final

from rich.cells import cell_len

from termlab.client.width import clip_text, printable
from termlab.model.lab import Lab
from termlab.model.vitals import CallRate
from termlab.ui.dock.grid import grid
from termlab.ui.dock.ink import Part, Row
from termlab.ui.dock.missing import NONE
from termlab.ui.dock.thresholds import judge
from termlab.ui.dock.units import count, percent

# The others are beyond what one looks at; the foot of a run's report has all.
MOST: Final = 8
# What a name has at least, and what the figures behind it need.
LEAST_NAME: Final = 8
_FIGURES: Final = 22

Column = tuple[str, str, Callable[[CallRate], Part]]


def call_rows(calls: Sequence[CallRate], lab: Lab, cols: int) -> list[Row]:
    """A head, and a row for each call that is shown."""
    shown = listed(calls, lab.sort)[:MOST]
    columns = _COLUMNS[lab.view if lab.view in _COLUMNS else "all"]
    room = max(cols - _FIGURES, LEAST_NAME)
    head = [Part(name, "title" if key == lab.sort else "dim") for key, name, _ in columns]
    lines = [(_by(lab), head)]
    for call in shown:
        name = printable(call.name)
        name = name if cell_len(name) <= room else f"{clip_text(name, room - 1)}…"
        lines.append((name, [figure(call) for _, _, figure in columns]))
    return grid(lines, cols)


def listed(calls: Sequence[CallRate], sort: str) -> list[CallRate]:
    """By what the dock lists them by, the most first; what is not known of one comes last."""
    if sort == "name":
        return sorted(calls, key=lambda call: call.name)
    orders: dict[str, Callable[[CallRate], float]] = {
        "time": lambda call: _known(call.time_percent),
        "errors": lambda call: _known(call.errors_per_s),
        "count": lambda call: call.per_s,
    }
    first = orders.get(sort, orders["count"])
    return sorted(calls, key=lambda call: (-first(call), -call.per_s, call.name))


def _by(lab: Lab) -> str:
    """What stands above the names: by what they are listed, where no column says that."""
    return "by name" if lab.sort == "name" else f"by {lab.sort}"


def _known(value: float | None) -> float:
    return -1.0 if value is None else value


def _rate(call: CallRate) -> Part:
    role = judge("calls_per_s", call.per_s)
    return Part(count(call.per_s), "plain" if role == "good" else role)


def _time(call: CallRate) -> Part:
    return NONE if call.time_percent is None else Part(percent(call.time_percent))


def _errors(call: CallRate) -> Part:
    if call.errors_per_s is None:
        return NONE
    if not call.errors_per_s:
        return Part("0", "dim")
    role = judge("failed_percent", call.errors_per_s / max(call.per_s, 1e-9) * 100)
    return Part(count(call.errors_per_s), "plain" if role == "good" else role)


def _idle(call: CallRate) -> Part:
    if call.idle_per_s is None:
        return NONE
    role = judge("idle_calls_per_s", call.idle_per_s)
    return Part(count(call.idle_per_s), "plain" if role == "good" else role)


def _key(call: CallRate) -> Part:
    return NONE if call.per_key is None else Part(count(call.per_key))


_COLUMNS: Final[dict[str, tuple[Column, ...]]] = {
    "all": (("count", "/s", _rate), ("errors", "err/s", _errors), ("time", "time", _time)),
    "silence": (("count", "/s", _rate), ("", "silent/s", _idle)),
    "key": (("count", "/s", _rate), ("", "a key", _key)),
}
