"""The one place where counters are gathered: of the server, each pane and each connection.

Each part counts for itself, at no cost that matters, and tells it as a frozen record; the tables
below say which parts there are. **A part more is one line there**: its name, where its record comes
from, and which of its fields are levels (a size, a mean, a mark of how far it went) and not counts.

Nothing here runs until somebody asks. A reset touches no part's own books, which others read too:
what had been counted by then is taken off from then on. Only what can't be taken off, a high-water
mark, the part sets back itself (``reset``).
"""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, Generic, NamedTuple, TypeVar
from weakref import WeakKeyDictionary

from termlab.model.counted import Counted, Counter, PartCounters, Snapshot, Value
from termlab.model.figure import Missing
from termlab.probes.own_cost import own_cost
from termlab.server.countable import (
    OutputStats,
    ScreenStats,
    SessionStats,
    input_of,
    line_stats,
    listener_stats,
    mark_stats,
    publisher_stats,
    reset_publisher,
)
from termlab.server.pane import Pane
from termlab.server.peer import Peer
from termlab.server.schedule_counters import client_schedule, server_schedule
from termlab.server.server import Server
from termlab.terminal.arena_stats import LearnedStats as ArenaSizes

T = TypeVar("T")


class Part(NamedTuple, Generic[T]):
    """``stats`` gives a record (a named tuple or a struct) whose fields are the counters, or why
    there is none. A field that is a dictionary is one counter for each key."""

    name: str
    stats: Callable[[T], Any]
    levels: frozenset[str] = frozenset()
    reset: Callable[[T], object] | None = None


def part(
    name: str,
    stats: Callable[[T], Any],
    *levels: str,
    reset: Callable[[T], object] | None = None,
) -> Part[T]:
    """A line of the tables below; ``levels`` are the fields that are no counts."""
    return Part(name, stats, frozenset(levels), reset)


COST_LEVELS: Final = ("rss_bytes", "peak_rss_bytes", "threads", "os_threads", "descriptors")

SERVER: Final[tuple[Part[Server], ...]] = (
    part("process", lambda server: own_cost(), *COST_LEVELS),
    part("loop", lambda server: server.loop.stats(), "timers_armed", "watched"),
    part("sessions", SessionStats.of, *SessionStats._fields),
    part("listener", listener_stats, "open"),
    part("departing", lambda server: server.departing.stats(), "waiting"),
    part("arenas", lambda server: server.spawner.arenas.stats(), *ArenaSizes._fields),
    part(
        "arena_pool",
        lambda server: server.spawner.arenas.pool.stats(),
        "kept",
        "kept_bytes",
        "limit_bytes",
    ),
    part(
        "publisher",
        publisher_stats,
        "subscribers",
        "waiting",
        "waiting_high",
        reset=reset_publisher,
    ),
    part("schedule", server_schedule),
)

ARENA_LEVELS: Final = (
    "used_bytes",
    "capacity_bytes",
    "high_water_bytes",
    "utilisation",
    "heap_bytes",
)

COALESCER_LEVELS: Final = (
    "mean_flush_bytes",
    "flush_bytes",
    "flush_ms",
    "rest_ms",
    "bytes_per_wake",
    "wakes_per_s",
)

PANE: Final[tuple[Part[Pane], ...]] = (
    part(
        "ring",
        lambda pane: pane.ring.stats(),
        "capacity",
        "high_water",
        "fallbacks",
        reset=lambda pane: pane.ring.reset_stats(),
    ),
    part("coalescer", lambda pane: pane.coalescer.stats(), *COALESCER_LEVELS),
    part("emulator", lambda pane: pane.emulator.stats(), "memory_bytes", "history_rows"),
    part(
        "persistent_arena",
        lambda pane: pane.arenas.persistent.stats(),
        *ARENA_LEVELS,
        reset=lambda pane: pane.arenas.persistent.reset_stats(),
    ),
    part(
        "temporary_arena",
        lambda pane: pane.arenas.temporary.stats(),
        *ARENA_LEVELS,
        reset=lambda pane: pane.arenas.temporary.reset_stats(),
    ),
    part("output", OutputStats.of, "rows_bytes"),
    part("marks", mark_stats),
    part("lines", line_stats, "commands", "asked_waiting"),
    part(
        "input",
        lambda pane: pane.stdin.stats(),
        "waiting_bytes",
        "high_water_bytes",
        reset=lambda pane: pane.stdin.reset_stats(),
    ),
)

LINK_LEVELS: Final = ("queued_bytes", "queued_high_bytes", "buffer_bytes")

CONNECTION: Final[tuple[Part[Peer], ...]] = (
    part(
        "link",
        lambda peer: peer.link.stats(),
        *LINK_LEVELS,
        reset=lambda peer: peer.link.reset_stats(),
    ),
    part("turns", lambda peer: peer.turns.stats(), "under_way"),
    part("input", input_of),  # the client's own, which it sets back itself
    part("screen", ScreenStats.of, "client", "views"),
    part("schedule", client_schedule),
)


class Counters:
    """Gathers them, and knows what had been counted by the last reset."""

    def __init__(self, server: Server, wall: Callable[[], float] = time.time) -> None:
        self._server = server
        self._wall = wall
        self._resets = 0
        self._since = server.started_at
        # What is taken off, by thing and part; it goes with the thing.
        self._before: WeakKeyDictionary[object, dict[str, dict[str, Value]]] = WeakKeyDictionary()

    def gather(self, panes: Iterable[Pane] | None = None) -> Snapshot:
        """All by now; of some ``panes`` alone, if that is asked."""
        server = self._server
        if panes is not None:
            told = tuple(self._pane(pane) for pane in panes)
            return Snapshot(self._wall(), self._counted_s(), self._resets, None, told, ())
        return Snapshot(
            self._wall(),
            self._counted_s(),
            self._resets,
            Counted("server", f"process {server.pid}", self._parts(server, SERVER)),
            tuple(self._pane(pane) for _, _, pane in server.sessions.panes()),
            tuple(self._connection(peer) for peer in server.presence.connections),
        )

    def reset(self) -> None:
        """From here on everything counts from zero; levels stay what they are."""
        self._resets += 1
        self._since = self._server.loop.clock()
        for thing, parts in self._things():
            self._before[thing] = {each.name: _counts(each, thing) for each in parts}

    def _things(self) -> Iterator[tuple[object, tuple[Part[Any], ...]]]:
        server = self._server
        yield server, SERVER
        for _, _, pane in server.sessions.panes():
            yield pane, PANE
        for peer in server.presence.connections:
            yield peer, CONNECTION

    def _counted_s(self) -> float:
        return self._server.loop.clock() - self._since

    def _pane(self, pane: Pane) -> Counted:
        pane.refresh()  # "output" asks for its rows: making them is counted by parts told before
        return Counted(f"%{pane.id}", pane.ended or pane.command, self._parts(pane, PANE))

    def _connection(self, peer: Peer) -> Counted:
        attachment = peer.attachment
        about = "asks" if attachment is None else f"shows {attachment.session.name}"
        return Counted(f"#{peer.number}", about, self._parts(peer, CONNECTION))

    def _parts(self, thing: T, parts: tuple[Part[T], ...]) -> tuple[PartCounters, ...]:
        before = self._before.get(thing, {})
        return tuple(_told(each, thing, before.get(each.name, {})) for each in parts)


def _told(each: Part[T], thing: T, before: dict[str, Value]) -> PartCounters:
    record = each.stats(thing)
    if isinstance(record, Missing):
        return PartCounters(each.name, (), record.reason)
    counters = []
    for name, value in _values(record):
        level = name in each.levels or isinstance(value, (str, bool, Missing))
        counters.append(Counter(name, value if level else _since(value, before.get(name)), level))
    return PartCounters(each.name, tuple(counters))


def _counts(each: Part[T], thing: T) -> dict[str, Value]:
    """What a part has counted by a reset, which it hears of if it wants to."""
    if each.reset is not None:
        each.reset(thing)
    record = each.stats(thing)
    return {} if isinstance(record, Missing) else dict(_values(record))


def _since(value: Value, before: Value | None) -> Value:
    """What was counted since; a part that went back to zero by itself has nothing taken off."""
    if isinstance(value, (int, float)) and isinstance(before, (int, float)) and value >= before:
        return value - before
    return value


def _values(record: Any) -> Iterator[tuple[str, Value]]:
    """The fields of a record, those of a dictionary in it under both names, those of records in it
    behind the name that comes first in each."""
    for name in _names(record):
        value = getattr(record, name)
        if isinstance(value, dict):
            yield from ((f"{name}_{key}", each) for key, each in value.items())
        elif isinstance(value, tuple):
            for each in value:
                (_, called), *rest = _values(each)
                yield from ((f"{called}_{field}", counted) for field, counted in rest)
        else:
            yield name, value


def _names(record: Any) -> tuple[str, ...]:
    names: tuple[str, ...] = getattr(record, "_fields", None) or record.__struct_fields__
    return names
