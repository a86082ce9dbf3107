"""The options, as one frozen record with units in the names and bounds in the types.

Where they come from is `loader`'s matter; their defaults stand in `defaults.toml` alone.
"""

from typing import Annotated, Literal

from termlab.model.bindings import Binding
from termlab.model.cpu_list import parse_cpus
from termlab.model.dock import MAX_COLS, MIN_COLS
from termlab.model.lab import PANELS, RATES
from termlab.model.records import msgspec
from termlab.model.schedule import Schedule

# Longer than a person waits for a key on purpose.
Milliseconds = Annotated[int, msgspec.Meta(ge=0, le=10_000)]
# One page at least; more than a GiB for one pane or buffer is a slip of the hand.
Bytes = Annotated[int, msgspec.Meta(ge=4096, le=1 << 30)]
# Between what a panel needs to say anything and what no screen has.
DockCols = Annotated[int, msgspec.Meta(ge=MIN_COLS, le=MAX_COLS)]
# More looks cost more than they show.
DockRate = Annotated[int, msgspec.Meta(ge=RATES[0], le=RATES[-1])]
DockPanels = Annotated[tuple[str, ...], msgspec.Meta(max_length=len(PANELS))]
# Which CPUs: read by `model.cpu_list`.
Cpus = Annotated[str, msgspec.Meta(pattern="^[0-9, -]*$", max_length=1000)]
# No kernel numbers more nodes (MAX_NUMNODES); -1 is any.
NumaNode = Annotated[int, msgspec.Meta(ge=-1, le=1023)]
Nice = Annotated[int, msgspec.Meta(ge=-20, le=19)]
# Of SCHED_FIFO; 0 is off.
Realtime = Annotated[int, msgspec.Meta(ge=0, le=99)]
# 0 is the system's own; more is no stack but a leak.
StackBytes = Annotated[int, msgspec.Meta(ge=0, le=1 << 28)]
# One read's worth of the shortest sequences at least; what a million would take no hand has typed.
Events = Annotated[int, msgspec.Meta(ge=16, le=1 << 20)]
# One at least: the run that was just measured. More is no list that anybody reads.
RunCount = Annotated[int, msgspec.Meta(ge=1, le=100_000)]
# More than a row has room for.
Segments = Annotated[tuple[str, ...], msgspec.Meta(max_length=32)]


class Status(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The status row's segments (`model.status_row`), from each of its ends."""

    left: Segments
    right: Segments


class DockOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The lab dock of a session that nobody has changed it in."""

    shown: bool
    cols: DockCols
    rate: DockRate = RATES[0]
    panels: DockPanels = PANELS


class ProbeOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How what panes do is measured. ``syscalls``: the way to count them (`model.calls.TIERS`)."""

    syscalls: Literal["auto", "ebpf", "perf", "strace", "accounting", "off"] = "auto"


class ProcessOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the kernel is to run one of termlab's own processes (`model.schedule`)."""

    cpus: Cpus
    numa_node: NumaNode
    nice: Nice
    realtime: Realtime
    thread_stack_bytes: StackBytes

    def schedule(self) -> Schedule:
        """As the process takes it."""
        node = self.numa_node if self.numa_node >= 0 else None
        cpus = parse_cpus(self.cpus)
        return Schedule(cpus, node, self.nice, self.realtime, self.thread_stack_bytes)


class InputOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a client takes what a person does (`client.intake`)."""

    merge_motion: bool
    merge_repeats: bool
    queue_events: Events


class RunsOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is kept of measured runs (`runs.store`)."""

    keep: RunCount


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a person may set. ``keys`` holds the bindings of each key table, by its name; another
    record among the fields is a table of options."""

    prefix: str
    escape_ms: Milliseconds
    repeat_ms: Milliseconds
    hint_ms: Milliseconds
    message_ms: Milliseconds
    mouse: bool
    bell: Literal["pass", "mark", "none"]
    set_titles: bool
    default_shell: str
    scrollback_bytes: Bytes
    ring_bytes: Bytes
    arenas: Literal["on", "off"]
    flush: Literal["auto", "fixed"]
    flush_bytes: Bytes
    flush_ms: Milliseconds
    connection_buffers: str
    theme: str
    theme_light: str
    reload: Literal["auto", "manual"]
    status: Status
    dock: DockOptions
    probes: ProbeOptions
    input: InputOptions
    server: ProcessOptions
    client: ProcessOptions
    runs: RunsOptions
    shell_commands: dict[str, str]
    keys: dict[str, tuple[Binding, ...]]

    def undocked(self) -> "Settings":
        """These for sessions that nobody sees: no dock takes cells from their programs."""
        hidden = msgspec.structs.replace(self.dock, shown=False)
        return msgspec.structs.replace(self, dock=hidden)
