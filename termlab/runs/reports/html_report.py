"""The report as one HTML file that needs nothing from anywhere: findings first, then key figures,
charts that can be looked into, and every figure in tables.

Plotly draws (extra ``report``); its library travels in the file, packed. Nothing else may run
in the page, and nothing may be fetched: its security policy names both scripts by their hashes.
What a program had a hand in is text: escaped here and in `html_tables` and `chart`.
"""

import base64
import gzip
import hashlib
import json
from importlib.resources import files
from typing import Final

from termlab.errors import UsageError
from termlab.model.calls import CallTable
from termlab.runs.reports import wording
from termlab.runs.reports.calls_chart import calls_chart, calls_of
from termlab.runs.reports.chart import Chart
from termlab.runs.reports.folded import read_folded
from termlab.runs.reports.html_tables import (
    calls_table,
    figures_table,
    stages_table,
    text,
    wakers_table,
)
from termlab.runs.reports.icicle import icicle
from termlab.runs.reports.latency_chart import latency_chart
from termlab.runs.reports.quality_chart import quality_chart
from termlab.runs.reports.spread_chart import spread_chart
from termlab.runs.reports.subject import FLAME, HEAP, Subject
from termlab.runs.reports.timeline_chart import timeline_chart

# What is sentences.
_WIDE: Final = ("System calls", "Notes")
_SEVERITY: Final = {"bad": "Problem", "warn": "Worth a look", "info": "Good to know"}


def html_report(subject: Subject) -> str:
    """The whole file. Raises ``UsageError`` where Plotly is not installed."""
    charts = _charts(subject)
    library = _library() if charts else ""
    script = _resource("page.js")
    data = {chart.name: chart.data() for chart in charts}
    parts = [
        _head(subject, (library, script)),
        _top(subject),
        "<main>",
        _findings(subject),
        _tiles(subject),
        *(_section(chart, _details(chart, subject)) for chart in charts),
        _tables(subject, {chart.name for chart in charts}),
        _footer(subject),
        "</main>",
    ]
    if charts:
        parts += [
            f'<script type="application/json" id="charts">{_data(data)}</script>',
            f'<script type="application/gzip" id="plotly">{_packed(library)}</script>',
            f"<script>{script}</script>",
        ]
    return "\n".join(part for part in parts if part) + "\n</body></html>\n"


def _charts(subject: Subject) -> list[Chart]:
    profile = subject.profile
    found = [
        timeline_chart(profile),
        latency_chart(profile),
        calls_chart(profile),
        quality_chart(profile),
        spread_chart(profile),
        _flame(subject, FLAME, "Where CPU time went", "samples"),
        _flame(subject, HEAP, "Where memory was taken", "bytes at the peak"),
    ]
    return [chart for chart in found if chart is not None]


def _flame(subject: Subject, attachment: str, title: str, what: str) -> Chart | None:
    """Of the stacks that were kept, those of the last run."""
    data = subject.attachment(attachment)
    if data is None:
        return None
    last = " of the last run" if len(subject.profile.runs) > 1 else ""
    says = f"{{whole:,}} {what}{last}; press a part to enter it."
    return icicle(read_folded(data), attachment.partition(".")[0], title, says)


def _library() -> str:
    try:
        from plotly.offline import get_plotlyjs
    except ImportError as error:
        raise UsageError(
            "an HTML report needs Plotly, which is not installed: "
            "`pip install 'termlab[report]'`, or give another format, as .md"
        ) from error
    return str(get_plotlyjs())


def _packed(library: str) -> str:
    """A third of its size. The time in the archive is none, so that a report can be made again."""
    return base64.b64encode(gzip.compress(library.encode(), 9, mtime=0)).decode()


def _data(charts: object) -> str:
    """JSON in which nothing ends the element it is in."""
    return json.dumps(charts, separators=(",", ":")).replace("<", "\\u003c")


def _resource(name: str) -> str:
    return files("termlab.runs.reports").joinpath(name).read_text(encoding="utf-8")


def _head(subject: Subject, scripts: tuple[str, ...]) -> str:
    allowed = " ".join(f"'sha256-{_hash(script)}'" for script in scripts if script)
    policy = (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
    title = text(wording.command(subject.profile))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{title} · termlab profile</title>\n"
        f"<style>{_resource('page.css')}</style>\n"
        "<noscript><style>.chart, .drag { display: none; }</style></noscript></head>\n<body>"
    )


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _top(subject: Subject) -> str:
    facts = "".join(
        f"<div{' class=wide' if name in _WIDE else ''}>"
        f"<dt>{text(name)}</dt><dd>{text(what)}</dd></div>"
        for name, what in wording.about(subject)
    )
    return (
        '<header class="top"><div><p class="eyebrow">termlab profile</p>'
        f"<h1>{text(wording.command(subject.profile))}</h1>"
        f'<dl class="about">{facts}</dl></div></header>'
    )


def _findings(subject: Subject) -> str:
    found = wording.findings(subject.profile)
    if not found:
        why = text(wording.no_findings(subject.profile))
        return f'<section><h2>Findings</h2><p class="says">{why}</p></section>'
    runs = len(subject.profile.runs)
    cards = []
    for finding, times in found:
        often = f", in {times} of {runs} runs" if runs > 1 else ""
        cards.append(
            f'<article class="finding {text(finding.severity)}">'
            f'<span class="tag">{_SEVERITY[finding.severity]}{often}</span>'
            f"<h3>{text(finding.says)}</h3><p>{text(finding.advice)}</p>"
            f'<p class="evidence">{text(finding.evidence)}</p></article>'
        )
    return f"<section><h2>Findings</h2>{''.join(cards)}</section>"


def _tiles(subject: Subject) -> str:
    tiles = "".join(
        f'<div class="tile"><dt>{text(figure.label)}</dt><dd>{text(figure.value)}'
        f'<span class="span">{text(figure.span)}</span></dd></div>'
        for figure in wording.key_figures(subject.profile)
    )
    several = len(subject.profile.runs) > 1
    says = (
        '<p class="says">Medians over the runs, with the least and the most.</p>' if several else ""
    )
    return f'<section><h2>Key figures</h2>{says}<dl class="tiles">{tiles}</dl></section>'


def _section(chart: Chart, more: str) -> str:
    name = text(chart.name)
    return (
        f"<section><h2>{text(chart.title)}</h2>"
        f'<p class="says">{text(chart.says)}</p>'
        f'<figure class="card"><div class="chart" id="chart-{name}" role="img" '
        f'aria-label="{text(chart.title)}"></div>{more}</figure></section>'
    )


def _details(chart: Chart, subject: Subject) -> str:
    """The table that says the same."""
    profile = subject.profile
    table = calls_of(profile)
    if chart.name == "latency":
        return f'<div class="scroll">{stages_table(profile)}</div>'
    if chart.name == "calls" and isinstance(table, CallTable):
        return _folded(f"All {len(table.calls)} names as a table", calls_table(table))
    return ""


def _tables(subject: Subject, charts: set[str]) -> str:
    wakers = wakers_table(subject.profile)
    parts = []
    if wakers:
        parts.append(
            "<section><h2>Who wakes the CPU</h2>"
            '<p class="says">Threads by how often they woke, first while nothing happened.</p>'
            f'<div class="card scroll">{wakers}</div></section>'
        )
    parts.append(
        "<section><h2>All figures</h2>"
        f'<p class="says">{text(wording.own_cost(subject.profile))}</p>'
        f'<div class="card scroll">{figures_table(subject.profile)}</div></section>'
    )
    return "".join(parts)


def _folded(summary: str, table: str) -> str:
    return f'<details><summary>{text(summary)}</summary><div class="scroll">{table}</div></details>'


def _footer(subject: Subject) -> str:
    version = text(subject.profile.machine.termlab)
    return (
        "<footer>Made by termlab "
        f"{version}. The file is whole: it loads nothing and sends nothing. "
        "<noscript>Charts need JavaScript; every figure is in the tables.</noscript></footer>"
    )
