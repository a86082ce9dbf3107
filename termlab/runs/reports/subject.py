"""What a report is made of: a profile, what it is called, and what was kept beside its figures."""

from collections.abc import Callable
from typing import Final, NamedTuple

from termlab.model.run import Profile

# What may be kept with a run, by name.
RECORDING: Final = "recording.cast"
FLAME: Final = "flame.folded"
HEAP: Final = "heap.folded"


def nothing(name: str) -> bytes | None:
    """The attachments of a profile that has none."""
    return None


class Subject(NamedTuple):
    """``ref`` is what the person called it, ``saved_at_s`` Unix time (0: not known)."""

    profile: Profile
    ref: str = ""
    saved_at_s: float = 0.0
    attachment: Callable[[str], bytes | None] = nothing
