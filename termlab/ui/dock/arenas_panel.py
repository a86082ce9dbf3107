"""*arenas*: the memory of the pane's processes, and what termlab itself keeps for the pane."""

from termlab.model.metrics import Figure
from termlab.model.vitals import Storage, Vitals
from termlab.ui.dock.gauge import gauge
from termlab.ui.dock.grid import grid
from termlab.ui.dock.ink import Part, Row, cut
from termlab.ui.dock.missing import Named, cell, foot, nothing_known, reasons
from termlab.ui.dock.panel import Panel
from termlab.ui.dock.thresholds import LIMITS, judge
from termlab.ui.dock.units import amount, count, size


class ArenasPanel(Panel):
    """The processes' memory over time."""

    heading = "arenas"

    def sample(self, vitals: Vitals) -> Figure:
        return vitals.storage.rss_bytes

    def aside(self, vitals: Vitals, top: float) -> str:
        return f"top {size(top)}" if top else ""

    def draw(self, vitals: Vitals, trail: Row, cols: int) -> list[Row]:
        return arenas_rows(vitals.storage, trail, cols)


def arenas_rows(seen: Storage, trail: Row, cols: int) -> list[Row]:
    """The panel beneath its title."""
    named: list[Named] = [
        ("processes", seen.rss_bytes),
        ("emulator", seen.emulator_bytes),
        ("rows", seen.rows_bytes),
        ("history", seen.history_rows),
        ("arena", seen.arena_bytes),
        ("ring", seen.ring_peak_bytes),
        ("ring's size", seen.ring_capacity_bytes),
    ]
    if nothing_known(named):
        return reasons(named, cols)
    table = grid(
        [
            ("processes", (_bytes(seen.rss_bytes),)),
            ("emulator", (_bytes(seen.emulator_bytes),)),
            ("rows", (_bytes(seen.rows_bytes),)),
            ("arena", (_bytes(seen.arena_bytes),)),
            ("ring, peak", (_bytes(seen.ring_peak_bytes),)),
        ],
        cols,
    )
    return [trail, *table, *_ring(seen, cols), *foot(named, meant(seen), cols)]


def meant(seen: Storage) -> str:
    """What the figures say, in a sentence."""
    share = ring_share(seen)
    if share is not None and share >= LIMITS["ring_share"].bad:
        return "The ring was full: the program had to wait for the screen."
    own = [amount(each) for each in (seen.emulator_bytes, seen.rows_bytes, seen.arena_bytes)]
    own.append(amount(seen.ring_capacity_bytes))
    known = sum(each for each in own if each is not None)
    if not known:
        return ""
    lines = amount(seen.history_rows)
    what = f"this pane, {count(lines)} lines above" if lines else "this pane"
    return f"termlab keeps {size(known)} for {what}."


def ring_share(seen: Storage) -> float | None:
    """How full the ring was at most."""
    peak, capacity = amount(seen.ring_peak_bytes), amount(seen.ring_capacity_bytes)
    return None if peak is None or not capacity else peak / capacity


def _ring(seen: Storage, cols: int) -> list[Row]:
    share = ring_share(seen)
    if share is None:
        return []
    capacity = amount(seen.ring_capacity_bytes) or 0.0
    room = f" of {size(capacity)}"
    bar = gauge(share, cols - 2 - len(room))
    row: Row = (Part(" "), Part(bar, judge("ring_share", share)), Part(room, "dim"))
    return [cut(row, cols)]


def _bytes(figure: Figure) -> Part:
    value = amount(figure)
    return cell(figure, "" if value is None else size(value))
