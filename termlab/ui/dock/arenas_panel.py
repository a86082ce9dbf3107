"""*arenas*: the memory of the pane's processes, and what termlab itself keeps for the pane."""

from collections.abc import Iterator

from termlab.model.metrics import Figure
from termlab.model.vitals import ArenaUse, Storage, Vitals
from termlab.ui.dock.gauge import gauge
from termlab.ui.dock.grid import grid
from termlab.ui.dock.ink import Part, Role, Row, cut, wrapped
from termlab.ui.dock.missing import Named, cell, foot, nothing_known, reasons
from termlab.ui.dock.panel import Panel
from termlab.ui.dock.thresholds import LIMITS, judge
from termlab.ui.dock.units import amount, count, size

# A bar of fewer cells says nothing: what stands behind it is made shorter before.
LEAST_BAR = 6


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
        *((name, arena.used_bytes) for name, arena in arenas(seen)),
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
            *((name, (_bytes(arena.used_bytes),)) for name, arena in arenas(seen)),
            ("ring, peak", (_bytes(seen.ring_peak_bytes),)),
        ],
        cols,
    )
    bars = [[*_bar(arena, cols)] for _, arena in arenas(seen)] + [[*_ring(seen, cols)]]
    first = len(table) - len(bars)
    barred = [row for line, bar in zip(table[first:], bars, strict=True) for row in (line, *bar)]
    return [trail, *table[:first], *barred, *_resizes(seen, cols), *foot(named, meant(seen), cols)]


def arenas(seen: Storage) -> list[tuple[str, ArenaUse]]:
    """Those that are known of, by what is in them."""
    both = ("lines, names", seen.persistent), ("last frame", seen.temporary)
    return [(name, arena) for name, arena in both if arena is not None]


def meant(seen: Storage) -> str:
    """What the figures say, in a sentence."""
    share = ring_share(seen)
    if share is not None and share >= LIMITS["ring_share"].bad:
        return "The ring was full: the program had to wait for the screen."
    fallbacks = sum(amount(arena.fallbacks) or 0 for _, arena in arenas(seen))
    if fallbacks:
        times = "once" if fallbacks == 1 else f"{count(fallbacks)} times"
        return f"An arena was full {times}: the heap gave the memory."
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


def _ring(seen: Storage, cols: int) -> Iterator[Row]:
    share = ring_share(seen)
    if share is not None:
        room = f" of {size(amount(seen.ring_capacity_bytes) or 0.0)}"
        yield _gauge(share, judge("ring_share", share), (room,), cols)


def _bar(arena: ArenaUse, cols: int) -> Iterator[Row]:
    """How full it is, and was at most."""
    used, capacity = amount(arena.used_bytes), amount(arena.capacity_bytes)
    if used is None or not capacity:
        return
    room, peak = f" of {size(capacity)}", amount(arena.high_water_bytes)
    long = room if peak is None else f" top {size(peak)}{room}"
    role: Role = "bad" if amount(arena.fallbacks) else "good"
    yield _gauge(used / capacity, role, (long, room), cols)


def _gauge(share: float, role: Role, tails: tuple[str, ...], cols: int) -> Row:
    """A bar, and behind it the first of ``tails`` that leaves it room, or the last."""
    fitting = (each for each in tails if cols - 2 - len(each) >= LEAST_BAR)
    tail = next(fitting, tails[-1])
    bar = gauge(share, cols - 2 - len(tail))
    return cut((Part(" "), Part(bar, role), Part(tail, "dim")), cols)


def _resizes(seen: Storage, cols: int) -> Iterator[Row]:
    """How each arena changed its size last."""
    for name, arena in arenas(seen):
        if arena.resize:
            yield from wrapped(f"{name}: {arena.resize}", cols, "dim", indent=1)


def _bytes(figure: Figure) -> Part:
    value = amount(figure)
    return cell(figure, "" if value is None else size(value))
