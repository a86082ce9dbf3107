"""What a program says of itself, made safe to show and to use: its title and its directory.

Pure, for every engine. Anything may have written these bytes.
"""

import re
from urllib.parse import unquote_to_bytes

from termlab.terminal.emulator import MAX_TITLE_CHARS

MAX_PATH_BYTES = 4096  # PATH_MAX
# C0, C1, and what ends a line or turns the direction of the text around it.
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def clean_title(reported: str) -> str:
    """A title as it may be shown: bounded, without control characters."""
    return CONTROLS.sub("", reported)[:MAX_TITLE_CHARS]


def local_path(reported: bytes, host: str) -> str | None:
    """The absolute path in what OSC 7 or 1337 said; None if it is not one on ``host``."""
    if reported.startswith(b"file://"):
        where, slash, rest = reported[len(b"file://") :].partition(b"/")
        if not _is_here(where.decode("ascii", "replace"), host):
            return None
        reported = unquote_to_bytes(slash + rest)
    path = reported.decode("utf-8", "replace")
    if not path.startswith("/") or len(reported) >= MAX_PATH_BYTES or CONTROLS.search(path):
        return None
    return path


def prompt_path(reported: bytes, host: str) -> str | None:
    """The absolute path in what OSC 51;A said, ``user@host:path``; None as in `local_path`."""
    where, colon, path = reported.partition(b":")
    if not colon or not _is_here(where.rpartition(b"@")[2].decode("ascii", "replace"), host):
        return None
    return local_path(path, host) if path.startswith(b"/") else None


def _is_here(where: str, host: str) -> bool:
    """Whether two names may be the same machine: shells report it with or without its domain."""
    first = where.lower().partition(".")[0]
    return first in ("", "localhost", host.lower().partition(".")[0])
