"""The figures as CSV."""

import csv
import io

import pytest

from termlab.model.figure import Amount, Missing
from termlab.model.metrics import FIGURES
from termlab.runs.reports.csv_report import COLUMNS, cell, csv_report
from termlab.runs.reports.subject import Subject
from tests.runs.made import profile, run
from tests.runs.reports.hostile import hostile_profile


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_there_is_a_row_for_each_figure_of_each_run() -> None:
    text = csv_report(Subject(profile(run(wall_s=Amount(1.25)), run(wall_s=Missing('no, "x"')))))
    rows = read(text)
    assert len(rows) == 2 * len(FIGURES)
    assert tuple(rows[0]) == COLUMNS
    first, second = (row for row in rows if row["figure"] == "wall_s")
    assert (first["run"], first["unit"], first["value"], first["missing"]) == ("1", "s", "1.25", "")
    assert (second["run"], second["value"], second["missing"]) == ("2", "", 'no, "x"')


def test_lines_end_as_the_standard_says() -> None:
    text = csv_report(Subject(profile(run())))
    assert text.endswith("\r\n")
    assert text.count("\n") == text.count("\r\n") == len(FIGURES) + 1


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@x", "  =1"])
def test_what_a_spreadsheet_would_compute_stays_a_text(words: str) -> None:
    assert cell(words).startswith("'")


def test_numbers_are_numbers_below_zero_too() -> None:
    (row,) = [
        row
        for row in read(csv_report(Subject(profile(run(memory_slope_bytes_per_s=Amount(-2.5))))))
        if row["figure"] == "memory_slope_bytes_per_s"
    ]
    assert row["value"] == "-2.5"


def test_no_cell_of_a_hostile_profile_is_a_formula() -> None:
    for row in read(csv_report(Subject(hostile_profile()))):
        for name, words in row.items():
            assert name == "value" or not words.lstrip().startswith(("=", "+", "-", "@"))
