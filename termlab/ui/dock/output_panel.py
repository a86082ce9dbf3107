"""*output quality*: what the program writes to its terminal, and how much of it was for nothing."""

from collections.abc import Callable
from typing import Final

from termlab.model.figure import Figure
from termlab.model.vitals import Output, Vitals
from termlab.ui.dock.grid import grid
from termlab.ui.dock.ink import Part, Row, wrapped
from termlab.ui.dock.missing import Named, cell, foot, nothing_known, reasons
from termlab.ui.dock.panel import Panel
from termlab.ui.dock.thresholds import LIMITS, judge
from termlab.ui.dock.units import amount, percent, rate, size, throughput

# Nobody who looked knows of it.
UNKNOWN: Final = "what it writes is not looked at"


class OutputPanel(Panel):
    """Bytes over time."""

    heading = "output quality"
    part = "output"

    def sample(self, vitals: Vitals) -> Figure | None:
        return vitals.output.bytes_per_s if vitals.output is not None else None

    def aside(self, vitals: Vitals, top: float) -> str:
        return f"top {throughput(top)}" if top else ""

    def draw(self, vitals: Vitals, trail: Row, cols: int) -> list[Row]:
        if vitals.output is None:
            return wrapped(UNKNOWN, cols, "dim", indent=1)
        return output_rows(vitals.output, trail, cols)


def output_rows(seen: Output, trail: Row, cols: int) -> list[Row]:
    """The panel beneath its title."""
    named: list[Named] = [
        ("output", seen.bytes_per_s),
        ("bursts", seen.bursts_per_s),
        ("bytes a burst", seen.burst_bytes),
        ("bytes a read", seen.read_bytes),
        ("same rows", seen.rows_unchanged_percent),
        ("full clears", seen.full_clears_per_s),
        ("clears seen", seen.unsynced_clears_per_s),
        ("in sync", seen.sync_frames_per_s),
        ("scrolls", seen.scrolls_per_s),
        ("cursor", seen.cursor_moves_per_s),
        ("same colour", seen.redundant_colours_percent),
    ]
    if nothing_known(named):
        return reasons(named, cols)
    table = grid(_table(seen), cols)
    return [*table, trail, *foot(named, meant(seen), cols)]


def _table(seen: Output) -> list[tuple[str, tuple[Part, ...]]]:
    """A line for each kind of thing that is written."""
    size_of = _cell(seen.burst_bytes, lambda each: f"of {size(each)}")
    colours = _cell(seen.redundant_colours_percent, percent, "redundant_percent")
    return [
        ("output", (_cell(seen.bytes_per_s, throughput), Part(""))),
        ("bursts", (_cell(seen.bursts_per_s, rate, "bursts_per_s"), size_of)),
        ("same rows", (_cell(seen.rows_unchanged_percent, percent, "unchanged_percent"),)),
        ("same colour", (colours,)),
        (
            "full clears",
            (_cell(seen.full_clears_per_s, rate), _shown(seen.unsynced_clears_per_s)),
        ),
        ("in sync", (_cell(seen.sync_frames_per_s, rate),)),
        ("scrolls", (_cell(seen.scrolls_per_s, rate),)),
        ("cursor", (_cell(seen.cursor_moves_per_s, rate),)),
    ]


def meant(seen: Output) -> str:
    """What the figures say, in a sentence."""
    written = amount(seen.bytes_per_s)
    if written is None:
        return ""
    if not written:
        return "It writes nothing."
    clears = amount(seen.unsynced_clears_per_s)
    if clears is not None and clears >= LIMITS["unsynced_clears_per_s"].warn:
        return "It clears the screen where that is seen: it flickers."
    same = amount(seen.rows_unchanged_percent)
    if same is not None and same >= LIMITS["unchanged_percent"].warn:
        return f"{same:.0f} of 100 rows are written as they were."
    colours = amount(seen.redundant_colours_percent)
    if colours is not None and colours >= LIMITS["redundant_percent"].warn:
        return f"{colours:.0f} of 100 colours are set while they hold."
    bursts = amount(seen.bursts_per_s)
    if bursts is not None and bursts >= LIMITS["bursts_per_s"].warn:
        return "It writes in more pieces than a display can show."
    return "What it writes changes what is seen."


def _cell(figure: Figure, text: Callable[[float], str], limits: str = "") -> Part:
    value = amount(figure)
    if value is None:
        return cell(figure, "")
    role = judge(limits, value) if limits else "plain"
    return Part(text(value), "plain" if role == "good" else role)


def _shown(figure: Figure) -> Part:
    """Of the clears, those whose picture is seen."""
    value = amount(figure)
    if value is None:
        return Part("")
    role = judge("unsynced_clears_per_s", value)
    return Part(f"{rate(value)} seen", "dim" if role == "good" else role)
