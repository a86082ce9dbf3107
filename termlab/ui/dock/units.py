"""Figures as a person reads them in a narrow column: an amount with its unit, or nothing.

Binary units, as in the report of a run.
"""

from typing import Final

from termlab.model.figure import Amount, Figure

_KIB: Final = 1024
_SIZES: Final = ((_KIB**4, "TiB"), (_KIB**3, "GiB"), (_KIB**2, "MiB"), (_KIB, "KiB"))
# From here on a count is written in thousands: it must fit its column.
_LONG: Final = 100_000
_THOUSANDS: Final = ((1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"))


def amount(figure: Figure) -> float | None:
    """The value, where there is one."""
    return figure.value if isinstance(figure, Amount) else None


def count(value: float) -> str:
    """A number without a unit."""
    if value >= _LONG:
        for size, name in _THOUSANDS:
            if value >= size:
                return f"{value / size:.1f}{name}"
    return f"{value:,.0f}" if value >= 10 or value == int(value) else f"{value:.1f}"


def rate(value: float) -> str:
    """So many a second."""
    return f"{count(value)}/s"


def size(value: float) -> str:
    """Bytes."""
    for unit, name in _SIZES:
        if value >= unit:
            return f"{value / unit:.1f} {name}"
    return f"{value:.0f} B"


def throughput(value: float) -> str:
    """Bytes a second."""
    return f"{size(value)}/s"


def percent(value: float) -> str:
    """Of one core, so it may be above a hundred."""
    if value >= 10:
        return f"{value:.0f} %"
    if 0 < value < 0.01:
        return "<0.01 %"
    return f"{value:.1f} %" if value >= 0.1 or value == 0 else f"{value:.2f} %"


def milliseconds(value: float) -> str:
    """A time of which small differences matter."""
    if value >= 1000:
        return f"{value / 1000:.1f} s"
    return (
        f"{value:.0f} ms"
        if value >= 100
        else f"{value:.1f} ms"
        if value >= 10
        else f"{value:.2f} ms"
    )


def growth(value: float) -> str:
    """Bytes a second, with the way they go."""
    return f"{'+' if value > 0 else '-' if value < 0 else ''}{throughput(abs(value))}"
