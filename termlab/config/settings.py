"""The options, as one frozen record with units in the names and bounds in the types.

Where they come from is `loader`'s matter; their defaults stand in `defaults.toml` alone.
"""

from typing import Annotated

import msgspec

from termlab.model.bindings import Binding

# Longer than a person waits for a key on purpose.
Milliseconds = Annotated[int, msgspec.Meta(ge=0, le=10_000)]
# One page at least; more than a GiB for one pane or buffer is a slip of the hand.
Bytes = Annotated[int, msgspec.Meta(ge=4096, le=1 << 30)]


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a person may set. ``keys`` holds the bindings of each key table, by its name."""

    prefix: str
    escape_ms: Milliseconds
    repeat_ms: Milliseconds
    hint_ms: Milliseconds
    message_ms: Milliseconds
    mouse: bool
    default_shell: str
    scrollback_bytes: Bytes
    ring_bytes: Bytes
    flush_bytes: Bytes
    flush_ms: Milliseconds
    keys: dict[str, tuple[Binding, ...]]
