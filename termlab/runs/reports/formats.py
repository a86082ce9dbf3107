"""The formats of a report, each with the ends of file names that ask for it and who writes it.

A writer gets a `Subject` and gives the whole text.
"""

import json
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from termlab.errors import TargetError, UsageError
from termlab.runs.reports.subject import FLAME, Subject

_STDOUT: Final = "stdout has no name that says its format"


class Format(NamedTuple):
    """``endings`` are those of file names. One that is not ``of_run`` says the same of any."""

    name: str
    endings: tuple[str, ...]
    what: str
    write: Callable[[Subject], str]
    of_run: bool = True


def _html(subject: Subject) -> str:
    from termlab.runs.reports.html_report import html_report

    return html_report(subject)


def _markdown(subject: Subject) -> str:
    from termlab.runs.reports.markdown_report import markdown_report

    return markdown_report(subject)


def _json(subject: Subject) -> str:
    from termlab.model.document import encode
    from termlab.runs.export import document

    return encode(document(subject.profile))


def _csv(subject: Subject) -> str:
    from termlab.runs.reports.csv_report import csv_report

    return csv_report(subject)


def _cast(subject: Subject) -> str:
    from termlab.runs.reports.cast_marks import cast_with_marks

    return cast_with_marks(subject)


def _perfetto(subject: Subject) -> str:
    from termlab.runs.reports.perfetto_trace import perfetto_trace

    return _line(perfetto_trace(subject))


def _speedscope(subject: Subject) -> str:
    from termlab.runs.reports.folded import read_folded
    from termlab.runs.reports.speedscope import speedscope
    from termlab.runs.reports.wording import command

    stacks = read_folded(_flame(subject))
    version = subject.profile.machine.termlab
    return _line(speedscope(stacks, command(subject.profile), f"termlab {version}"))


def _folded(subject: Subject) -> str:
    from termlab.runs.reports.folded import read_folded, write_folded

    return write_folded(read_folded(_flame(subject)).items())


def _flame(subject: Subject) -> bytes:
    data = subject.attachment(FLAME)
    if data is None:
        raise TargetError(
            f"no stacks were kept with {subject.ref or 'this run'}: sample them with "
            "`termlab profile --flame`"
        )
    return data


def _line(document: Mapping[str, object]) -> str:
    return json.dumps(document, separators=(",", ":")) + "\n"


def _schema(subject: Subject) -> str:
    from termlab.model.document import schema

    return json.dumps(schema(), indent=2) + "\n"


FORMATS: Final = (
    Format("html", (".html", ".htm"), "one page with charts", _html),
    Format("md", (".md", ".markdown"), "tables for comments", _markdown),
    Format("json", (".json",), "everything, for programs", _json),
    Format("schema", (".schema.json",), "the JSON schema of json", _schema, of_run=False),
    Format("csv", (".csv",), "a row for each figure of each run", _csv),
    Format("cast", (".cast",), "the recording with marks", _cast),
    Format("perfetto", (".perfetto.json", ".perfetto"), "a trace for Perfetto", _perfetto),
    Format("speedscope", (".speedscope.json",), "stacks for speedscope", _speedscope),
    Format("folded", (".folded",), "stacks for flame graphs", _folded),
)


def format_of(path: str, asked: str) -> Format:
    """The one ``asked`` for by name, else that of the file's ending; the longest ending decides.

    Raises ``UsageError`` with the list of them."""
    for each in FORMATS:
        if asked == each.name:
            return each
    if asked:
        raise UsageError(f"there is no format {asked!r}: give one of {format_names()}")
    found = [
        (len(ending), each)
        for each in FORMATS
        for ending in each.endings
        if path.lower().endswith(ending)
    ]
    if not found:
        what = f"{path!r} does not say its format" if path else _STDOUT
        raise UsageError(f"{what}: give --format, one of {format_names()}")
    return max(found, key=lambda each: each[0])[1]


def format_names() -> str:
    """All of them, for help and errors."""
    return ", ".join(each.name for each in FORMATS)
