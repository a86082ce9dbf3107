"""`termlab report`: a run that was measured, written as a page, a table, a trace or stacks.

What is wrong with the words or the file is told before the run is read.
"""

import os
from typing import Final

from termlab.cli.answer import print_text
from termlab.commands.parse import parse
from termlab.errors import TargetError, UsageError
from termlab.model.document import decode
from termlab.model.run import Machine, Profile
from termlab.runs.export import profile_of
from termlab.runs.keep import check_file, write_file
from termlab.runs.place import store_path
from termlab.runs.refs import LAST
from termlab.runs.reports.formats import format_names, format_of
from termlab.runs.reports.subject import Subject
from termlab.runs.store import Store

_STDOUT: Final = "-"
# Hours of samples and keys; more is no document of termlab's.
_MAX_BYTES: Final = 256 << 20
_NO_MACHINE: Final = Machine("", "", "", "", 0, "")
_NONE: Final = Subject(Profile((), _NO_MACHINE, 0, 0, ()))


def report_run(words: list[str]) -> int:
    """Write the report: the exit code. Raises ``TargetError`` where there is no such run."""
    call = parse(words)
    output = call.text("output")
    if not output:
        raise UsageError(
            f"report: give -o FILE; its name says the format, or --format: {format_names()}"
        )
    kind = format_of("" if output == _STDOUT else output, call.text("format"))
    path = "" if output == _STDOUT else check_file(output)
    subject = _subject(call.text("run") or LAST) if kind.of_run else _NONE
    text = kind.write(subject)
    if not path:
        print_text(text)
        return 0
    write_file(path, text)
    print_text(f"{subject.ref or kind.what} is in {path}\n")
    return 0


def _subject(ref: str) -> Subject:
    """A run that was kept, or a file of ``--json``."""
    if ref.endswith(".json"):
        return _of_file(ref)
    store = Store(store_path(os.environ))
    found = store.find(ref)
    return Subject(
        found.profile,
        f"run {found.id}",
        found.saved_at_s,
        lambda name: store.attachment(found.id, name),
    )


def _of_file(path: str) -> Subject:
    try:
        with open(path, "rb") as file:
            data = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise TargetError(f"{path!r} can't be read: {error.strerror}") from error
    if len(data) > _MAX_BYTES:
        raise TargetError(f"{path!r} is longer than {_MAX_BYTES >> 20} MiB: it is no run")
    try:
        return Subject(profile_of(decode(data)), os.path.basename(path))
    except ValueError as error:
        raise TargetError(
            f"{path!r} is no run: {error}: give a file that `termlab profile --json` wrote"
        ) from error
