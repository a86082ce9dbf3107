"""Cases as GitHub's workflow commands, which its pages show beside the file they name.

What a command or a file is called is anybody's text, and a line of it that looked like a command
would be one: everything is escaped as GitHub's own toolkit does (`command.ts`).
"""

from collections.abc import Sequence
from typing import Final

from termlab.runs.check_case import CheckCase

_DATA: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})
_LEVELS: Final = {"failed": "error", "skipped": "notice"}
# GitHub shows ten of each level a step, and no more.
MAX_EACH: Final = 10


def annotations(title: str, cases: Sequence[CheckCase]) -> str:
    """A line for each case that did not pass, the failed ones first."""
    lines: list[str] = []
    for status, level in _LEVELS.items():
        found = [case for case in cases if case.status == status]
        lines += [_line(level, title, case) for case in found[:MAX_EACH]]
        if len(found) > MAX_EACH:
            more = f"{title}: {len(found) - MAX_EACH} more {status}"
            lines[-1] = f"::{level} title={_property(title)}::{_data(more)}"
    return "".join(f"{line}\n" for line in lines)


def _line(level: str, title: str, case: CheckCase) -> str:
    place = f"file={_property(case.file)},line={max(case.line, 1)}," if case.file else ""
    return f"::{level} {place}title={_property(title)}::{_data(f'{case.name}: {case.said}')}"


def _data(text: str) -> str:
    return text.translate(_DATA)


def _property(text: str) -> str:
    return text.translate(_PROPERTY)
