"""*memory and arenas*: that of the pane's processes, and what termlab itself keeps for the pane."""

from collections.abc import Iterator

from termlab.model.figure import Figure
from termlab.model.vitals import ArenaUse, Storage, Vitals
from termlab.ui.dock.gauge import barred
from termlab.ui.dock.grid import grid
from termlab.ui.dock.ink import Part, Role, Row, wrapped
from termlab.ui.dock.missing import Named, cell, foot, nothing_known, reasons
from termlab.ui.dock.panel import Panel
from termlab.ui.dock.thresholds import LIMITS, judge
from termlab.ui.dock.units import amount, count, growth, rate, size


class ArenasPanel(Panel):
    """The processes' memory over time."""

    heading = "memory and arenas"
    part = "memory"

    def sample(self, vitals: Vitals) -> Figure:
        return vitals.storage.rss_bytes

    def aside(self, vitals: Vitals, top: float) -> str:
        return f"top {size(top)}" if top else ""

    def draw(self, vitals: Vitals, trail: Row, cols: int) -> list[Row]:
        return arenas_rows(vitals.storage, trail, cols)


def arenas_rows(seen: Storage, trail: Row, cols: int) -> list[Row]:
    """The panel beneath its title: the processes', then termlab's own."""
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
    theirs, own = _theirs(seen), _own(seen)
    table = grid([*theirs, *own], cols)
    bars = [[*_bar(arena, cols)] for _, arena in arenas(seen)] + [[*_ring(seen, cols)]]
    first = len(table) - len(bars)
    barred_rows = [
        row for line, bar in zip(table[first:], bars, strict=True) for row in (line, *bar)
    ]
    return [
        *table[: len(theirs)],
        *_peak(seen, cols),
        trail,
        *table[len(theirs) : first],
        *barred_rows,
        *_resizes(seen, cols),
        *foot(named, meant(seen), cols),
    ]


def _theirs(seen: Storage) -> list[tuple[str, tuple[Part, ...]]]:
    """Of the processes: what is resident, and of the rest what is known."""
    lines: list[tuple[str, tuple[Part, ...]]] = [("processes", (_bytes(seen.rss_bytes),))]
    if amount(seen.pss_bytes) is not None:
        lines.append(("own share", (_bytes(seen.pss_bytes),)))
    if (grows := amount(seen.growth_bytes_per_s)) is not None:
        role = judge("growth_bytes_per_s", grows)
        lines.append(("growth", (Part(growth(grows), "plain" if role == "good" else role),)))
    minor, major = amount(seen.minor_faults_per_s), amount(seen.major_faults_per_s)
    if minor is not None:
        lines.append(("page faults", (Part(rate(minor)),)))
    if major:
        lines.append(("from disk", (Part(rate(major), judge("major_faults_per_s", major)),)))
    return lines


def _own(seen: Storage) -> list[tuple[str, tuple[Part, ...]]]:
    """Of termlab, for the pane; those with a bar last, and in the order of the bars."""
    pool = [("pool, all panes", (_bytes(seen.pool_bytes),))]
    return [
        ("emulator", (_bytes(seen.emulator_bytes),)),
        ("rows", (_bytes(seen.rows_bytes),)),
        *(pool if amount(seen.pool_bytes) is not None else []),
        *((name, (_bytes(arena.used_bytes),)) for name, arena in arenas(seen)),
        ("ring, peak", (_bytes(seen.ring_peak_bytes),)),
    ]


def arenas(seen: Storage) -> list[tuple[str, ArenaUse]]:
    """Those that are known of, by what is in them."""
    both = ("lines, names", seen.persistent), ("last frame", seen.temporary)
    return [(name, arena) for name, arena in both if arena is not None]


def meant(seen: Storage) -> str:
    """What the figures say, in a sentence."""
    share = ring_share(seen)
    if share is not None and share >= LIMITS["ring_share"].bad:
        return "The ring was full: the program had to wait for the screen."
    grows = amount(seen.growth_bytes_per_s)
    if grows is not None and grows >= LIMITS["growth_bytes_per_s"].warn:
        return f"Its memory grows by {size(grows * 3600)} an hour if that goes on."
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


def _peak(seen: Storage, cols: int) -> Iterator[Row]:
    """What is resident, of the most that was."""
    now, peak = amount(seen.rss_bytes), amount(seen.peak_bytes)
    if now is not None and peak:
        yield barred(min(now / peak, 1.0), "good", (f" of top {size(peak)}",), cols)


def _ring(seen: Storage, cols: int) -> Iterator[Row]:
    share = ring_share(seen)
    if share is not None:
        room = f" of {size(amount(seen.ring_capacity_bytes) or 0.0)}"
        yield barred(share, judge("ring_share", share), (room,), cols)


def _bar(arena: ArenaUse, cols: int) -> Iterator[Row]:
    """How full it is, and was at most."""
    used, capacity = amount(arena.used_bytes), amount(arena.capacity_bytes)
    if used is None or not capacity:
        return
    room, peak = f" of {size(capacity)}", amount(arena.high_water_bytes)
    long = room if peak is None else f" top {size(peak)}{room}"
    role: Role = "bad" if amount(arena.fallbacks) else "good"
    yield barred(used / capacity, role, (long, room), cols)


def _resizes(seen: Storage, cols: int) -> Iterator[Row]:
    """How each arena changed its size last."""
    for name, arena in arenas(seen):
        if arena.resize:
            yield from wrapped(f"{name}: {arena.resize}", cols, "dim", indent=1)


def _bytes(figure: Figure) -> Part:
    value = amount(figure)
    return cell(figure, "" if value is None else size(value))
