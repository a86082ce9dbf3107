"""Vitals for tests: every figure another one, one of each kind missing."""

from termlab.model.figure import Amount, Missing
from termlab.model.vitals import (
    LATENCY_EDGES_MS,
    Activity,
    ArenaUse,
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
        Amount(196608.0, "room"),
        ArenaUse(Amount(1900), Amount(65536), Amount(3300), Amount(0), "grew"),
        ArenaUse(Amount(9800), Amount(131072), Missing("not known"), Amount(2, "on the heap")),
    ),
    Latency(Amount(66), Amount(0.4), Amount(1.5), Amount(9.0), Amount(12.0), BINS),
    Amount(0.2, "of the server"),
    Amount(0.5),
)
