"""*idle CPU*: what the pane's processes use, and what they use while their terminal is silent."""

from collections.abc import Callable, Iterator

from termlab.client.width import printable
from termlab.model.figure import Figure
from termlab.model.vitals import Activity, Vitals
from termlab.ui.dock.gauge import barred
from termlab.ui.dock.grid import grid
from termlab.ui.dock.ink import Part, Row, wrapped
from termlab.ui.dock.missing import Named, cell, foot, nothing_known, reasons
from termlab.ui.dock.panel import Panel
from termlab.ui.dock.thresholds import LIMITS, judge
from termlab.ui.dock.units import amount, count, milliseconds, percent, rate


class IdlePanel(Panel):
    """CPU over time."""

    heading = "idle CPU"
    part = "activity"

    def sample(self, vitals: Vitals) -> Figure:
        return vitals.activity.cpu_percent

    def aside(self, vitals: Vitals, top: float) -> str:
        return f"top {percent(top)}" if top else ""

    def draw(self, vitals: Vitals, trail: Row, cols: int) -> list[Row]:
        return idle_rows(vitals.activity, trail, cols)


def idle_rows(seen: Activity, trail: Row, cols: int) -> list[Row]:
    """The panel beneath its title."""
    named: list[Named] = [
        ("processes", seen.processes),
        ("CPU", seen.cpu_percent),
        ("wakeups", seen.wakeups_per_s),
        ("CPU while silent", seen.idle_cpu_percent),
        ("wakeups while silent", seen.idle_wakeups_per_s),
    ]
    if nothing_known(named):
        return reasons(named, cols)
    lines: list[tuple[str, tuple[Part, ...]]] = [
        ("", (Part("CPU", "dim"), Part("wakeups", "dim"))),
        (
            _who(seen.processes),
            (_cell(seen.cpu_percent, "cpu_percent", percent), _cell(seen.wakeups_per_s, "", rate)),
        ),
        (
            "silent",
            (
                _cell(seen.idle_cpu_percent, "idle_cpu_percent", percent),
                _cell(seen.idle_wakeups_per_s, "idle_wakeups_per_s", rate),
            ),
        ),
    ]
    if amount(seen.busy_cpu_percent) is not None:
        lines.insert(2, ("busy", (_cell(seen.busy_cpu_percent, "cpu_percent", percent),)))
    return [
        *grid(lines, cols),
        *_gauge(seen, cols),
        trail,
        *_costs(seen, cols),
        *foot(named, meant(seen), cols),
    ]


def _gauge(seen: Activity, cols: int) -> Iterator[Row]:
    """The share of a core that is used while nothing happens."""
    cpu = amount(seen.idle_cpu_percent)
    if cpu is not None:
        role = judge("idle_cpu_percent", cpu)
        yield barred(cpu / 100, role, (" of a core, silent", " silent"), cols)


def _costs(seen: Activity, cols: int) -> Iterator[Row]:
    """What a key and a megabyte take of a CPU, and who is woken, as far as that is known."""
    key, megabyte = amount(seen.cpu_per_key_ms), amount(seen.cpu_per_mb_ms)
    known = [(milliseconds(key), "a key")] if key is not None else []
    known += [(milliseconds(megabyte), "a MB")] if megabyte is not None else []
    if known:
        yield from wrapped(f"CPU: {', '.join(f'{t} {what}' for t, what in known)}", cols, indent=1)
    if seen.waker:
        yield from wrapped(f"woken most: {printable(seen.waker)}", cols, indent=1)


def meant(seen: Activity) -> str:
    """What the figures say, in a sentence."""
    wakeups, cpu = amount(seen.idle_wakeups_per_s), amount(seen.idle_cpu_percent)
    if wakeups is None and cpu is None:
        return ""
    if cpu is not None and cpu >= LIMITS["idle_cpu_percent"].bad:
        return "It works while its terminal is silent."
    if wakeups is None:
        return "It does little while its terminal is silent."
    if wakeups < 0.05:
        return "It sleeps while its terminal is silent."
    if wakeups >= LIMITS["idle_wakeups_per_s"].warn:
        return f"It wakes {count(wakeups)} times a second with nothing to show: a timer?"
    return "It wakes now and then while its terminal is silent."


def _who(figure: Figure) -> str:
    value = amount(figure)
    if value is None:
        return "all"
    return "1 process" if value == 1 else f"{count(value)} processes"


def _cell(figure: Figure, limits: str, text: Callable[[float], str]) -> Part:
    value = amount(figure)
    if value is None:
        return cell(figure, "")
    role = judge(limits, value) if limits else "plain"
    return Part(text(value), "plain" if role == "good" and value else role)
