"""What a fact is, and how figures make another one: a missing one makes a missing one."""

from collections.abc import Callable
from typing import Final, NamedTuple

from termlab.model.figure import Amount, Figure, Missing, Unit
from termlab.model.run import Run

_KIB: Final = 1024


class FactRow(NamedTuple):
    """One fact: its name in rules, its unit, what people call it, and what it is of a run."""

    name: str
    unit: Unit
    label: str
    of: Callable[[Run], Figure]


def of_two(first: Figure, second: Figure, make: Callable[[float, float], float]) -> Figure:
    """What ``make`` makes of both, if both are there."""
    if isinstance(first, Missing):
        return first
    if isinstance(second, Missing):
        return second
    return Amount(make(first.value, second.value))


def over(upper: Figure, lower: Figure, factor: float = 1.0) -> Figure:
    """The one for each of the other. Nothing of nothing is nothing: 0."""
    return of_two(upper, lower, lambda a, b: a / b * factor if b > 0 else 0.0)


def said(unit: Unit, value: float) -> str:
    """A value in a sentence, with its unit."""
    match unit:
        case "percent":
            return f"{value:.0f}%" if value >= 1 or not value else f"{value:.1f}%"
        case "s":
            return f"{value:.1f} s" if value >= 1 else f"{value * 1000:.0f} ms"
        case "ms":
            return f"{value:.0f} ms" if value >= 10 else f"{value:.1f} ms"
        case "bytes" | "bytes_per_s":
            return _bytes(value) + (" a second" if unit == "bytes_per_s" else "")
    digits = 0 if value >= 10 or value == int(value) else 1 if value >= 1 else 2
    text = f"{value:,.{digits}f}"
    return f"{text} a second" if unit == "per_s" else text


def _bytes(value: float) -> str:
    for size, name in ((_KIB**3, "GiB"), (_KIB**2, "MiB"), (_KIB, "KiB")):
        if value >= size:
            return f"{value / size:.1f} {name}"
    number = f"{value:.0f}" if value >= 10 or value == int(value) else f"{value:.1f}"
    return f"{number} {'byte' if number == '1' else 'bytes'}"
