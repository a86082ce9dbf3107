"""How a run went, as samples in the order of time: what a chart is drawn of.

Rates and shares are over the time since the sample before. What was not measured is None.
"""

from typing import Final

from termlab.model.records import msgspec


class Sample(msgspec.Struct, frozen=True, array_like=True):
    """``at_s`` is since the run began; ``idle`` whether the terminal was silent."""

    at_s: float
    cpu_percent: float | None = None
    rss_bytes: int | None = None
    pss_bytes: int | None = None
    calls_per_s: float | None = None
    wakeups_per_s: float | None = None
    output_bytes_per_s: float | None = None
    idle: bool = False


# A longer run keeps every second sample, then every fourth: its shape stays.
MAX_SAMPLES: Final = 4096
