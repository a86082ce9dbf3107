"""Figures make facts, missing ones make missing ones, and a value is said with its unit."""

import pytest

from termlab.model.figure import Amount, Missing, Unit
from termlab.runs.fact import of_two, over, said

WHY = Missing("nobody looked")


def test_a_ratio_is_of_both() -> None:
    assert over(Amount(3), Amount(4), 100) == Amount(75)
    assert of_two(Amount(3), Amount(4), max) == Amount(4)


def test_nothing_of_nothing_is_nothing() -> None:
    assert over(Amount(0), Amount(0)) == Amount(0)


def test_what_is_made_of_a_missing_figure_is_missing_for_its_reason() -> None:
    assert over(WHY, Amount(4)) is WHY
    assert over(Amount(4), WHY) is WHY


@pytest.mark.parametrize(
    ("unit", "value", "text"),
    [
        ("percent", 92.4, "92%"),
        ("percent", 0.25, "0.2%"),
        ("percent", 0, "0%"),
        ("count", 4100, "4,100"),
        ("count", 1.25, "1.2"),
        ("count", 0.25, "0.25"),
        ("per_s", 60.4, "60 a second"),
        ("ms", 0.94, "0.9 ms"),
        ("ms", 150.2, "150 ms"),
        ("s", 2.25, "2.2 s"),
        ("s", 0.25, "250 ms"),
        ("bytes", 1, "1 byte"),
        ("bytes", 1.5, "1.5 bytes"),
        ("bytes", 94.5 * 1024, "94.5 KiB"),
        ("bytes_per_s", 3 * 1024**2, "3.0 MiB a second"),
    ],
)
def test_a_value_is_said_with_its_unit(unit: Unit, value: float, text: str) -> None:
    assert said(unit, value) == text
