"""The parts of what can be measured of a pane: each is measured only while somebody wants it."""

from typing import Final, Literal

Part = Literal["syscalls", "activity", "memory", "latency", "output"]
PARTS: Final[frozenset[Part]] = frozenset(("syscalls", "activity", "memory", "latency", "output"))
