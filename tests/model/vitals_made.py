"""Vitals for tests: every figure another one, one of each kind missing."""

from termlab.model.metrics import Amount, Missing
from termlab.model.vitals import (
    LATENCY_EDGES_MS,
    Activity,
    Latency,
    Storage,
    Syscalls,
    Vitals,
)

BINS = (*range(len(LATENCY_EDGES_MS)), 12)
VITALS = Vitals(
    3,
    1.0,
    Syscalls(Amount(120.5), Amount(33.0), Amount(4096.0), Missing("another user's")),
    Activity(
        Amount(4), Amount(12.5), Amount(80.0, "left out: one"), Missing("not silent"), Amount(2.5)
    ),
    Storage(
        Amount(30 << 20),
        Amount(8192),
        Amount(131072),
        Amount(1 << 20, "reckoned"),
        Amount(1500),
        Amount(1000),
        Missing("no arenas yet"),
    ),
    Latency(Amount(66), Amount(0.4), Amount(1.5), Amount(9.0), Amount(12.0), BINS),
    Amount(0.2, "of the server"),
    Amount(0.5),
)
