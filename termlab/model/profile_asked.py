"""What is asked of a profile besides its command: how it is run, and what becomes of its figures.

The command line makes it and has checked it; paths in it are absolute. The same holds for a profile
in this process and for one in a server's session.
"""

from termlab.errors import UsageError
from termlab.model.calls import Tier
from termlab.model.key_script import KeyScript
from termlab.model.records import msgspec


class ProfileAsked(msgspec.Struct, frozen=True, array_like=True):
    """``json_path`` and other paths: "" for none. ``cols`` and ``rows``: 0 for what there is.
    ``duration_s``: 0 for as long as it takes. ``store_path`` is the file of the runs that are kept,
    ``keys_path`` where what is typed is recorded. ``tier``: by which means to count system calls,
    "" for the best there is. ``everything``: the report has all rows."""

    json_path: str = ""
    store_path: str = ""
    name: str = ""
    tags: tuple[str, ...] = ()
    runs: int = 1
    warmup: int = 0
    duration_s: float = 0.0
    script: KeyScript | None = None
    cols: int = 0
    rows: int = 0
    environment: tuple[tuple[str, str], ...] = ()
    baseline: str = ""
    budget_path: str = ""
    junit_path: str = ""
    github: bool = False
    exit_code: bool = False
    record: bool = False
    keys_path: str = ""
    tier: Tier | None = None
    flame: bool = False
    heap: bool = False
    everything: bool = False


def pack_asked(asked: ProfileAsked) -> bytes:
    """As a message has it."""
    return msgspec.msgpack.encode(asked)


def unpack_asked(data: bytes) -> ProfileAsked:
    """What was packed. Raises ``UsageError`` for what is none."""
    try:
        return msgspec.msgpack.decode(data, type=ProfileAsked)
    except msgspec.MsgspecError as error:
        raise UsageError(f"what is asked of the profile can't be read: {error}") from error
