"""`termlab events`: what happens in the server, a line each, until it ends or somebody stops this.

With ``--json`` each line is an object. What was lost, because stdout was not read, is told as well.
"""

import time
from typing import Final

from termlab.cli.answer import print_text
from termlab.client.connection import Connection
from termlab.client.start import begin
from termlab.client.subscription import Lost, Subscription
from termlab.commands.parse import parse
from termlab.model.happening import KINDS, Happening
from termlab.wire.jsontext import to_line

# As wide as the longest kind, so that what follows stands in columns.
_KIND_CHARS: Final = max(map(len, KINDS))
_CONTROL: Final = {code: "?" for code in (*range(0x20), *range(0x7F, 0xA0))}


def follow_events(path: str, words: list[str]) -> int:
    """Print what happens: the exit code, once the server has ended or nobody reads any more."""
    call = parse(words)
    start = begin(path, start=False)
    stream = start.finish()
    try:
        connection = Connection(stream, asks=True, address=start.address)
        kinds = call.rest("kinds") or tuple(KINDS)
        for record in Subscription(connection, kinds, Happening).told():
            if record is not None and not print_text(_line(record, call.flag("json"))):
                break
    finally:
        stream.close()
    return 0


def _line(record: Happening | Lost, as_json: bool) -> str:
    if isinstance(record, Lost):
        if as_json:
            return to_line({"kind": "lost", "of": record.topic, "messages": record.messages})
        return f"({record.messages} of {record.topic} were lost: they were not read in time)\n"
    if as_json:
        return to_line(_named(record))
    at = time.strftime("%H:%M:%S", time.localtime(record.at_s))
    where = ":".join(part for part in (record.session, record.window, record.pane) if part)
    status = "" if record.status is None else f" (exit {record.status})"
    line = f"{at} {record.kind:{_KIND_CHARS}} {where:12} {record.text}{status}"
    # A child chose its title, and must not act on the terminal that reads of it.
    return line.translate(_CONTROL).rstrip() + "\n"


def _named(record: Happening) -> dict[str, object]:
    """The record with the names of its fields; without what it is not about."""
    found = {name: getattr(record, name) for name in record.__struct_fields__}
    return {name: value for name, value in found.items() if value not in ("", None)}
