"""What was noted of keys, as the dock's record and a run's figures."""

import pytest

from termlab.model.figure import Amount, Figure, Missing
from termlab.model.metrics import RunFigures
from termlab.model.trails import KeyTrail
from termlab.server.observing.key_watch import KeySums
from termlab.server.observing.rates import UNSEEN
from termlab.server.observing.seen_keys import (
    MAX_KEYS,
    key_figures,
    latency,
    run_trails,
    since,
)


def value(figure: Figure) -> float:
    assert isinstance(figure, Amount), figure
    return figure.value


def reason(figure: Figure) -> str:
    assert isinstance(figure, Missing), figure
    return figure.reason


TRAILS = (
    KeyTrail(1.0, 2.0, 0.5, 1.5, 4.0),
    KeyTrail(2.0, 4.0, 1.5, 3.5, 8.0),
    KeyTrail(3.0, 0.1, None, None, 2.0, echo=True),
    KeyTrail(4.0, 20.0, 0.1, 20.0, None, noisy=True),
)
SUMS = KeySums(trails=4, noisy=1, echoes=1, unanswered=2, stamped=True)


def test_echoes_and_noisy_keys_are_no_latencies() -> None:
    found = latency(TRAILS, SUMS)
    assert value(found.keys) == 2
    assert value(found.p50_ms) == 3
    assert value(found.max_ms) == 4
    assert sum(found.bins) == 2
    assert value(found.echoes) == 1
    assert isinstance(found.keys, Amount)
    assert found.keys.note == (
        "left out: 1 echoed by the kernel, 1 typed within 50 ms of output, 2 without output in 1 s"
    )


def test_the_stages_are_of_the_programs_keys() -> None:
    found = key_figures(TRAILS, SUMS)
    assert found.keys() <= set(RunFigures.__struct_fields__)
    assert value(found["consumed_p50_ms"]) == 0.5
    assert value(found["answered_p50_ms"]) == 2
    assert value(found["answered_p95_ms"]) == pytest.approx(18.11)
    assert value(found["drawn_p50_ms"]) == 6
    assert isinstance(found["drawn_p50_ms"], Amount)
    assert found["drawn_p50_ms"].note.endswith("; of 2 of 3 keys")


@pytest.mark.parametrize(
    ("sums", "name", "words"),
    [
        (KeySums(trails=1, unlooked=1), "consumed_p50_ms", "before it was looked for, 1 ms"),
        (KeySums(trails=1, canonical=1), "consumed_p50_ms", "line mode"),
        (KeySums(trails=1), "consumed_p50_ms", "does not tell what its program has read"),
        (KeySums(trails=1, stamped=True), "consumed_p50_ms", "no read of the terminal was seen"),
        (KeySums(trails=1), "answered_p50_ms", "only the eBPF tier"),
        (KeySums(trails=1, stamped=True), "answered_p50_ms", "no thread that read a key wrote"),
        (KeySums(trails=1), "drawn_p50_ms", "no client has drawn"),
        (KeySums(trails=1, untold=1), "drawn_p50_ms", "drew them nowhere"),
    ],
)
def test_a_stage_that_is_not_known_says_why(sums: KeySums, name: str, words: str) -> None:
    assert words in reason(key_figures((KeyTrail(1.0, 2.0),), sums)[name])


def test_without_keys_there_is_a_reason_and_no_zero() -> None:
    found = key_figures((), KeySums())
    for name in ("keys", "key_p50_ms", "consumed_p50_ms", "drawn_p99_ms", "echoes"):
        assert reason(found[name]) == "no keys were typed"
    assert "since it is looked at" in reason(latency((), KeySums()).p50_ms)
    assert latency((), KeySums()).bins == ()


def test_keys_that_can_not_be_measured_are_told() -> None:
    found = key_figures((), KeySums(unanswered=3))
    assert found["keys"] == Amount(0, "left out: 3 without output in 1 s")
    assert reason(found["key_p50_ms"]) == "no key could be measured: 3 without output in 1 s"


def test_where_nobody_asked_that_is_the_reason() -> None:
    assert latency((), None).p50_ms == UNSEEN
    assert set(key_figures((), None).values()) == {UNSEEN}


def test_the_dock_has_the_last_keys() -> None:
    trails = [KeyTrail(float(n), float(n)) for n in range(MAX_KEYS + 5)]
    assert value(latency(trails, KeySums(trails=len(trails))).keys) == MAX_KEYS


def test_a_run_has_its_own_keys_since_it_began() -> None:
    assert run_trails(TRAILS[1:2], 0.5) == (KeyTrail(1.5, 4.0, 1.5, 3.5, 8.0),)
    grown = since(SUMS, KeySums(trails=1, unanswered=1))
    assert grown == KeySums(trails=3, noisy=1, echoes=1, unanswered=1, stamped=True)
    assert since(None, SUMS) is None
