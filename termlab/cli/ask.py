"""A short command: its words to the server, the answer to stdout or stderr.

The server parses the words; here they are parsed only where it does not run, so that wrong ones
are told first. So `termlab ls` imports no click.
"""

import os
import sys
from typing import Final

from termlab.cli.answer import print_text
from termlab.client.connection import ANSWER_S, Connection
from termlab.client.origin import origin
from termlab.client.start import NoServer, Start, begin
from termlab.commands.table import CommandRow, find
from termlab.errors import ServerError, WireError

# Those that start programs need the environment; it is most of a request.
STARTS_PROGRAMS: Final = frozenset({"new-session", "new-window", "split-window"})
# Peer and client may differ in version for these: the way out of having two.
_ANY_PROTOCOL: Final = frozenset({"list-sessions", "kill-server"})
# Answered when the pane says so, and by the server in time.
_WITHOUT_LIMIT: Final = frozenset({"wait"})
# What their answers come near to: a buffer of that size is filled by one read instead of many.
_EXPECTED_BYTES: Final = {"capture-pane": 64 << 10, "show-buffer": 64 << 10, "stats": 16 << 10}
# All children get their hang-up and some time to end.
_ENDING_S: Final = 10.0


def ask(path: str, words: list[str]) -> int:
    """Have the running server perform a command: the exit code."""
    try:
        start = begin(path, start=False)
    except NoServer:
        from termlab.commands.parse import parse

        parse(words)
        raise
    return perform(path, words, start)


def perform(path: str, words: list[str], start: Start, *, again: int = 0) -> int:
    """Send a command to a server reached or on its way; ``again``: how often to start
    one anew that ended before it came to this."""
    row = find(words[0])
    assert row is not None
    stream = start.finish()
    connection = None
    try:
        connection = Connection(
            stream, any_protocol=row.name in _ANY_PROTOCOL, asks=True, address=start.address
        )
        connection.expect(_EXPECTED_BYTES.get(row.name, 0))
        place = origin(path, os.environ, row.name in STARTS_PROGRAMS)
        limit = None if row.name in _WITHOUT_LIMIT else ANSWER_S
        code, text = connection.call(tuple(words), place, limit)
        if row.name == "kill-server" and code == 0:
            connection.wait_closed(_ENDING_S)
    except (ServerError, WireError) as error:
        if again and (connection is None or connection.welcome is None):
            return perform(path, words, begin(path), again=again - 1)
        if isinstance(error, WireError):
            raise ServerError(f"{row.name}: the server at {path} has gone: {error}") from error
        raise
    finally:
        stream.close()
    return _print(row, code, text)


def _print(row: CommandRow, code: int, text: str) -> int:
    if code:
        print(f"termlab: {text.rstrip()}", file=sys.stderr)
    else:
        print_text(text)
    return code
