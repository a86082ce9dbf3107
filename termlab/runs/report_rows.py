"""The figures of a profile as lines for a person. Pure.

What is no news is left out unless everything is asked for: counts of nothing, and how termlab
passed the output on. What could not be told stands at the end, each reason once.
"""

from collections.abc import Iterable, Sequence
from textwrap import wrap
from typing import Final, NamedTuple

from termlab.model.figure import Missing
from termlab.model.metrics import FIGURES, FigureRow

# Of lines of words; tables are as wide as they are.
WIDTH: Final = 96
LABEL_CHARS: Final = 28
VALUE_CHARS: Final = 12
# How termlab worked, not how the command did.
_OURS: Final = frozenset(
    {
        *("frames", "flushes", "flushes_full", "flushes_size", "flushes_key", "flushes_quiet"),
        *("flushes_time", "flushes_end", "writes_saved", "pty_reads", "echoes"),
    }
)
# A zero of these says something.
_ALWAYS: Final = frozenset({"keys", "read_calls", "write_calls", "pty_bytes", "calls", "wakeups"})
# What stands at the end of a report with rows left out.
MORE: Final = "`--all` shows all figures"


class Line(NamedTuple):
    """One figure's: its value as text with what is said of it, or why there is none. ``zero``: it
    counted nothing, in any run."""

    row: FigureRow
    text: str
    said: str = ""
    zero: bool = False
    missing: Missing | None = None


def lines_of(found: Sequence[Line], everything: bool) -> list[str]:
    """All groups, with what is missing behind them."""
    shown = [each for each in found if each.missing is None and (everything or _news(each))]
    lines: list[str] = []
    group = said = ""
    for each in shown:
        if each.row.group != group:
            group, said = each.row.group, ""
            lines += ["", group]
        note = "" if each.said == said else each.said
        said = each.said
        lines.append(labelled(each.row.label, f"{each.text}  {note}"))
    missing = _missing(found)
    if missing:
        lines += ["", "not available", *missing]
    hidden = sum(each.missing is None for each in found) - len(shown)
    if hidden:
        lines += ["", f"{hidden} figures without news are left out: {MORE}"]
    return lines


def labelled(label: str, text: str) -> str:
    """A line of a table."""
    return f"  {label.ljust(LABEL_CHARS)} {text}".rstrip()


def _news(line: Line) -> bool:
    name = line.row.name
    return name not in _OURS and (not line.zero or name in _ALWAYS)


def _missing(found: Iterable[Line]) -> list[str]:
    """Each reason with what it stands for, a whole group by its name."""
    groups: dict[str, int] = {}
    for row in FIGURES:
        groups[row.group] = groups.get(row.group, 0) + 1
    reasons: dict[str, dict[str, list[str]]] = {}
    parent = ""
    for each in found:
        label = each.row.label
        parent = parent if label.startswith(" ") else label
        if each.missing is not None:
            name = label if label == parent else f"{parent} ({label.strip()})"
            by_group = reasons.setdefault(each.missing.reason, {})
            by_group.setdefault(each.row.group, []).append(name)
    return [
        line
        for reason, by_group in reasons.items()
        for line in wrap(
            f"{_names(by_group, groups)}: {reason}",
            WIDTH,
            initial_indent="  ",
            subsequent_indent="    ",
        )
    ]


def _names(by_group: dict[str, list[str]], groups: dict[str, int]) -> str:
    names: list[str] = []
    for group, labels in by_group.items():
        names += [group] if len(labels) == groups[group] else _without_children(labels)
    return "; ".join(names)


def _without_children(labels: list[str]) -> list[str]:
    """A figure whose parts are missing for the same reason is named alone."""
    return [label for label in labels if label.partition(" (")[0] not in labels or "(" not in label]
