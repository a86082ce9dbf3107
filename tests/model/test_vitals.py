"""What the dock is told: one frozen record, and a bin for every latency."""

from bisect import bisect_left

import msgspec
import pytest

from termlab.model.figure import Amount, Missing
from termlab.model.vitals import LATENCY_EDGES_MS, ArenaUse, Vitals
from tests.model.vitals_made import VITALS


def test_it_survives_as_bytes_with_what_is_missing_and_why() -> None:
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(VITALS), type=Vitals) == VITALS
    assert msgspec.json.decode(msgspec.json.encode(VITALS), type=Vitals) == VITALS


def test_it_is_frozen() -> None:
    with pytest.raises(AttributeError):
        VITALS.pane = 4  # type: ignore[misc]


def test_every_latency_has_a_bin_and_the_edges_grow() -> None:
    assert list(LATENCY_EDGES_MS) == sorted(set(LATENCY_EDGES_MS))
    assert len(VITALS.latency.bins) == len(LATENCY_EDGES_MS) + 1
    assert bisect_left(LATENCY_EDGES_MS, 0.0) == 0
    assert bisect_left(LATENCY_EDGES_MS, 9999.0) == len(LATENCY_EDGES_MS)


def test_a_figure_is_an_amount_or_the_reason_why_there_is_none() -> None:
    kept = VITALS.storage
    assert kept.persistent is not None
    assert kept.temporary is not None
    for record in (VITALS.syscalls, VITALS.activity, kept, kept.persistent, kept.temporary):
        for name in record.__struct_fields__:
            figure = getattr(record, name)
            if isinstance(figure, (ArenaUse, str, tuple)):
                continue
            assert isinstance(figure, Amount) or (isinstance(figure, Missing) and figure.reason)
