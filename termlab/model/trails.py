"""A key's way as stamps: typed, consumed by the program, answered by it, seen as output, drawn.

All stamps are milliseconds behind the key. What could not be told for a key is None. ``echo``
marks an output that was the kernel's echo, not the program's answer. ``keys`` typed before the
answer came share one trail, that of the oldest. A ``noisy`` key was typed while the program printed
anyway: which output is its answer, only ``answered_ms`` can tell.
"""

from termlab.model.records import msgspec


class KeyTrail(msgspec.Struct, frozen=True, array_like=True):
    """``at_s`` is when the key was typed, since the run began."""

    at_s: float
    output_ms: float | None
    consumed_ms: float | None = None
    answered_ms: float | None = None
    drawn_ms: float | None = None
    echo: bool = False
    keys: int = 1
    noisy: bool = False


def drawn(trail: KeyTrail, drawn_ms: float) -> KeyTrail:
    """The same, drawn then."""
    return msgspec.structs.replace(trail, drawn_ms=drawn_ms)


def began(trail: KeyTrail, at_s: float) -> KeyTrail:
    """The same, of a run that began ``at_s`` by the clock of the trail."""
    return msgspec.structs.replace(trail, at_s=trail.at_s - at_s)
