"""The figures as CSV (RFC 4180), a row for each figure of each run. Pure.

A text that a spreadsheet would take for a formula gets an apostrophe in front.
"""

import csv
import io
from typing import Final

from termlab.model.figure import Figure, Missing
from termlab.model.metrics import FIGURES
from termlab.runs.reports import wording
from termlab.runs.reports.subject import Subject

COLUMNS: Final = ("command", "run", "figure", "label", "unit", "value", "note", "missing")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def csv_report(subject: Subject) -> str:
    """The whole file, its heading first."""
    profile = subject.profile
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    command = cell(wording.command(profile))
    for number, run in enumerate(profile.runs, 1):
        for row in FIGURES:
            figure: Figure = getattr(run.figures, row.name)
            label = cell(row.label.strip())
            there = (command, number, row.name, label, row.unit)
            if isinstance(figure, Missing):
                writer.writerow((*there, "", "", cell(figure.reason)))
            else:
                writer.writerow((*there, f"{figure.value:.15g}", cell(figure.note), ""))
    return out.getvalue()


def cell(text: str) -> str:
    """A text that stays one where a spreadsheet opens it."""
    text = wording.plain(text)
    return f"'{text}" if text.lstrip().startswith(_FORMULA) else text
