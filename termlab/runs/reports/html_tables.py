"""The tables of the HTML report, which need no script. Every text is escaped here. Pure."""

from collections.abc import Iterable
from html import escape
from typing import Final

from termlab.model.calls import CallTable
from termlab.model.figure import Missing
from termlab.model.metrics import FIGURES, FigureRow
from termlab.model.run import Profile
from termlab.runs.report import show
from termlab.runs.reports.latency_chart import stage_rows
from termlab.runs.reports.wording import note, plain
from termlab.runs.summary import Spread, spreads

_WAKERS: Final = 30


def text(words: str) -> str:
    """``words`` as the text of an element or an attribute."""
    return escape(plain(words), quote=True)


def figures_table(profile: Profile) -> str:
    """Every figure, or the reason why there is none."""
    several = len(profile.runs) > 1
    found = spreads(profile.runs)
    heads = ("Figure", "Median", "Least", "Most", "") if several else ("Figure", "Value", "")
    rows: list[str] = []
    group = ""
    for row in FIGURES:
        if row.group != group:
            group = row.group
            rows.append(
                f'</tbody><tbody><tr><th class="group" scope="rowgroup" colspan="{len(heads)}">'
                f"{text(group.capitalize())}</th></tr>"
            )
        rows.append(_figure(profile, row, found[row.name], several=several))
    body = "".join(rows).removeprefix("</tbody>") + "</tbody>"
    return f'<table class="figures">{_head(heads, 1, len(heads) - 1)}{body}</table>'


def _figure(profile: Profile, row: FigureRow, spread: Spread | Missing, *, several: bool) -> str:
    indent = ' class="indent"' if row.label.startswith(" ") else ""
    name = f'<th scope="row"{indent}>{text(row.label.strip())}</th>'
    if isinstance(spread, Missing):
        width = 4 if several else 2
        reason = f"not available: {text(spread.reason)}"
        return f'<tr>{name}<td class="note" colspan="{width}">{reason}</td></tr>'
    values = (spread.median, spread.least, spread.most) if several else (spread.median,)
    cells = "".join(f'<td class="number">{text(show(row.unit, value))}</td>' for value in values)
    said = note(profile, row.name)
    if spread.runs < len(profile.runs):
        said = f"in {spread.runs} of the runs" + (f"; {said}" if said else "")
    return f'<tr>{name}{cells}<td class="note">{text(said)}</td></tr>'


def calls_table(table: CallTable) -> str:
    """All the calls of a run by name."""
    heads = ["Call", "Count", "Idle", "Time", "Errors"]
    rows = [
        (
            f"<code>{text(call.name)}</code>",
            f"{call.count:,}",
            _count(call.idle),
            "" if call.time_ns is None else show("s", call.time_ns / 1e9),
            _count(call.errors),
        )
        for call in table.calls
    ]
    return _table(heads, rows, range(1, 5))


def _count(count: int | None) -> str:
    return "" if count is None else f"{count:,}"


def stages_table(profile: Profile) -> str:
    """Percentiles of each stage of a key's way; "" without keys."""
    rows = [
        (text(name), f"{keys:,}", *(show("ms", value) for value in found))
        for name, keys, found in stage_rows(profile)
    ]
    heads = ["Stage", "Keys", "p50", "p95", "p99", "Max"]
    return _table(heads, rows, range(1, 6)) if rows else ""


def wakers_table(profile: Profile) -> str:
    """Which threads wake most, over all runs; "" if that is not known."""
    sums: dict[tuple[str, str], tuple[int, int]] = {}
    for run in profile.runs:
        for waker in run.wakers:
            key = (waker.process, waker.thread)
            wakeups, idle = sums.get(key, (0, 0))
            sums[key] = wakeups + waker.wakeups, idle + waker.idle_wakeups
    order = sorted(sums.items(), key=lambda each: (-each[1][1], -each[1][0]))[:_WAKERS]
    rows = [
        (f"<code>{text(process)}</code>", f"<code>{text(thread)}</code>", f"{all_:,}", f"{idle:,}")
        for (process, thread), (all_, idle) in order
    ]
    return _table(["Process", "Thread", "Wakeups", "While idle"], rows, (2, 3)) if rows else ""


def _head(heads: Iterable[str], first: int, end: int) -> str:
    cells = "".join(
        f'<th scope="col"{_right(first <= index < end)}>{text(head)}</th>'
        for index, head in enumerate(heads)
    )
    return f"<thead><tr>{cells}</tr></thead>"


def _table(heads: list[str], rows: Iterable[tuple[str, ...]], numbers: Iterable[int]) -> str:
    """Cells are markup already."""
    right = set(numbers)
    body = "".join(
        "<tr>"
        + "".join(f"<td{_right(i in right)}>{cell}</td>" for i, cell in enumerate(row))
        + "</tr>"
        for row in rows
    )
    return f"<table>{_head(heads, min(right), max(right) + 1)}<tbody>{body}</tbody></table>"


def _right(number: bool) -> str:
    return ' class="number"' if number else ""
