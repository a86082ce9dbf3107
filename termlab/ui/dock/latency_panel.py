"""*input latency*: from a key to the first output behind it, as percentiles and as a histogram."""

from itertools import groupby
from typing import Final

from termlab.model.figure import Figure, Missing
from termlab.model.vitals import LATENCY_EDGES_MS, Latency, Vitals
from termlab.ui.dock.grid import grid
from termlab.ui.dock.histogram import axis, bar_cols, bars
from termlab.ui.dock.ink import Part, Role, Row, cut
from termlab.ui.dock.missing import Named, cell, foot, nothing_known, reasons
from termlab.ui.dock.panel import Panel
from termlab.ui.dock.thresholds import LIMITS, judge
from termlab.ui.dock.units import amount, count, milliseconds

_BINS: Final = len(LATENCY_EDGES_MS) + 1


class LatencyPanel(Panel):
    """The keys of the pane since it is watched."""

    heading = "input latency"
    part = "latency"

    def aside(self, vitals: Vitals, top: float) -> str:
        keys = amount(vitals.latency.keys)
        return "" if keys is None else "1 key" if keys == 1 else f"{count(keys)} keys"

    def draw(self, vitals: Vitals, trail: Row, cols: int) -> list[Row]:
        return latency_rows(vitals.latency, cols)


def latency_rows(seen: Latency, cols: int) -> list[Row]:
    """The panel beneath its title."""
    named: list[Named] = [
        ("p50", seen.p50_ms),
        ("p95", seen.p95_ms),
        ("p99", seen.p99_ms),
        ("max", seen.max_ms),
    ]
    if nothing_known(named):
        return reasons(named, cols)
    table = grid(
        [
            ("", [Part(name, "dim") for name, _ in named]),
            ("ms", [_time(figure) for _, figure in named]),
        ],
        cols,
    )
    picture = _histogram(seen.bins, cols)
    return [*table, *picture, *_stages(seen, cols), *foot(named, meant(seen), cols)]


def _stages(seen: Latency, cols: int) -> list[Row]:
    """The parts of a key's way, as far as they are known, and the keys that the kernel answered."""
    stages = [
        (name, stage)
        for name, stage in (
            ("until read", seen.consumed),
            ("read to answer", seen.answered),
            ("until drawn", seen.drawn),
        )
        if stage is not None and not (isinstance(stage.p50_ms, Missing))
    ]
    lines: list[tuple[str, list[Part]]] = []
    if stages:
        lines.append(("", [Part("p50", "dim"), Part("p95", "dim")]))
        lines += [(name, [_time(stage.p50_ms), _time(stage.p95_ms)]) for name, stage in stages]
    if (echoes := amount(seen.echoes)) is not None:
        lines.append(("kernel's echoes", [Part(count(echoes)), Part("")]))
    return grid(lines, cols)


def meant(seen: Latency) -> str:
    """What the figures say, in a sentence."""
    half, late = amount(seen.p50_ms), amount(seen.p95_ms)
    if late is not None and late >= LIMITS["latency_ms"].bad:
        return f"One key in twenty waits {milliseconds(late)} or longer: it is felt."
    if half is None:
        return ""
    return f"Half of the keys were answered within {milliseconds(half)}."


def _histogram(bins: tuple[int, ...], cols: int) -> list[Row]:
    if len(bins) != _BINS or not any(bins):
        return []
    room = cols - 2
    wide = bar_cols(_BINS, room)
    rows: list[Row] = [(Part(" "), *_coloured(line, wide)) for line in bars(bins, room)]
    rows.append((Part(f" {axis(LATENCY_EDGES_MS, room)}", "dim"),))
    return [cut(row, cols) for row in rows]


def _coloured(line: str, wide: int) -> list[Part]:
    """Each bar in the colour of the time it begins at, what is between them in none."""
    starts = (0.0, *LATENCY_EDGES_MS)
    roles: list[Role] = [judge("latency_ms", start) for start in starts for _ in range(wide)]
    inked: list[tuple[str, Role]] = [
        (cell, "plain" if cell == " " else role) for cell, role in zip(line, roles, strict=False)
    ]
    groups = groupby(inked, key=lambda pair: pair[1])
    return [Part("".join(cell for cell, _ in group), role) for role, group in groups]


def _time(figure: Figure) -> Part:
    value = amount(figure)
    if value is None:
        return cell(figure, "")
    role = judge("latency_ms", value)
    text = f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
    return Part(text, "plain" if role == "good" else role)
