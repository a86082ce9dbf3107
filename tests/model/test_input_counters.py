"""The client's counters cross the wire as they are."""

import msgspec

from termlab.model.input_counters import InputCounters, SourceCounters


def test_they_come_out_as_they_went_in() -> None:
    keys = SourceCounters("keyboard", 5, 0, 9.5, 12.0, 13.0, 14.25, 0.05)
    told = InputCounters(1.5, 3, 9, 5, 1, 2, 0, 4, 4096, 20.0, 0.05, 9.5, 12.0, 13.0, 14.0, (keys,))
    data = msgspec.msgpack.encode(told)
    assert msgspec.msgpack.decode(data, type=InputCounters) == told
