"""`bridge`: a program on a terminal of its own, joined to this command's standard input and output.

Words are read by hand: click takes 13 ms, which an editor waits for. It is asked about wrong ones.
"""

import os

from termlab.errors import PtyError, UsageError
from termlab.model.geometry import Size, check_size

_WORDS = 5  # bridge WHAT ID COLS ROWS


def bridge(words: list[str]) -> int:
    """Start a bridge and be it until its program ends, or resize one: the exit code."""
    what, bridge_id, size, argv = _read(words)
    if what == "resize":
        from termlab.server.bridge.control import ask_resize

        ask_resize(bridge_id, size, os.environ)
        return 0
    from termlab.server.bridge.start_bridge import run

    return run(bridge_id, size, argv, os.environ)


def _read(words: list[str]) -> tuple[str, str, Size, tuple[str, ...]]:
    """What to do, on which ID, with which size and program. Raises ``UsageError``."""
    try:
        _, what, bridge_id, cols, rows = words[:_WORDS]
        size = Size(int(cols), int(rows))
    except ValueError:
        raise _wrong(words) from None
    argv = tuple(words[_WORDS:])
    if argv[:1] == ("--",):
        argv = argv[1:]
    if what not in ("new", "resize"):
        raise _wrong(words)
    try:
        check_size(size)
    except PtyError as error:
        raise UsageError(f"bridge: {error}") from error
    if what == "new" and not argv:
        raise UsageError(
            f"bridge: which program? `termlab bridge new {bridge_id} {cols} {rows} CMD...`"
        )
    if what == "resize" and argv:
        raise UsageError(f"bridge: {argv[0]!r}: resize takes an ID, columns and rows, no more")
    return what, bridge_id, size, argv


def _wrong(words: list[str]) -> UsageError:
    """What click says of these words."""
    from termlab.commands.parse import parse

    try:
        parse(words)
    except UsageError as error:
        return error
    return UsageError("bridge: give it new or resize, an ID, columns and rows")
