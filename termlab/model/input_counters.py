"""What a client has counted of its input, as it tells the server."""

from termlab.model.records import msgspec


class SourceCounters(msgspec.Struct, frozen=True, array_like=True):
    """Of one source. A latency is from the read that brought an event to the return of what handled
    it; ``callback_ms`` is what handling took in all."""

    source: str
    events: int
    merged: int = 0
    mean_us: float = 0.0
    p95_us: float = 0.0
    p99_us: float = 0.0
    max_us: float = 0.0
    callback_ms: float = 0.0


class InputCounters(msgspec.Struct, frozen=True, array_like=True):
    """Since the client began, or since the last reset: ``elapsed_s``. ``cpu_ms`` is the whole
    client's; ``overruns`` is how often input had to wait because ``queue_events`` did already,
    ``high_water`` how many waited at most; ``refused`` are events lost where whoever reads the
    terminal can't be told to wait (Windows, a browser)."""

    elapsed_s: float
    reads: int
    bytes: int
    events: int
    merged: int
    overruns: int
    refused: int
    high_water: int
    queue_events: int
    cpu_ms: float
    callback_ms: float
    mean_us: float
    p95_us: float
    p99_us: float
    max_us: float
    sources: tuple[SourceCounters, ...] = ()
