"""*input latency*, as rows."""

import msgspec

from termlab.model.figure import Amount
from termlab.model.vitals import LATENCY_EDGES_MS, Latency
from termlab.ui.dock.ink import width
from termlab.ui.dock.latency_panel import latency_rows, meant
from tests.ui.dock.figures import NO_KEYS, unknown, vitals

BUSY = vitals().latency


def texts(seen: Latency, cols: int = 35) -> list[str]:
    return ["".join(part.text for part in row).rstrip() for row in latency_rows(seen, cols)]


def test_percentiles_and_the_histogram_over_its_edges() -> None:
    assert texts(BUSY) == [
        "      p50   p95   p99   max",
        " ms  0.61  1.20  12.3  41.0",
        "     ██",
        " ▁▁▃▃████▂▂▁▁▁▁▁▁▁▁▁▁▁▁",
        " 0.25 1 2 4 8  33 133",
        " Half of the keys were answered",
        " within 0.61 ms.",
    ]


def test_no_key_is_one_sentence_and_no_zero() -> None:
    assert texts(unknown().latency) == [" no key has been typed into this", " pane"]


def test_bars_are_coloured_by_the_time_they_stand_for() -> None:
    one_each = msgspec.structs.replace(BUSY, bins=(1,) * (len(LATENCY_EDGES_MS) + 1))
    bars = latency_rows(one_each, 35)[3]
    assert [(part.text.strip(), part.role) for part in bars[1:]] == [
        ("█" * 16, "good"),
        ("█" * 4, "warn"),
        ("█" * 4, "bad"),
    ]


def test_bins_of_another_number_than_the_edges_draw_nothing() -> None:
    for bins in ((), (1, 2), (0,) * 12):
        rows = texts(msgspec.structs.replace(BUSY, bins=bins))
        assert len(rows) == 4


def test_late_keys_are_told_of() -> None:
    late = msgspec.structs.replace(BUSY, p95_ms=Amount(412.0))
    assert meant(late) == "One key in twenty waits 412 ms or longer: it is felt."
    assert "bad" in {part.role for part in latency_rows(late, 35)[1]}
    assert meant(Latency(Amount(1), *(NO_KEYS,) * 4)) == ""


def test_a_percentile_that_is_missing_has_its_reason() -> None:
    seen = msgspec.structs.replace(BUSY, p99_ms=NO_KEYS)
    assert texts(seen)[1] == " ms  0.61  1.20    -  41.0"
    assert f"p99: {NO_KEYS.reason}" in " ".join(text.strip() for text in texts(seen))


def test_it_can_be_of_any_width() -> None:
    for cols in range(40):
        for seen in (BUSY, unknown().latency):
            assert max(map(width, latency_rows(seen, cols))) <= cols
