"""The report as Markdown, short enough for a comment on a change: findings, key figures, and the
rest folded away. Pure.

What a program had a hand in can't become markup, a link or somebody's mention.
"""

import re
from collections.abc import Sequence
from html import escape
from typing import Final

from termlab.model.figure import Missing
from termlab.model.metrics import FIGURES, FigureRow
from termlab.model.run import Profile
from termlab.runs.report import show
from termlab.runs.reports import wording
from termlab.runs.reports.calls_chart import calls_of
from termlab.runs.reports.latency_chart import stage_rows
from termlab.runs.reports.subject import Subject
from termlab.runs.summary import Spread, spreads

_SEVERITY: Final = {"bad": "❌", "warn": "⚠️", "info": "ℹ️"}  # noqa: RUF001
_CALLS: Final = 20
# What is markup, or turns text into links and calls somebody where comments are read.
_MARKUP: Final = re.compile(r"([\\\\`*_\[\]<>|~&$])")
_CALLING: Final = re.compile(r"(@|#|://|www\.)")
_JOINER: Final = "\N{WORD JOINER}"


def markdown_report(subject: Subject) -> str:
    """The whole text, lines ended."""
    profile = subject.profile
    parts = [
        f"## Profile of {code(wording.command(profile))}",
        _about(subject),
        _findings(profile),
        _key_figures(profile),
        _keys(profile),
        _calls(profile),
        _folded("All figures", _figures(profile)),
        text(wording.own_cost(profile)),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def text(words: str) -> str:
    """``words`` as text: nothing in it is markup."""
    return _CALLING.sub(rf"\1{_JOINER}", _MARKUP.sub(r"\\\1", wording.plain(words)))


def code(words: str) -> str:
    """``words`` as code."""
    words = wording.plain(words) or " "
    fence = "`"
    while fence in words:
        fence += "`"
    edge = " " if words.startswith("`") or words.endswith("`") else ""
    return f"{fence}{edge}{words}{edge}{fence}"


def _about(subject: Subject) -> str:
    return "<br>\n".join(f"{name}: {text(what)}" for name, what in wording.about(subject))


def _findings(profile: Profile) -> str:
    found = wording.findings(profile)
    if not found:
        return f"**Findings**: {text(wording.no_findings(profile))}"
    runs = len(profile.runs)
    lines = []
    for finding, times in found:
        often = f" (in {times} of {runs} runs)" if runs > 1 else ""
        lines.append(
            f"- {_SEVERITY[finding.severity]} **{text(finding.says)}**{often}<br>\n"
            f"  {text(finding.advice)}<br>\n  <sub>{text(finding.evidence)}</sub>"
        )
    return "### Findings\n\n" + "\n".join(lines)


def _key_figures(profile: Profile) -> str:
    several = len(profile.runs) > 1
    heads = ("figure", "median", "least to most") if several else ("figure", "value")
    rows = [
        (text(figure.label), text(figure.value), *((text(figure.span),) if several else ()))
        for figure in wording.key_figures(profile)
    ]
    return _table(heads, rows)


def _keys(profile: Profile) -> str:
    rows = [
        (text(name), str(keys), *(text(show("ms", value)) for value in found))
        for name, keys, found in stage_rows(profile)
    ]
    return _table(("stage", "keys", "p50", "p95", "p99", "max"), rows) if rows else ""


def _calls(profile: Profile) -> str:
    table = calls_of(profile)
    if table is None:
        return ""
    rows = [
        (
            code(call.name).replace("|", "\\|"),
            f"{call.count:,}",
            "" if call.idle is None else f"{call.idle:,}",
            "" if call.time_ns is None else text(show("s", call.time_ns / 1e9)),
            "" if call.errors is None else f"{call.errors:,}",
        )
        for call in table.calls[:_CALLS]
    ]
    more = len(table.calls) - _CALLS
    title = f"System calls by name ({table.total:,}, {table.tier})"
    rest = f"\n\nand {more} more names" if more > 0 else ""
    return _folded(title, _table(("call", "count", "idle", "time", "errors"), rows) + rest)


def _figures(profile: Profile) -> str:
    found = spreads(profile.runs)
    several = len(profile.runs) > 1
    heads = ("figure", "median", "least", "most", "") if several else ("figure", "value", "")
    rows = []
    group = ""
    for row in FIGURES:
        if row.group != group:
            group = row.group
            rows.append((f"**{text(group)}**", *([""] * (len(heads) - 1))))
        rows.append(_figure(profile, row, found[row.name], several=several))
    return _table(heads, rows)


def _figure(
    profile: Profile, row: FigureRow, spread: Spread | Missing, *, several: bool
) -> tuple[str, ...]:
    name = text(row.label.strip())
    width = 3 if several else 1
    if isinstance(spread, Missing):
        return (name, *([""] * width), text(f"not available: {spread.reason}"))
    values = (spread.median, spread.least, spread.most)[:width]
    said = wording.note(profile, row.name)
    return (name, *(text(show(row.unit, value)) for value in values), text(said))


def _table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """Cells are markup already. The first column is words, the others are numbers."""
    marks = ["---" if not index or not head else "---:" for index, head in enumerate(heads)]
    lines = (heads, tuple(marks), *rows)
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _folded(title: str, body: str) -> str:
    return f"<details><summary>{escape(title)}</summary>\n\n{body}\n\n</details>"
