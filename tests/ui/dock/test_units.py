"""Figures as a person reads them."""

import pytest

from termlab.model.figure import Amount, Missing
from termlab.ui.dock.units import amount, count, milliseconds, percent, rate, size, throughput


def test_only_what_was_measured_has_an_amount() -> None:
    assert amount(Amount(0.0)) == 0.0
    assert amount(Missing("why")) is None


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, "0"),
        (0.4, "0.4"),
        (9.96, "10.0"),
        (12.6, "13"),
        (99_999, "99,999"),
        (250_000, "250.0k"),
        (3.2e6, "3.2M"),
        (7e12, "7.0T"),
    ],
)
def test_counts(value: float, shown: str) -> None:
    assert count(value) == shown
    assert rate(value) == f"{shown}/s"


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0, "0 B"), (1023, "1023 B"), (1024, "1.0 KiB"), (5 << 20, "5.0 MiB"), (3 << 40, "3.0 TiB")],
)
def test_sizes(value: float, shown: str) -> None:
    assert size(value) == shown
    assert throughput(value) == f"{shown}/s"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, "0.0 %"),
        (0.004, "<0.01 %"),
        (0.04, "0.04 %"),
        (0.4, "0.4 %"),
        (9.9, "9.9 %"),
        (412, "412 %"),
    ],
)
def test_shares_of_a_core(value: float, shown: str) -> None:
    assert percent(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.614, "0.61 ms"), (12.34, "12.3 ms"), (123.4, "123 ms"), (2500, "2.5 s")],
)
def test_times(value: float, shown: str) -> None:
    assert milliseconds(value) == shown
